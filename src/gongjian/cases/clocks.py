"""Until when a case's present state is in time: the level's spans, reckoned with the calendar of the office."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from gongjian.cases.declaration import CaseKind, Level
from gongjian.cases.flow import AWAITED
from gongjian.cases.models import State
from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar
from gongjian.kernel.worktime import Span, Unit, Worktime
from gongjian.people.queries import working_calendar

BACK, AHEAD = timedelta(400), timedelta(400)  # days of the calendar a clock may need: a pause of a year, and a year of time


def office(at: datetime) -> Worktime:
    """The working time around a moment; one query."""
    day = timezone.localdate(at)
    return Worktime(Calendar(working_calendar(day - BACK, day + AHEAD)))


def level_of(kind: CaseKind, slug: str) -> Level:
    """The level of that slug; Refusal when the kind has none such."""
    if found := kind.level(slug):
        return found
    msg = f"“{kind.title}”没有“{slug[:20]}”这一严重程度，请在{'、'.join(level.title for level in kind.levels)}中选一项。"
    raise Refusal(msg)


def span_for(kind: CaseKind, level: str, state: str) -> Span | None:
    """How long the state may last; None where no clock runs."""
    found = kind.level(level)
    awaited = AWAITED.get(State(state))
    return found.clocks.get(awaited) if found and awaited else None


def due_from(kind: CaseKind, level: str, state: str, start: datetime, worktime: Worktime) -> datetime | None:
    """Until when a state that begins at ``start`` is in time; None where no clock runs."""
    span = span_for(kind, level, state)
    return worktime.due(timezone.localtime(start), span) if span else None


def moved(kind: CaseKind, level: str, due: datetime | None, paused: datetime, resumed: datetime) -> datetime | None:
    """The deadline of dealing with a case after a pause."""
    span = span_for(kind, level, State.HANDLING)
    if due is None:
        return None
    unit = span.unit if span else Unit.DAYS
    return office(resumed).moved(timezone.localtime(due), timezone.localtime(paused), timezone.localtime(resumed), unit)
