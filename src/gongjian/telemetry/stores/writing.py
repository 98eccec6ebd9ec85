"""Writing claims into the database: what is all new goes in as it is, the rest finds its place among the versions that stand.

Claims are turned into rows of the table at once and once only: importing station-years is mostly the making of tuples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from operator import itemgetter

from django.db import transaction
from django.db.models import Max, QuerySet

from gongjian.telemetry.models import DayMark, Observation
from gongjian.telemetry.moments import FOREVER, day_number, micros, seconds
from gongjian.telemetry.store import Claim, SeriesKey, Written
from gongjian.telemetry.stores import bulk
from gongjian.telemetry.stores.bulk import Row
from gongjian.telemetry.stores.registry import ensure_series, source_number
from gongjian.telemetry.versions import Version, placed

LABEL = itemgetter(1)  # of a row
MICRO = 1_000_000
VERSION = ("at", "entered_at", "replaced_at", "value", "flag", "source_id")


@transaction.atomic
def write_many(batch: Mapping[SeriesKey, Sequence[Claim]], source: str) -> Written:
    """See the port."""
    bulk.hold()
    numbers, number = ensure_series(batch), source_number(source)
    sequence = (DayMark.objects.aggregate(last=Max("sequence"))["last"] or 0) + 1
    written = Written()
    for key, claims in batch.items():
        for rows in _batches(sorted(_rows(numbers[key], claims, number), key=LABEL)):
            written += _write(rows, sequence)
    return written


def within(series: int | None, after: int, until: int) -> QuerySet[Observation]:
    """Every version of the labels after one moment up to another (seconds), by label, then by ``entered_at``."""
    return Observation.objects.filter(series_id=series or 0, at__gt=after, at__lte=until).order_by("at", "entered_at")


def _rows(series: int, claims: Iterable[Claim], source: int) -> Iterator[Row]:
    """The claims as rows of versions that nothing has replaced; ValueError for what is no value or no label."""
    moment, entered = None, 0
    for at, value, entered_at, flag in claims:
        if value is not None and not isfinite(value):
            msg = f"no finite value: {value} at {at}"
            raise ValueError(msg)
        label = seconds(at)
        if entered_at is at:
            yield series, label, label * MICRO, FOREVER, value, flag, source
            continue
        if entered_at is not moment:
            moment, entered = entered_at, micros(entered_at)
        yield series, label, entered, FOREVER, value, flag, source


def _batches(ordered: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Pieces of about ``BATCH`` that never part the claims of one label."""
    start = 0
    while start < len(ordered):
        stop = min(start + bulk.BATCH, len(ordered))
        while stop < len(ordered) and LABEL(ordered[stop]) == LABEL(ordered[stop - 1]):
            stop += 1
        yield ordered[start:stop]
        start = stop


def _write(rows: Sequence[Row], sequence: int) -> Written:
    """Write claims of one series, the earliest label first; the writer's lock is held."""
    labels = [LABEL(row) for row in rows]
    standing = _chains(rows[0][0], labels[0], labels[-1])
    if not standing and all(one < following for one, following in pairwise(labels)):
        bulk.insert(rows)
        bulk.mark(rows[0][0], {day_number(label) for label in labels}, sequence)
        return Written(new=len(rows))
    return _place(rows, standing, sequence)


def _place(rows: Sequence[Row], standing: Mapping[int, list[Version]], sequence: int) -> Written:
    """Write claims among what stands."""
    changed: dict[int, list[Version]] = {}
    unchanged = 0
    for row in rows:
        at = LABEL(row)
        chain = changed.get(at) or standing.get(at) or []
        longer = placed(chain, Version(*row[2:]))
        if longer is chain:
            unchanged += 1
        else:
            changed[at] = longer
    series, corrected = rows[0][0], [at for at in changed if at in standing]
    bulk.forget(series, corrected)
    bulk.insert([(series, at, *version) for at, chain in changed.items() for version in chain])
    bulk.mark(series, {day_number(at) for at in changed}, sequence)
    new = len(changed) - len(corrected)
    return Written(new, len(rows) - unchanged - new, unchanged)


def _chains(series: int, first: int, last: int) -> dict[int, list[Version]]:
    """The versions of the labels from ``first`` to ``last``."""
    chains: dict[int, list[Version]] = {}
    for at, entered, replaced, value, flag, source in within(series, first - 1, last).values_list(*VERSION):
        chains.setdefault(at, []).append(Version(entered, replaced, value, flag, source))
    return chains
