"""How an indicator stood on a day: its reading, what it is compared with, and its parts. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period, period_of
from gongjian.indicators.reading import Reading


class Wish(NamedTuple):
    """An indicator, taken apart by ``split`` where one is named, for the period that lies ``back`` whole periods before a day's own."""

    indicator: Indicator
    split: str = ""
    back: int = 0

    @property
    def name(self) -> str:
        """What tells it from other wishes for the same indicator."""
        return f"{self.split}-{self.back}" if self.back else self.split

    def periods(self, day: date) -> tuple[Period, Period]:
        """The period shown on ``day`` and the one it is compared with."""
        shown = period_of(self.indicator.period, day)
        for _ in range(self.back):
            shown = period_of(self.indicator.period, shown.first - timedelta(1))
        shown = shown.up_to(day)
        return shown, shown.year_before()


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator by the end of ``day``: the period its light shows, the same a year before, and the parts of the split asked for."""

    day: date
    reading: Reading
    past: Reading
    parts: tuple[tuple[str, Reading], ...] = ()


def as_json(standing: Standing) -> dict[str, Any]:
    """A standing as plain JSON, without what its indicator and day already say."""
    parts = [[key, _figures(reading)] for key, reading in standing.parts]
    return {"reading": _figures(standing.reading), "past": _figures(standing.past), "parts": parts}


def from_json(wish: Wish, day: date, data: dict[str, Any]) -> Standing:
    """The standing that was written so."""
    indicator = wish.indicator
    shown, past = wish.periods(day)
    parts = tuple((key, _reading(indicator, shown, day, figures)) for key, figures in data["parts"])
    return Standing(day, _reading(indicator, shown, day, data["reading"]), _reading(indicator, past, day, data["past"]), parts)


_KEPT = ("value", "expected", "present", "numerator", "denominator", "method")


def _figures(reading: Reading) -> dict[str, Any]:
    kept = {name: getattr(reading, name) for name in _KEPT}
    return kept | {"reasons": list(reading.reasons), "remarks": list(reading.remarks)}


def _reading(indicator: Indicator, period: Period, day: date, figures: dict[str, Any]) -> Reading:
    bare = Reading(indicator.code, period, indicator.unit, None, as_of=day)
    kept = {name: figures[name] for name in _KEPT}
    return replace(bare, **kept, reasons=tuple(figures["reasons"]), remarks=tuple(figures["remarks"]))
