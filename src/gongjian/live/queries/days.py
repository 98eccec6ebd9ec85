"""A vehicle day by day: the trips and signs of one day, its urea and NOx over a month, what became of its signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

import numpy as np

from gongjian.cases.queries.arising import cases_made
from gongjian.live.drawing.panel import Panel
from gongjian.live.strands import Strand
from gongjian.mobile.models import RemoteDay, RemoteSign
from gongjian.mobile.queries.remote import days_kept, signs_kept, told_on
from gongjian.mobile.remote.days import Day, Trip, percent, urea_litres, urea_percent
from gongjian.mobile.remote.limits import Limits
from gongjian.mobile.remote.signs import Found
from gongjian.mobile.remote.vocabulary import SIGNS, Explained
from gongjian.mobile.remote_limits import limits_on
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import Device
from gongjian.telemetry.moments import DAY, begin, end, from_seconds
from gongjian.telemetry.queries import live
from gongjian.trail.clock import local_day
from gongjian.ui.figures import thousands

MONTH: Final = 30  # days drawn
NAMED: Final = 7  # days of a sign
DRAWN: Final = {"nox_ppm": ("SCR 下游 NOx 日平均", "ppm"), "urea_level": ("尿素日末余量", "%"), "urea_ratio": ("尿素与柴油用量比", "%")}


class Kind(NamedTuple):
    """One kind of sign: each time it was seen, the latest first, and the case a rule made of one of them."""

    signs: Sequence[RemoteSign]
    case: int | None

    @property
    def last(self) -> RemoteSign:
        """The latest."""
        return self.signs[0]

    @property
    def told(self) -> dict[str, Any]:
        """As a line of the table: the latest days by name, of more how many there are in all."""
        days = sorted({sign.on for sign in self.signs}, reverse=True)
        return {"last": self.last, "days": days[:NAMED], "more": len(days) if len(days) > NAMED else 0, "case": self.case}


@dataclass(frozen=True, slots=True)
class Shown:
    """One day of a vehicle as its page shows it. ``fresh`` are signs of a day that is not over, and so not kept yet."""

    on: date
    today: date
    day: Day
    limits: Limits
    fresh: Sequence[tuple[Found, Explained]]
    kept: Sequence[RemoteDay]
    signs: Sequence[RemoteSign]
    cases: Mapping[str, int]
    panels: Sequence[Panel]

    @property
    def urea(self) -> float | None:
        """Litres used."""
        return urea_litres(self.day.sums.urea, self.limits)

    @property
    def ratio(self) -> float | None:
        """Litres of urea to a hundred litres of diesel."""
        return urea_percent(self.urea, self.day.sums.burnt.fuel_litres)

    @property
    def complete_percent(self) -> float | None:
        """How much of the running time is covered."""
        return percent(self.day.sums.complete)

    @property
    def trips(self) -> list[dict[str, Any]]:
        """Each trip as a line of the table."""
        return [_line(trip) for trip in self.day.trips]

    @property
    def kinds(self) -> list[Kind]:
        """The month's signs kind by kind, the latest first."""
        alike: dict[str, list[RemoteSign]] = {}
        for sign in self.signs:
            alike.setdefault(sign.sign, []).append(sign)
        return [Kind(found, next((self.cases[one.number] for one in found if one.number in self.cases), None)) for found in alike.values()]

    @property
    def before(self) -> date | None:
        """The last day before it of which something is kept."""
        return max((row.on for row in self.kept if row.on < self.on), default=None)

    @property
    def after(self) -> date | None:
        """The first day after it of which something is kept, or today."""
        return min((row.on for row in self.kept if row.on > self.on), default=self.today if self.on < self.today else None)


def shown_on(device: Device, asked: str, at: datetime) -> Shown:
    """The day asked for (``YYYY-MM-DD``), else the last on which it said something. A fixed number of queries."""
    today = local_day(at)
    on = _day(asked, today) or _last(device, today)
    first = min(on, today - timedelta(MONTH - 1))
    kept, signs = days_kept(device.code, first, today), signs_kept([device.code], today - timedelta(MONTH - 1), today)
    day = told_on(device, on)
    fresh = [(found, SIGNS[found.sign]) for found in day.signs] if on == today else []
    cases = cases_made("remote-signs", [sign.number for sign in signs])
    return Shown(on, today, day, limits_on(on), fresh, kept, signs, cases, _panels(kept, today))


def _line(trip: Trip) -> dict[str, Any]:
    sums = trip.sums
    told = {"sums": sums, "minutes": round(sums.duration / 60), "converted": percent(sums.converted), "complete": percent(sums.complete)}
    return {"first": f"{from_seconds(trip.first):%H:%M}", "last": f"{from_seconds(trip.last):%H:%M}", **told}


def _day(asked: str, today: date) -> date | None:
    try:
        found = date.fromisoformat(asked)
    except ValueError:
        return None
    return found if found <= today and found.year >= 2000 else None  # noqa: PLR2004 - no vehicle told anything before


def _last(device: Device, today: date) -> date:
    said = live().latest([device.pk], Stream.VEHICLE).get(device.pk)
    return today if said is None else min(from_seconds(said.moment).date(), today)


def _panels(kept: Sequence[RemoteDay], today: date) -> list[Panel]:
    """The month's days, each quantity told on some; from the day before the first, so that three days are no corner of a month."""
    rows = [row for row in kept if row.on > today - timedelta(MONTH)]
    first, last = begin(min((row.on for row in rows), default=today) - timedelta(1)), end(today)
    found = [(name, [(row.on, _value(row, name)) for row in rows]) for name in DRAWN]
    told = [(name, [(on, value) for on, value in values if value is not None]) for name, values in found]
    return [_panel(number, name, values, first, last) for number, (name, values) in enumerate(told) if values]


def _value(row: RemoteDay, name: str) -> float | None:
    if name != "urea_ratio":
        return getattr(row, name)  # type: ignore[no-any-return] # a float or nothing, by its field
    return urea_percent(row.urea_litres, row.fuel_litres)


def _panel(number: int, name: str, values: Sequence[tuple[date, float]], first: int, last: int) -> Panel:
    """A label stands at noon, so that a day lies where its date is written."""
    words, unit = DRAWN[name]
    moments = np.array([begin(on) + DAY // 2 for on, _ in values], np.int64)
    figures = np.array([value for _, value in values], float)
    strand = Strand(name, words, unit, DAY, moments, figures, np.full(len(values), ord("N"), np.uint8))
    span = f"最低 {thousands(figures.min(), 1)}，最高 {thousands(figures.max(), 1)} {unit}"
    return Panel(number, f"{words}，近 {MONTH} 天中 {len(values)} 天有数据：{span}", unit, first, last, [strand])
