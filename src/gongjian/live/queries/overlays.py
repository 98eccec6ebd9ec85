"""What is drawn on a curve besides its values: limits as they were in force, alarms and findings; and what waits for somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from gongjian.alarms.models import Alarm, Limit, QualityFinding
from gongjian.alarms.queries.outlets import LimitSpan, limits_of
from gongjian.alarms.queries.reaching import within
from gongjian.alarms.states import ALARM_OPEN, AlarmState, FindingState
from gongjian.live.marking import Bounds, Line, Mark
from gongjian.people.permissions import Reach
from gongjian.standards.quality.catalogue import detector
from gongjian.telemetry.models import Station
from gongjian.telemetry.moments import begin
from gongjian.telemetry.store import Period

MOST = 200  # alarms or findings of a curve


def bounds_of(stations: Collection[int], on: date) -> dict[tuple[int, str], Bounds]:
    """The limits on hours in force on a day, by station (id) and factor; one query."""
    rows = Limit.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on), outlet__station__in=stations, valid_from__lte=on, averaging=Period.HOUR.value
    )
    found: dict[tuple[int, str], Bounds] = {}
    for station, factor, lower, upper in rows.values_list("outlet__station_id", "factor__code", "lower", "upper"):
        known = found.get((station, factor), Bounds(None, None))
        found[station, factor] = Bounds(_strictest(max, known.lower, lower), _strictest(min, known.upper, upper))
    return found


def _strictest(pick: object, one: float | None, other: float | None) -> float | None:
    known = [value for value in (one, other) if value is not None]
    return pick(known) if known else None  # type: ignore[operator] # min or max


def waiting_at(stations: Collection[int], reach: Reach) -> dict[int, int]:
    """How many alarms that somebody may see wait or last at each station (id); one query."""
    if not reach:
        return {}
    rows = Alarm.objects.filter(within(reach), Q(state__in=ALARM_OPEN) | Q(ended=None, withdrawn_at=None), outlet__station__in=stations)
    return dict(rows.order_by().values_list("outlet__station_id").annotate(Count("pk")))


def lines_of(station: Station, factor: str, period: Period, first: datetime, last: datetime) -> list[Line]:
    """The limits of a factor drawn on its curve: those on days for days, those on hours for anything finer."""
    averaging = (Period.DAY if period is Period.DAY else Period.HOUR).value
    spans = [one for one in limits_of(station, factor, first.date(), last.date()) if one.averaging == averaging]
    ends = (int(first.timestamp()), int(last.timestamp()))
    return [line for span in spans for line in _drawn(span, ends)]


def _drawn(span: LimitSpan, ends: tuple[int, int]) -> Iterator[Line]:
    first = max(begin(span.first), ends[0])
    last = ends[1] if span.until is None else min(begin(span.until), ends[1])
    if first >= last:
        return
    if span.upper is not None:
        yield Line(first, last, span.upper, f"限值 {span.upper:g}（{span.source}）")
    if span.lower is not None:
        yield Line(first, last, span.lower, f"下限 {span.lower:g}（{span.source}）")


def marks_of(station: Station, first: datetime, last: datetime, reach: Reach, at: datetime) -> dict[str, list[Mark]]:
    """Alarms and findings of a span that somebody may see, by factor ("" for those of the whole station); two queries at most."""
    found: dict[str, list[Mark]] = defaultdict(list)
    if not reach:
        return found
    for alarm in _alarms(station, first, last, reach):
        until = alarm.ended or max(alarm.last, min(at, last))
        words = f"{alarm.title}，{AlarmState(alarm.state).label}"
        found[alarm.factor.code if alarm.factor else ""].append(
            Mark(_s(alarm.begin), _s(until), words, "alarms:alarm", alarm.pk, grave=True)
        )
    for one in _findings(station, first, last, reach):
        words = f"{detector(one.detector).title}，{FindingState(one.state).label}"
        found[one.factor.code].append(Mark(_s(one.first), _s(one.last), words, "alarms:finding", one.pk, grave=False))
    return found


def _alarms(station: Station, first: datetime, last: datetime, reach: Reach) -> Sequence[Alarm]:
    rows = Alarm.objects.filter(within(reach), Q(ended=None) | Q(ended__gt=first), outlet__station=station, begin__lt=last)
    return list(rows.exclude(state=AlarmState.WITHDRAWN).select_related("factor").order_by("-since")[:MOST])


def _findings(station: Station, first: datetime, last: datetime, reach: Reach) -> Sequence[QualityFinding]:
    rows = QualityFinding.objects.filter(within(reach), outlet__station=station, first__lt=last, last__gt=first - timedelta(seconds=1))
    return list(rows.exclude(state=FindingState.SOUND).select_related("factor").order_by("-last")[:MOST])


def _s(moment: datetime) -> int:
    return int(moment.timestamp())
