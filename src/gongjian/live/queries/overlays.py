"""What is drawn on a curve besides its values: limits as they were in force, alarms and findings; and what waits for somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from gongjian.alarms.models import Alarm, Limit, QualityFinding
from gongjian.alarms.queries.outlets import LimitSpan, limits_between
from gongjian.alarms.queries.reaching import within
from gongjian.alarms.states import ALARM_OPEN, AlarmState, FindingState
from gongjian.live.marking import Bounds, Line, Mark
from gongjian.live.spans import Span
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


def lines_of(stations: Sequence[Station], factors: Sequence[str], span: Span) -> dict[tuple[int, str], list[Line]]:
    """The limits drawn on curves, by station (id) and factor: those on days for days, those on hours for anything finer. One query."""
    averaging = (Period.DAY if span.period is Period.DAY else Period.HOUR).value
    ends = (_s(span.first), _s(span.last))
    found = limits_between([station.pk for station in stations], factors, span.first.date(), span.last.date())
    return {key: [line for one in spans if one.averaging == averaging for line in _drawn(one, ends)] for key, spans in found.items()}


def lines_together(lines: Sequence[tuple[Station, Sequence[Line]]]) -> list[Line]:
    """The limits of stations in one panel: where all are bound alike each line once, else each with the name of whom it binds."""
    drawn = [{(line.first, line.last, line.value) for line in each} for _, each in lines]
    if all(each == drawn[0] for each in drawn):
        return list(lines[0][1])
    return [replace(line, words=f"{station.name} {line.words}") for station, each in lines for line in each]


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
