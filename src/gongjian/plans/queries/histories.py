"""Load every measure of a programme with all that was ever entered of it: a fixed number of queries, whatever the size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django.utils import timezone

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.kernel.months import Month
from gongjian.plans.facts import ReportState, Standing
from gongjian.plans.history import Frame, MeasureHistory, Promised, Reached, Span, Stepped, Worded
from gongjian.plans.models import Achievement, Commitment, Programme, ReportStep, Wording
from gongjian.plans.planfile import model
from gongjian.plans.queries.reports import due_days, office_calendar
from gongjian.plans.queries.stored import PROMISE_FIELDS
from gongjian.plans.standing import RESUBMIT_DAYS

Histories = dict[int, MeasureHistory]  # by measure id


def frame(programme: Programme) -> Frame:
    """The reporting year of a programme."""
    calendar = office_calendar(programme.year)

    @lru_cache(maxsize=400)
    def resubmit_by(returned_on: date) -> date:
        return calendar.add_working_days(returned_on, RESUBMIT_DAYS)

    return Frame(programme.year, due_days(programme, calendar), resubmit_by)


def histories(programme: Programme, measures: Iterable[int] | None = None) -> Histories:
    """The histories of a programme's measures, or of the ``measures`` named by id. Four queries."""
    chosen = {} if measures is None else {"measure_id__in": list(measures)}
    found: Histories = defaultdict(MeasureHistory)
    zone = timezone.get_current_timezone()
    _wordings(found, programme, chosen, zone)
    _promises(found, programme, chosen, zone)
    _achievements(found, programme, {f"commitment__{name}": value for name, value in chosen.items()}, zone)
    _steps(found, programme, {f"report__{name}": value for name, value in chosen.items()}, zone)
    return dict(found)


def _span(since: datetime, until: datetime | None, zone: tzinfo) -> Span:
    return Span(since.astimezone(zone).date(), until.astimezone(zone).date() if until else None)


def _wordings(found: Histories, programme: Programme, chosen: dict[str, Any], zone: tzinfo) -> None:
    columns = ("measure_id", "id", "effective_at", "replaced_at", "deadline_kind", "deadline_month", "deadline_day", "deadline_text")
    rows = Wording.objects.filter(measure__programme=programme, **chosen).order_by("effective_at", "id").values_list(*columns)
    for measure, row, since, until, kind, month, day, text in rows:
        deadline = Deadline(DeadlineKind(kind), month, day, text)
        found[measure].worded.append(Worded(_span(since, until, zone), row, deadline))


def _promises(found: Histories, programme: Programme, chosen: dict[str, Any], zone: tzinfo) -> None:
    columns = ("measure_id", "id", "root_id", "effective_at", "replaced_at", "kind", "states", *PROMISE_FIELDS)
    rows = Commitment.objects.filter(measure__programme=programme, **chosen).order_by("order", "id").values_list(*columns)
    for measure, row, root, since, until, kind, states, *values in rows:
        promise = model.Commitment(model.CommitmentKind(kind), states=tuple(states), **dict(zip(PROMISE_FIELDS, values, strict=True)))
        found[measure].promised.append(Promised(_span(since, until, zone), row, root or row, promise))


def _achievements(found: Histories, programme: Programme, chosen: dict[str, Any], zone: tzinfo) -> None:
    columns = ("commitment__measure_id", "commitment_id", "entered_at", "replaced_at", "done_on")
    rows = Achievement.objects.filter(commitment__measure__programme=programme, **chosen).order_by("id").values_list(*columns)
    for measure, root, since, until, done_on in rows:
        found[measure].reached.append(Reached(_span(since, until, zone), root, done_on))


def _steps(found: Histories, programme: Programme, chosen: dict[str, Any], zone: tzinfo) -> None:
    """The one table that grows with use, hence plain tuples."""
    columns = ("report__measure_id", "report__month", "at", "state", "standing", "reason")
    rows = ReportStep.objects.filter(report__measure__programme=programme, **chosen).order_by("at", "id").values_list(*columns)
    for measure, month, at, state, standing, reason in rows:
        day = at.astimezone(zone).date()
        found[measure].stepped.append(Stepped(day, Month(month.year, month.month), ReportState(state), Standing(standing), reason))
