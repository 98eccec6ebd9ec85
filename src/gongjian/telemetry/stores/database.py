"""Observations in the Django database, SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from math import isfinite
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from gongjian.telemetry.models import DayMark
from gongjian.telemetry.moments import DAY, FOREVER, OFFSET, begin, day_number, day_of, end, from_micros, from_seconds, micros, seconds
from gongjian.telemetry.store import (
    Claim,
    Coverage,
    DayAggregate,
    Flag,
    Period,
    SeriesKey,
    Stored,
    Touched,
    Written,
    usual_count,
)
from gongjian.telemetry.stores import bulk
from gongjian.telemetry.stores.registry import ensure_series, series_number, source_labels, source_number, station_numbers
from gongjian.telemetry.versions import Version, placed

Labelled = tuple[int, Version]  # label in seconds, what is claimed of it
_AS_OF = "entered_at < %s AND replaced_at >= %s"
_WITHIN = f"SELECT at, entered_at, replaced_at, value, flag, source_id FROM {bulk.TABLE} WHERE series_id = %s AND at > %s AND at <= %s"  # noqa: S608
_USABLE = f"value IS NOT NULL AND flag = '{Flag.NORMAL}'"


class DatabaseStore:
    """The store that every installation has."""

    def write_many(self, batch: Mapping[SeriesKey, Sequence[Claim]], *, source: str) -> Written:
        """See the port."""
        with transaction.atomic():
            bulk.hold()
            numbers, number = ensure_series(batch), source_number(source)
            sequence = _last_sequence() + 1
            written = Written()
            for key, claims in batch.items():
                for some in _batches(sorted(_labelled(claims, number), key=itemgetter(0))):
                    written += _write(numbers[key], some, sequence)
        return written

    def read(self, key: SeriesKey, start: datetime, end: datetime, *, as_of: datetime | None = None) -> list[Stored]:
        """See the port."""
        moment = _moment(as_of)
        return _stored(key, f"{_WITHIN} AND {_AS_OF} ORDER BY at", start, end, moment, moment)

    def history(self, key: SeriesKey, start: datetime, end: datetime) -> list[Stored]:
        """See the port."""
        return _stored(key, f"{_WITHIN} ORDER BY at, entered_at", start, end)

    def daily_aggregates(
        self, stations: Sequence[str], factor: str, first: date, last: date, *, as_of: datetime | None = None
    ) -> list[DayAggregate]:
        """See the port."""
        codes = station_numbers(stations, factor, Period.HOUR)
        if not codes:
            return []
        marks, moment = ", ".join(["%s"] * len(codes)), _moment(as_of)
        rows = _rows(
            f"SELECT series_id, (at + {OFFSET - 1}) / {DAY} AS day, COUNT(*), AVG(value), MIN(value), MAX(value) FROM {bulk.TABLE} "  # noqa: S608
            f"WHERE series_id IN ({marks}) AND at > %s AND at <= %s AND {_AS_OF} AND {_USABLE} GROUP BY series_id, day",
            [*codes, begin(first), end(last), moment, moment],
        )
        return sorted(DayAggregate(codes[series], day_of(day), *figures) for series, day, *figures in rows)

    def coverage(self, key: SeriesKey, first: date, last: date, *, as_of: datetime | None = None) -> Coverage:
        """See the port."""
        moment = _moment(as_of)
        rows = _rows(
            f"SELECT COUNT(*) FROM {bulk.TABLE} WHERE series_id = %s AND at > %s AND at <= %s AND {_AS_OF} AND {_USABLE}",  # noqa: S608
            [series_number(key) or 0, begin(first), end(last), moment, moment],
        )
        present = rows[0][0]
        return Coverage(usual_count(key.period, (last - first).days + 1, present), present)

    def touched_since(self, sequence: int) -> tuple[int, list[Touched]]:
        """See the port."""
        rows = DayMark.objects.filter(sequence__gt=sequence).order_by("series_id", "day")
        named = rows.values_list("series__station__code", "series__factor__code", "series__period", "day", "sequence")
        found = [(Touched(SeriesKey(station, factor, Period(period)), day_of(day)), at) for station, factor, period, day, at in named]
        return max((at for _, at in found), default=sequence), [touched for touched, _ in found]


def _moment(as_of: datetime | None) -> int:
    return FOREVER if as_of is None else micros(as_of)


def _last_sequence() -> int:
    return DayMark.objects.aggregate(last=Max("sequence"))["last"] or 0


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _labelled(claims: Iterable[Claim], source: int) -> Iterator[Labelled]:
    for claim in claims:
        if claim.value is not None and not isfinite(claim.value):
            msg = f"no finite value: {claim}"
            raise ValueError(msg)
        label = seconds(claim.at)
        entered = label * 1_000_000 if claim.entered_at is claim.at else micros(claim.entered_at)
        yield label, Version(entered, FOREVER, claim.value, claim.flag, source)


def _batches(ordered: Sequence[Labelled]) -> Iterator[Sequence[Labelled]]:
    """Pieces of about ``BATCH`` that never part the claims of one label."""
    start = 0
    while start < len(ordered):
        stop = min(start + bulk.BATCH, len(ordered))
        while stop < len(ordered) and ordered[stop][0] == ordered[stop - 1][0]:
            stop += 1
        yield ordered[start:stop]
        start = stop


def _write(series: int, labelled: Sequence[Labelled], sequence: int) -> Written:
    """Write claims of one series, the earliest label first; the writer's lock is held."""
    standing = _chains(series, labelled[0][0], labelled[-1][0])
    if not standing and all(one[0] < next_one[0] for one, next_one in pairwise(labelled)):  # quickly, what is all new
        bulk.insert([(series, at, *version) for at, version in labelled])
        bulk.mark(series, {day_number(at) for at, _ in labelled}, sequence)
        return Written(new=len(labelled))
    return _place(series, labelled, standing, sequence)


def _place(series: int, labelled: Sequence[Labelled], standing: Mapping[int, list[Version]], sequence: int) -> Written:
    """Write claims among what stands."""
    changed: dict[int, list[Version]] = {}
    unchanged = 0
    for at, claim in labelled:
        chain = changed.get(at) or standing.get(at) or []
        longer = placed(chain, claim)
        if longer is chain:
            unchanged += 1
        else:
            changed[at] = longer
    corrected = [at for at in changed if at in standing]
    bulk.forget(series, corrected)
    bulk.insert([(series, at, *version) for at, chain in changed.items() for version in chain])
    bulk.mark(series, {day_number(at) for at in changed}, sequence)
    return Written(len(changed) - len(corrected), len(labelled) - unchanged - len(changed) + len(corrected), unchanged)


def _chains(series: int, first: int, last: int) -> dict[int, list[Version]]:
    chains: dict[int, list[Version]] = {}
    for at, *version in _rows(f"{_WITHIN} ORDER BY at, entered_at", [series, first - 1, last]):
        chains.setdefault(at, []).append(Version(*version))
    return chains


def _stored(key: SeriesKey, sql: str, start: datetime, end: datetime, *moments: int) -> list[Stored]:
    series = series_number(key)
    if series is None:
        return []
    sources = source_labels()
    return list(_named(_rows(sql, [series, seconds(start), seconds(end), *moments]), sources))


def _named(rows: Iterable[tuple[Any, ...]], sources: Mapping[int, str]) -> Iterable[Stored]:
    for at, entered, replaced, value, flag, source in rows:
        yield Stored(from_seconds(at), value, flag, sources[source], from_micros(entered) or from_seconds(at), from_micros(replaced))
