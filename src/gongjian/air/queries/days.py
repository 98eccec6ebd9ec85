"""Days of pollutants, as they stand or as they stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Max, Q

from gongjian.air.models import AirDay
from gongjian.kernel.refusal import Refusal
from gongjian.standards.air.days import DayValue
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.models import Kind, Station
from gongjian.telemetry.queries import stations

Days = dict[Pollutant, list[DayValue]]


def station(code: str = "") -> Station:
    """The air station with this code, by default the first in use; Refusal when there is none."""
    found = [each for each in stations(Kind.AIR) if code in ("", each.code)]
    if found:
        return found[0]
    msg = f"没有代码为“{code[:32]}”的在用空气站点，请核对代码。" if code else "还没有登记空气监测站点：请先导入监测数据。"
    raise Refusal(msg)


def standing(as_of: datetime | None) -> Q:
    """The versions that stood at a moment."""
    if as_of is None:
        return Q(replaced_at=None)
    return Q(entered_at__lt=as_of) & (Q(replaced_at=None) | Q(replaced_at__gte=as_of))


def days(where: Station, first: date, last: date, *, as_of: datetime | None, pollutants: Iterable[Pollutant] = tuple(Pollutant)) -> Days:
    """The days from ``first`` to ``last`` of each pollutant, in order; one query. Days without any hour are absent."""
    found: Days = {pollutant: [] for pollutant in pollutants}
    rows = AirDay.objects.filter(standing(as_of), station=where, day__range=(first, last), pollutant__in=list(found)).order_by("day")
    for pollutant, day, value, present, valid in rows.values_list("pollutant", "day", "value", "present", "valid"):
        found[Pollutant(pollutant)].append(DayValue(day, value, present, valid))
    return found


def days_of_stations(
    codes: Sequence[str], pollutant: Pollutant, first: date, last: date, *, as_of: datetime | None
) -> dict[str, list[DayValue]]:
    """The days of one pollutant at several stations, by code; one query."""
    found: dict[str, list[DayValue]] = {code: [] for code in codes}
    rows = AirDay.objects.filter(standing(as_of), station__code__in=codes, pollutant=pollutant, day__range=(first, last))
    for code, day, value, present, valid in rows.order_by("station", "day").values_list(
        "station__code", "day", "value", "present", "valid"
    ):
        found[code].append(DayValue(day, value, present, valid))
    return found


def days_at_moments(
    where: Station, pollutant: Pollutant, first: date, last: date, moments: Sequence[datetime | None]
) -> list[list[DayValue]]:
    """The days of one pollutant as they stood at each of several moments; one query, however many."""
    rows = AirDay.objects.filter(station=where, pollutant=pollutant, day__range=(first, last)).order_by("day", "entered_at")
    versions = [
        (DayValue(day, value, present, valid), entered, replaced)
        for day, value, present, valid, entered, replaced in rows.values_list(
            "day", "value", "present", "valid", "entered_at", "replaced_at"
        )
    ]
    return [[day for day, entered, replaced in versions if _stood(entered, replaced, moment)] for moment in moments]


def highest_hours(where: Station, pollutant: Pollutant, first: date, last: date, *, as_of: datetime | None) -> dict[date, float]:
    """The highest hourly mean of each day."""
    rows = AirDay.objects.filter(standing(as_of), station=where, pollutant=pollutant, day__range=(first, last))
    return dict(rows.values_list("day", "highest"))


def years(where: Station, *, as_of: datetime | None) -> list[int]:
    """The years that have a valid day, in order."""
    return [day.year for day in AirDay.objects.filter(standing(as_of), station=where, valid=True).dates("day", "year")]


def last_day(where: Station, first: date, last: date, *, as_of: datetime | None) -> date | None:
    """The latest day within a span that has data; None when none has."""
    rows = AirDay.objects.filter(standing(as_of), station=where, day__range=(first, last)).order_by("-day")
    return rows.values_list("day", flat=True).first()


def first_day(where: Station) -> date | None:
    """The first day that ever had data."""
    return AirDay.objects.filter(station=where).order_by("day").values_list("day", flat=True).first()


def _stood(entered: datetime, replaced: datetime | None, moment: datetime | None) -> bool:
    if moment is None:
        return replaced is None
    return entered < moment and (replaced is None or replaced >= moment)


def kept_tables() -> tuple[str, ...]:
    """The tables ``days_kept`` tells of."""
    return ("air.AirDay",)


def days_kept() -> Mapping[str, int]:
    """A number that changes whenever a day is worked out, by "app.Model"; one query."""
    return {"air.AirDay": AirDay.objects.aggregate(last=Max("pk"))["last"] or 0}
