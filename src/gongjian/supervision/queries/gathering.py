"""Gathering the scene rules fire on: a fixed number of queries for a programme, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from gongjian.kernel.months import Month
from gongjian.kernel.workdays import Calendar
from gongjian.people.queries import departments
from gongjian.plans.facts import Reading, ReportFact, ReportState
from gongjian.plans.history import Frame, Judged, MeasureHistory, Promised
from gongjian.plans.lights import Light
from gongjian.plans.models import Programme, Responsibility, Wording
from gongjian.plans.planfile.model import Commitment
from gongjian.plans.queries.histories import frame, histories
from gongjian.plans.queries.reports import answering, office_calendar
from gongjian.plans.sources import tell
from gongjian.plans.titles import indicator_title
from gongjian.supervision.detecting.scene import MeasureSeen, Point, Scene, Series, Silent
from gongjian.supervision.queries.late_cases import cases_past_time

SILENT = (ReportState.MISSING, ReportState.DRAFT)
BETTER = {">=": "up", ">": "up", "<=": "down", "<": "down"}


@dataclass(frozen=True, slots=True)
class Back:
    """How far back the rules in force must look: days for red lights, complete months for figures."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    """A measure with what is needed to see it."""

    history: MeasureHistory
    wording: Wording
    judged: Judged
    department: int | None


class _Run(NamedTuple):
    """Since when a light is red, and whether it was so before that."""

    since: date
    longer: bool


def gather(of: Programme | None, on: date, back: Back) -> Scene:
    """The scene at the end of ``on``; a programme none of whose days it is gives no measures."""
    cases = tuple(cases_past_time(on))
    if of is None:
        return Scene(on, (), cases)
    found, year = histories(of), frame(of)
    month_ends = _month_ends(of, on, back.months)
    tell(found.values(), sorted({*month_ends, on}))
    told = _told(found, year, on)
    series = {pk: tuple(_series(one.history, one.judged, month_ends, year)) for pk, one in told.items()}
    runs = _red_runs(told, year, on, back.days)
    calendar = office_calendar(of.year)
    return Scene(on, tuple(_seen(pk, one, on, calendar, runs.get(pk), series[pk]) for pk, one in told.items()), cases)


def _told(found: Mapping[int, MeasureHistory], year: Frame, on: date) -> dict[int, _Told]:
    """The measures in force on the day, in order of the plan."""
    worded = {wording.row: pk for pk, history in found.items() if (wording := history.wording_on(on))}
    leads = _leads(list(worded))
    rows = Wording.objects.filter(pk__in=worded).select_related("measure").order_by("plan__order", "order")
    judged = {pk: found[pk].judged_on(on, year) for pk in worded.values()}
    return {row.measure_id: _Told(found[row.measure_id], row, seen, leads.get(row.pk)) for row in rows if (seen := judged[row.measure_id])}


def _leads(wordings: Sequence[int]) -> dict[int, int]:
    """The first department in use that leads, by wording."""
    used = set(departments().values_list("pk", flat=True))
    groups: dict[int, list[int]] = {}
    found: dict[int, int] = {}
    rows = Responsibility.objects.filter(wording_id__in=wordings, role=Responsibility.Role.LEAD).select_related("group").order_by("order")
    for row in rows:
        if row.wording_id in found:
            continue
        if row.department_id is None and row.group_id is not None and row.group_id not in groups:
            groups[row.group_id] = answering([row])
        meant = [row.department_id] if row.department_id else groups.get(row.group_id or 0, [])
        if first := next((one for one in meant if one in used), None):
            found[row.wording_id] = first
    return found


def _red_runs(told: Mapping[int, _Told], year: Frame, on: date, days: int) -> dict[int, _Run]:
    """Since when each measure that is red today has been so without a break, at most ``days`` back."""
    red = {pk: one for pk, one in told.items() if _is_red(one.judged, on)}
    looked = [on - timedelta(back) for back in range(days + 1, -1, -1)]
    tell([one.history for one in red.values()], looked)
    return {pk: _run(one.history, looked, year) for pk, one in red.items()}


def _run(history: MeasureHistory, days: Sequence[date], year: Frame) -> _Run:
    """The run that ends the days; one that reaches to the first of them is longer than was asked for."""
    seen = list(zip(days, history.over(days, year), strict=True))
    run = list(takewhile(lambda one: one[1] is not None and _is_red(one[1], one[0]), reversed(seen)))
    return _Run(run[-1][0], longer=len(run) == len(days))


def _is_red(judged: Judged, day: date) -> bool:
    """Whether the light is red for anything but a report not handed in: that is a fact of its own."""
    if judged.verdict.light is not Light.RED:
        return False
    return bool(set(judged.verdict.reasons) - set(judged.report.reasons)) or not _silences(judged, day)


def _silences(judged: Judged, day: date) -> list[ReportFact]:
    """The months past their due day that the light waits for: those after the latest one handed in, oldest first."""
    found: list[ReportFact] = []
    if judged.report.light is Light.BLUE:
        return found
    for report in reversed(judged.reports):
        if report.state not in SILENT:
            break
        if report.due_on < day:
            found.insert(0, report)
    return found


def _seen(pk: int, one: _Told, on: date, calendar: Calendar, run: _Run | None, series: tuple[Series, ...]) -> MeasureSeen:
    late = tuple(
        Silent(report.month, report.due_on, calendar.working_days_between(report.due_on, on)) for report in _silences(one.judged, on)
    )
    title = one.wording.digest or one.wording.text
    return MeasureSeen(
        pk=pk,
        key=one.wording.measure.key,
        title=title,
        department=one.department,
        red_since=run.since if run else None,
        red_longer=run.longer if run else False,
        reasons=one.judged.verdict.reasons,
        silent=late,
        series=series,
    )


def _month_ends(of: Programme, on: date, months: int) -> list[date]:
    """The last days of the latest complete months of the programme's year, oldest first."""
    running = Month.of(on)
    last = running if on == running.last else running.shifted(-1)
    ends = [last.shifted(-back).last for back in range(months)]
    return sorted(day for day in ends if day.year == of.year and day >= of.issued_on)


def _series(history: MeasureHistory, judged: Judged, days: Sequence[date], year: Frame) -> Iterator[Series]:
    """Each measured commitment in force today over these days."""
    if not days:
        return
    lights = [{promised.row: verdict.light for promised, verdict in seen.commitments} if seen else {} for seen in history.over(days, year)]
    for promised, _ in judged.commitments:
        facts = [history.known.get(promised.row, {}).get(day) for day in days]
        readings = [fact if isinstance(fact, Reading) else None for fact in facts]
        told = next((reading for reading in reversed(readings) if reading), None)
        if told is not None:
            points = tuple(_point(promised, *each) for each in zip(days, lights, readings, strict=True))
            better = told.better or _wanted(promised.promise)
            yield Series(
                promised.promise.indicator,
                indicator_title(promised.promise.indicator),
                promised.promise.unit,
                better,
                told.cumulative,
                points,
            )


def _point(promised: Promised, day: date, lights: Mapping[int, Light], reading: Reading | None) -> Point:
    valid = reading.value if reading and reading.valid else None
    return Point(day, lights.get(promised.row, Light.GREY), valid)


def _wanted(promise: Commitment) -> str:
    """Which way the plan wants a figure to go."""
    return promise.direction if promise.direction in ("up", "down") else BETTER.get(promise.op, "")
