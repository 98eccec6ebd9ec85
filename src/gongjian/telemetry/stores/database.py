"""Observations in the Django database, SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from gongjian.telemetry.models import DayMark
from gongjian.telemetry.moments import DAY, FOREVER, OFFSET, begin, day_of, end, from_micros, from_seconds, micros, seconds
from gongjian.telemetry.store import Claim, Coverage, DayAggregate, Flag, Period, SeriesKey, Stored, Touched, Written, usual_count
from gongjian.telemetry.stores import bulk
from gongjian.telemetry.stores.registry import series_number, source_labels, station_numbers
from gongjian.telemetry.stores.writing import write_many

_AS_OF = "entered_at < %s AND replaced_at >= %s"
_USABLE = f"value IS NOT NULL AND flag = '{Flag.NORMAL}'"


class DatabaseStore:
    """The store that every installation has."""

    def write_many(self, batch: Mapping[SeriesKey, Sequence[Claim]], *, source: str) -> Written:
        """See the port."""
        return write_many(batch, source)

    def read(self, key: SeriesKey, start: datetime, end: datetime, *, as_of: datetime | None = None) -> list[Stored]:
        """See the port."""
        moment = _moment(as_of)
        return _stored(key, f"{bulk.WITHIN} AND {_AS_OF} ORDER BY at", start, end, moment, moment)

    def history(self, key: SeriesKey, start: datetime, end: datetime) -> list[Stored]:
        """See the port."""
        return _stored(key, f"{bulk.WITHIN} ORDER BY at, entered_at", start, end)

    def daily_aggregates(
        self, stations: Sequence[str], factor: str, first: date, last: date, *, as_of: datetime | None = None
    ) -> list[DayAggregate]:
        """See the port."""
        codes = station_numbers(stations, factor, Period.HOUR)
        if not codes:
            return []
        marks, moment = ", ".join(["%s"] * len(codes)), _moment(as_of)
        rows = bulk.fetch(
            f"SELECT series_id, (at + {OFFSET - 1}) / {DAY} AS day, COUNT(*), AVG(value), MIN(value), MAX(value) FROM {bulk.TABLE} "  # noqa: S608
            f"WHERE series_id IN ({marks}) AND at > %s AND at <= %s AND {_AS_OF} AND {_USABLE} GROUP BY series_id, day",
            [*codes, begin(first), end(last), moment, moment],
        )
        return sorted(DayAggregate(codes[series], day_of(day), *figures) for series, day, *figures in rows)

    def coverage(self, key: SeriesKey, first: date, last: date, *, as_of: datetime | None = None) -> Coverage:
        """See the port."""
        moment = _moment(as_of)
        rows = bulk.fetch(
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


def _stored(key: SeriesKey, sql: str, start: datetime, end: datetime, *moments: int) -> list[Stored]:
    series = series_number(key)
    if series is None:
        return []
    sources = source_labels()
    return list(_named(bulk.fetch(sql, [series, seconds(start), seconds(end), *moments]), sources))


def _named(rows: Iterable[tuple[Any, ...]], sources: Mapping[int, str]) -> Iterator[Stored]:
    moment = lru_cache(maxsize=4096)(from_micros)  # many rows were entered at one moment
    for at, entered, replaced, value, flag, source in rows:
        yield Stored(from_seconds(at), value, flag, sources[source], moment(entered) or from_seconds(at), moment(replaced))
