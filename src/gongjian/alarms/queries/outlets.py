"""Outlets with their limits, for pages of this room and of those above."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongjian.alarms.models import Alarm, Limit, Outlet
from gongjian.alarms.queries.reaching import within
from gongjian.alarms.states import ALARM_OPEN
from gongjian.people.permissions import Reach
from gongjian.telemetry.models import Factor, Station


@dataclass(frozen=True, slots=True)
class LimitSpan:
    """A limit in force from a day to before another (None: on and on)."""

    first: date
    until: date | None
    lower: float | None
    upper: float | None
    averaging: str
    words: str
    source: str


def open_alarms(station: Station) -> list[Alarm]:
    """The alarms of a station that wait for somebody or still last, the worst first. Who may see them is for the page to ask."""
    rows = Alarm.objects.filter(Q(state__in=ALARM_OPEN) | Q(ended=None, withdrawn_at=None), outlet__station=station)
    return list(rows.select_related("outlet__station", "factor").order_by("severity", "-since"))


def limits_of(station: Station, factor: str, first: date, last: date) -> list[LimitSpan]:
    """The limits on a factor (its code) of a station that were in force on some day from ``first`` to ``last``, by their beginning."""
    return limits_between([station.pk], [factor], first, last).get((station.pk, factor), [])


def limits_between(stations: Collection[int], factors: Collection[str], first: date, last: date) -> dict[tuple[int, str], list[LimitSpan]]:
    """The same of several stations (ids) and factors, by both; one query."""
    rows = Limit.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=first), outlet__station__in=stations, factor__code__in=factors, valid_from__lte=last
    )
    found: dict[tuple[int, str], list[LimitSpan]] = {}
    for one in rows.select_related("factor", "outlet").order_by("valid_from", "id"):
        span = LimitSpan(one.valid_from, one.valid_to, one.lower, one.upper, one.averaging, one.words(), one.source)
        found.setdefault((one.outlet.station_id, one.factor.code), []).append(span)
    return found


def outlets_seen(reach: Reach) -> QuerySet[Outlet]:
    """The outlets in use somebody may see the alarms of, with how many of these wait for somebody."""
    rows = Outlet.objects.filter(active=True) if reach.everywhere else Outlet.objects.filter(active=True, department__in=reach.departments)
    waiting = Count("alarms", filter=Q(alarms__state__in=ALARM_OPEN))
    return rows.select_related("station", "department").annotate(waiting=waiting).order_by("holder", "station__code")


def limits_shown(outlet: Outlet) -> list[Limit]:
    """Every limit of an outlet, those in force or still to come first."""
    rows = Limit.objects.filter(outlet=outlet).select_related("factor", "entered_by")
    return sorted(rows, key=lambda one: (one.valid_to is not None, one.factor.code, one.averaging, one.valid_from))


def factors_with_alarms(reach: Reach) -> Sequence[Factor]:
    """The factors alarms were ever of, as far as somebody may see."""
    return list(Factor.objects.filter(pk__in=Alarm.objects.filter(within(reach), factor__isnull=False).values("factor")))
