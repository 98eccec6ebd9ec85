"""Codes to numbers: which series and source a row belongs to, made on first use."""

from __future__ import annotations

from collections.abc import Iterable

from gongjian.telemetry.models import Factor, Series, Source, Station
from gongjian.telemetry.store import Period, SeriesKey


def series_number(key: SeriesKey) -> int | None:
    """The number of a series; None while nothing was ever written to it."""
    numbers = Series.objects.filter(station__code=key.station, factor__code=key.factor, period=key.period).values_list("id", flat=True)
    return numbers.first()


def ensure_series(keys: Iterable[SeriesKey]) -> dict[SeriesKey, int]:
    """The numbers of all these series; KeyError names a station or factor that is not registered."""
    wanted = set(keys)
    found = _numbers(wanted)
    if missing := sorted(wanted - found.keys()):
        stations = dict(Station.objects.values_list("code", "id"))
        factors = dict(Factor.objects.values_list("code", "id"))
        rows = [Series(station_id=stations[key.station], factor_id=factors[key.factor], period=key.period) for key in missing]
        Series.objects.bulk_create(rows, ignore_conflicts=True)
        found = _numbers(wanted)
    return found


def _numbers(wanted: set[SeriesKey]) -> dict[SeriesKey, int]:
    rows = Series.objects.filter(station__code__in={key.station for key in wanted}, factor__code__in={key.factor for key in wanted})
    named = rows.values_list("station__code", "factor__code", "period", "id")
    return {key: number for station, factor, period, number in named if (key := SeriesKey(station, factor, Period(period))) in wanted}


def station_numbers(codes: Iterable[str], factor: str, period: Period) -> dict[int, str]:
    """Series number to station code, of one factor and period at these stations."""
    rows = Series.objects.filter(station__code__in=list(codes), factor__code=factor, period=period)
    return dict(rows.values_list("id", "station__code"))


def source_number(label: str) -> int:
    """The number of a source."""
    return Source.objects.get_or_create(label=label)[0].pk


def source_labels() -> dict[int, str]:
    """Every source."""
    return dict(Source.objects.values_list("id", "label"))
