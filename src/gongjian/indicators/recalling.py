"""How many indicators stood on many days, from memory where it holds: what the lights of a map take.

It reads as a query does, and keeps what it had to work out: nothing anybody could see changes by that but the time the next reader waits.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from threading import RLock

from django.db import OperationalError, transaction

from gongjian.indicators.models import Remembered
from gongjian.indicators.reckoning import Standings, computed_now, remembered
from gongjian.indicators.stamps import read_gauges, stamp
from gongjian.indicators.standing import Wish, as_json

log = logging.getLogger("gongjian.indicators")
PATIENCE = 3.0  # seconds; shorter than a database waits for a lock, so that two that wait for each other come apart
_WORKING = RLock()  # of this process: after a write many pages come at once, and one of them is enough to work it out


def standings(wishes: Iterable[Wish], days: Iterable[date]) -> Standings:
    """Each wish on each day, as of that day.

    What was remembered is read in one query, and for days that are not over the gauges of what it rests on. The rest is computed: all
    figures from records in few more, computed ones with one call of each loader, and kept as long as nothing is written. What was
    remembered by another method than the declaration now names is computed anew.
    """
    wanted, ascending = list(dict.fromkeys(wishes)), sorted(set(days))
    found, stamps = _recalled(wanted, ascending)
    if not _lacking(wanted, ascending, found):
        return found
    alone = _WORKING.acquire(blocking=False)
    if not alone and _WORKING.acquire(timeout=PATIENCE):  # somebody was at it; what they kept is there now
        _WORKING.release()
        found, stamps = _recalled(wanted, ascending)
    try:
        return _completed(wanted, ascending, found, stamps)
    finally:
        if alone:
            _WORKING.release()


def _recalled(wanted: Sequence[Wish], ascending: Sequence[date]) -> tuple[Standings, Mapping[Wish, str]]:
    """What memory holds, and the stamps of now (none where everything is remembered for good)."""
    held = remembered(wanted, ascending)
    found = {key: row.standing for key, row in held.items() if not row.stamp}
    if len(found) == len(wanted) * len(ascending):
        return found, {}
    gauges = read_gauges({wish.indicator.code: wish.indicator for wish in wanted}.values())
    stamps = {wish: stamp(wish.indicator, gauges) for wish in wanted}
    for wish in wanted:
        for day in ascending:
            row = held.get((wish.indicator.code, wish.name, day))
            if row and row.stamp and row.stamp == stamps[wish]:
                found[wish.indicator.code, wish.name, day] = row.standing
    return found, stamps


def _lacking(wanted: Sequence[Wish], days: Sequence[date], found: Standings) -> set[tuple[Wish, date]]:
    return {(wish, day) for wish in wanted for day in days if (wish.indicator.code, wish.name, day) not in found}


def _completed(wanted: Sequence[Wish], days: Sequence[date], found: Standings, stamps: Mapping[Wish, str]) -> Standings:
    lacking = _lacking(wanted, days, found)
    if not lacking:
        return found
    left = [wish for wish in wanted if any((wish, day) in lacking for day in days)]
    fresh = computed_now(left, sorted({day for _, day in lacking}))
    keep({wish: stamps[wish] for wish in left if stamps[wish]}, fresh)
    return fresh | found


def keep(stamps: Mapping[Wish, str], fresh: Standings) -> None:
    """Keep what was just computed under its stamp. Only time is lost where that does not succeed, so nothing else is."""
    mine = {(wish.indicator.code, wish.name): (wish.indicator.method, mark) for wish, mark in stamps.items()}
    rows = [
        Remembered(code=code, split=name, day=day, method=mine[code, name][0], standing=as_json(standing), stamp=mine[code, name][1])
        for (code, name, day), standing in fresh.items()
        if (code, name) in mine
    ]
    if not rows:
        return
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
