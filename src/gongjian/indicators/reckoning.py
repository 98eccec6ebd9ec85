"""How many indicators stood on many days: as remembered, and as worked out from the rows. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from gongjian.indicators.computing import computed_from, computed_parts
from gongjian.indicators.formulas import Computed
from gongjian.indicators.models import Remembered
from gongjian.indicators.standing import Standing, Wish, from_json
from gongjian.indicators.unions import standings_of_records

Standings = dict[tuple[str, str, date], Standing]  # by code, name of the wish and day


class Held(NamedTuple):
    """What is remembered: a standing, and the stamp it holds for; without one it holds for good."""

    standing: Standing
    stamp: str


def remembered(wishes: Sequence[Wish], days: Sequence[date]) -> dict[tuple[str, str, date], Held]:
    """What was stored of each day; one query, none without days."""
    by_key = {(wish.indicator.code, wish.name): wish for wish in wishes}
    rows = Remembered.objects.filter(code__in={code for code, _ in by_key}, day__in=days) if by_key and days else ()
    return {
        (row.code, row.split, row.day): Held(from_json(by_key[row.code, row.split], row.day, row.standing), row.stamp)
        for row in rows
        if (row.code, row.split) in by_key and row.method == by_key[row.code, row.split].indicator.method
    }


def computed_now(wishes: Sequence[Wish], days: Sequence[date]) -> Standings:
    """The same from the rows themselves."""
    from_records = [wish for wish in wishes if not isinstance(wish.indicator.formula, Computed)]
    found = dict(zip(from_records, standings_of_records(from_records, days), strict=True))
    found |= _computed([wish for wish in wishes if isinstance(wish.indicator.formula, Computed)], days)
    return {(wish.indicator.code, wish.name, standing.day): standing for wish, many in found.items() for standing in many}


def _computed(wishes: Sequence[Wish], days: Sequence[date]) -> dict[Wish, list[Standing]]:
    """Indicators that share a loader are loaded together."""
    if not days:
        return {}
    by_loader: dict[Callable[..., Any], list[tuple[Wish, Computed]]] = defaultdict(list)
    for wish in wishes:
        if isinstance(wish.indicator.formula, Computed):
            by_loader[wish.indicator.formula.load].append((wish, wish.indicator.formula))
    return {wish: found for together in by_loader.values() for wish, found in _loaded(together, days)}


def _loaded(together: Sequence[tuple[Wish, Computed]], days: Sequence[date]) -> Iterable[tuple[Wish, list[Standing]]]:
    periods = {wish: [wish.periods(day) for day in days] for wish, _ in together}
    spans = [formula.reach(period) for wish, formula in together for pair in periods[wish] for period in pair]
    held = together[0][1].load(min(first for first, _ in spans), max(last for _, last in spans), list(days))
    for wish, formula in together:
        yield wish, [_one(wish, formula, data, pair, day) for data, pair, day in zip(held, periods[wish], days, strict=True)]


def _one(wish: Wish, formula: Computed, data: Any, pair: Sequence[Any], day: date) -> Standing:
    shown, past = (computed_from(wish.indicator, formula, data, period, day) for period in pair)
    parts = computed_parts(wish.indicator, formula, pair[0], wish.split, day) if wish.split else ()
    return Standing(day, shown, past, tuple(parts))
