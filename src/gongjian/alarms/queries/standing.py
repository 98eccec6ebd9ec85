"""What judging touched series rests on, read at once: outlets, factors, limits, alarms that may go on, the office's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from gongjian.alarms.engine.limits import LimitLine
from gongjian.alarms.models import Alarm, Limit, Outlet
from gongjian.alarms.rules import RULES
from gongjian.alarms.source import Touched
from gongjian.cases.clocks import office
from gongjian.kernel.worktime import Worktime
from gongjian.telemetry.models import Factor
from gongjian.telemetry.moments import from_seconds, number_of
from gongjian.telemetry.store import Period, SeriesKey

LONGEST = timedelta(seconds=max(rule.watch("").reach for rule in RULES if rule.silence is None) * 8)  # slow factors reach further back


@dataclass(frozen=True, slots=True, eq=False)
class Stand:
    """Outlets by station, factors by code, limits by outlet, factor and averaging, alarms by cause."""

    outlets: Mapping[str, Outlet]
    factors: Mapping[str, Factor]
    lines: Mapping[tuple[str, str, str], list[LimitLine]]
    alarms: Mapping[str, list[Alarm]]
    office: Worktime

    def limits(self, key: SeriesKey, averaging: Period) -> list[LimitLine]:
        """The limits of a series' factor, of that averaging time."""
        return self.lines.get((key.station, key.factor, averaging.value), [])


def stand_of(touched: Mapping[SeriesKey, Touched], at: datetime) -> Stand:
    """Five queries, however many series were touched."""
    stations = {key.station for key in touched}
    outlets = {
        outlet.station.code: outlet
        for outlet in Outlet.objects.filter(active=True).select_related("station", "department", "entry")
        if outlet.station.code in stations
    }
    factors = {factor.code: factor for factor in Factor.objects.all()}
    first = min((one.first for one in touched.values()), default=0)
    alarms: dict[str, list[Alarm]] = {}
    going_on = Alarm.objects.filter(Q(ended=None) | Q(ended__gt=from_seconds(first) - LONGEST), withdrawn_at=None)
    for alarm in going_on.filter(outlet__in=[outlet.pk for outlet in outlets.values()]).order_by("begin"):
        alarms.setdefault(alarm.cause, []).append(alarm)
    return Stand(outlets, factors, limit_lines(outlets), alarms, office(timezone.localtime(at)))


def limit_lines(outlets: Mapping[str, Outlet]) -> dict[tuple[str, str, str], list[LimitLine]]:
    """The limits of outlets by station, factor and averaging; one query."""
    lines: dict[tuple[str, str, str], list[LimitLine]] = {}
    rows = Limit.objects.filter(outlet__in=[outlet.pk for outlet in outlets.values()])
    named = rows.values_list("outlet__station__code", "factor__code", "averaging", "valid_from", "valid_to", "lower", "upper")
    for station, factor, averaging, first, until, lower, upper in named:
        line = LimitLine(number_of(first), None if until is None else number_of(until), lower, upper)
        lines.setdefault((station, factor, averaging), []).append(line)
    return lines
