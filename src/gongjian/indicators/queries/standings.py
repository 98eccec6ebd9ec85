"""How many indicators stood on many days: what the lights of a map take. A fixed number of queries."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import OperationalError, transaction

from gongjian.indicators.computing import computed_from, computed_parts
from gongjian.indicators.formulas import Computed
from gongjian.indicators.models import Remembered
from gongjian.indicators.stamps import read_gauges, stamp
from gongjian.indicators.standing import Standing, Wish, as_json, from_json
from gongjian.indicators.unions import standings_of_records

Standings = dict[tuple[str, str, date], Standing]  # by code, name of the wish and day
log = logging.getLogger("gongjian.indicators")


def standings(wishes: Iterable[Wish], days: Iterable[date]) -> Standings:
    """Each wish on each day, as of that day.

    What was remembered is read in one query, and for days that are not over the gauges of what it rests on. The rest is computed: all
    figures from records in few more, computed ones with one call of each loader, and kept as long as nothing is written. What was
    remembered by another method than the declaration now names is computed anew.
    """
    wanted, ascending = list(dict.fromkeys(wishes)), sorted(set(days))
    held = remembered(wanted, ascending)
    found = {key: row.standing for key, row in held.items() if not row.stamp}
    if len(found) == len(wanted) * len(ascending):
        return found
    gauges = read_gauges()
    stamps = {wish: stamp(wish.indicator, gauges) for wish in wanted}
    for wish in wanted:
        for day in ascending:
            row = held.get((wish.indicator.code, wish.name, day))
            if row and row.stamp and row.stamp == stamps[wish]:
                found[wish.indicator.code, wish.name, day] = row.standing
    return _completed(wanted, ascending, found, stamps)


def _completed(wanted: Sequence[Wish], days: Sequence[date], found: Standings, stamps: Mapping[Wish, str]) -> Standings:
    lacking = {(wish, day) for wish in wanted for day in days if (wish.indicator.code, wish.name, day) not in found}
    if not lacking:
        return found
    left = [wish for wish in wanted if any((wish, day) in lacking for day in days)]
    fresh = computed_now(left, sorted({day for _, day in lacking}))
    keep({wish: stamps[wish] for wish in left if stamps[wish]}, fresh)
    return fresh | found


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


def keep(stamps: Mapping[Wish, str], fresh: Standings) -> None:
    """Keep what was just computed under its stamp. Only time is lost where that does not succeed, so nothing else is."""
    mine = {(wish.indicator.code, wish.name): (wish.indicator.method, mark) for wish, mark in stamps.items()}
    rows = [
        Remembered(code=code, split=name, day=day, method=mine[code, name][0], standing=as_json(standing), stamp=mine[code, name][1])
        for (code, name, day), standing in fresh.items()
        if (code, name) in mine
    ]
    try:
        with transaction.atomic():
            store(rows)
    except OperationalError as trouble:
        log.warning("readings were computed but not kept: %s", trouble)


def store(rows: Iterable[Remembered]) -> None:
    """Put rows in the place of what was remembered of the same days."""
    Remembered.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code", "split", "day"],
        update_fields=["method", "standing", "stamp"],
    )


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
