"""Observations in the Django database, SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Avg, BigIntegerField, Count, ExpressionWrapper, F, Max, Min, Q, QuerySet

from gongjian.telemetry.models import DayMark, Observation
from gongjian.telemetry.moments import DAY, FOREVER, OFFSET, begin, day_of, end, from_micros, from_seconds, micros, seconds
from gongjian.telemetry.store import Claim, Coverage, DayAggregate, Flag, Period, SeriesKey, Stored, Touched, Written, usual_count
from gongjian.telemetry.stores.registry import series_number, source_labels, station_numbers
from gongjian.telemetry.stores.writing import VERSION, within, write_many

USABLE = Q(value__isnull=False, flag=Flag.NORMAL.value)
DAY_NUMBER = ExpressionWrapper((F("at") + (OFFSET - 1)) / DAY, BigIntegerField())  # ``moments.day_number`` in the database


class DatabaseStore:
    """The store that every installation has."""

    def write_many(self, batch: Mapping[SeriesKey, Sequence[Claim]], *, source: str) -> Written:
        """See the port."""
        return write_many(batch, source)

    def read(self, key: SeriesKey, start: datetime, end: datetime, *, as_of: datetime | None = None) -> list[Stored]:
        """See the port."""
        return _stored(within(series_number(key), seconds(start), seconds(end)).filter(standing(as_of)))

    def history(self, key: SeriesKey, start: datetime, end: datetime) -> list[Stored]:
        """See the port."""
        return _stored(within(series_number(key), seconds(start), seconds(end)))

    def daily_aggregates(
        self, stations: Sequence[str], factor: str, first: date, last: date, *, as_of: datetime | None = None
    ) -> list[DayAggregate]:
        """See the port."""
        codes = station_numbers(stations, factor, Period.HOUR)
        rows = Observation.objects.filter(USABLE, standing(as_of), series_id__in=codes, at__gt=begin(first), at__lte=end(last))
        days = rows.annotate(day=DAY_NUMBER).values("series_id", "day").order_by()
        figures = days.annotate(present=Count("value"), mean=Avg("value"), lowest=Min("value"), highest=Max("value"))
        found = figures.values_list("series_id", "day", "present", "mean", "lowest", "highest")
        return sorted(DayAggregate(codes[series], day_of(day), *rest) for series, day, *rest in found)

    def coverage(self, key: SeriesKey, first: date, last: date, *, as_of: datetime | None = None) -> Coverage:
        """See the port."""
        present = within(series_number(key), begin(first), end(last)).filter(USABLE, standing(as_of)).count()
        return Coverage(usual_count(key.period, (last - first).days + 1, present), present)

    def touched_since(self, sequence: int) -> tuple[int, list[Touched]]:
        """See the port."""
        rows = DayMark.objects.filter(sequence__gt=sequence).order_by("series_id", "day")
        named = rows.values_list("series__station__code", "series__factor__code", "series__period", "day", "sequence")
        found = [(Touched(SeriesKey(station, factor, Period(period)), day_of(day)), at) for station, factor, period, day, at in named]
        return max((at for _, at in found), default=sequence), [touched for touched, _ in found]


def standing(as_of: datetime | None) -> Q:
    """The versions that stood at a moment."""
    moment = FOREVER if as_of is None else micros(as_of)
    return Q(entered_at__lt=moment, replaced_at__gte=moment)


def _stored(rows: QuerySet[Observation]) -> list[Stored]:
    sources = source_labels()
    moment = lru_cache(maxsize=4096)(from_micros)  # many rows were entered at one moment
    return [
        Stored(from_seconds(at), value, flag, sources[source], moment(entered) or from_seconds(at), moment(replaced))
        for at, entered, replaced, value, flag, source in rows.values_list(*VERSION)
    ]
