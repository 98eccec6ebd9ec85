"""Who owes which report, by when, and how reports stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.kernel.workdays import Calendar
from gongjian.people.permissions import held_posts
from gongjian.people.queries import group_departments, holders, working_calendar
from gongjian.people.roles import Role
from gongjian.plans.facts import ReportState, Standing
from gongjian.plans.models import Measure, Programme, Report, ReportStep, Responsibility
from gongjian.plans.timeliness import Handing, Punctuality, Taken, Tally, handing, owed_months
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import end_of

if TYPE_CHECKING:
    from gongjian.people.models import User

DUE_WORKING_DAY = 3  # units report last month's progress before the third working day (city plans of 2022, 2023, 2026)


def first_month(programme: Programme) -> Month:
    """The first month that is reported: the one after the document was issued."""
    return Month.of(programme.issued_on).next()


def last_month(programme: Programme) -> Month:
    """The last month that is reported."""
    return Month(programme.year, 12)


def due_days(programme: Programme, calendar: Calendar | None = None) -> dict[Month, date]:
    """For every month that is reported, the day its report is due; ``calendar`` where the caller has it already."""
    first, last = first_month(programme), last_month(programme)
    calendar = calendar or office_calendar(programme.year)
    return {month: calendar.nth_working_day(month.next(), DUE_WORKING_DAY) for month in first.through(last)}


def refuse_month(measure: Measure, month: Month, at: datetime) -> None:
    """Refuse a month that is not reported, or that has not begun."""
    first, now = first_month(measure.programme), Month.of(local_day(at))
    if not first <= month <= min(now, Month(measure.programme.year, 12)):
        msg = f"只能填报 {first} 至 {min(now, Month(measure.programme.year, 12))} 的月报，不能填报 {month}。"
        raise Refusal(msg)


def office_calendar(year: int) -> Calendar:
    """The working calendar of a plan's year and the January after it."""
    return Calendar(working_calendar(date(year, 1, 1), date(year + 1, 1, 31)))


def lead_departments(measure: Measure, at: datetime) -> list[int]:
    """Ids of the departments that lead the measure at that moment, the first-named first; a leading group's departments count too."""
    rows = Responsibility.objects.filter(wording__measure=measure, role=Responsibility.Role.LEAD, wording__effective_at__lte=at)
    current = rows.exclude(wording__replaced_at__lte=at).select_related("group").order_by("order")
    return answering(current)


def answering(rows: Iterable[Responsibility]) -> list[int]:
    """Ids of the departments that responsibilities mean, in order; a collective name means its departments."""
    return [number for row in rows for number in _meant(row)]


def _meant(row: Responsibility) -> list[int]:
    if row.department_id:
        return [row.department_id]
    return [department.pk for department in group_departments(row.group)] if row.group else []


def writing_department(user: User, leads: Collection[int], on: date) -> int:
    """Which of the lead departments this person writes for on a day; the first-named when the person belongs to none of them."""
    own = {post.department_id for post in held_posts(user, on)}
    return next((lead for lead in leads if lead in own), next(iter(leads)))


def addressees(report: Report, at: datetime) -> tuple[int, ...]:
    """Ids of the people of the lead departments, who should hear what became of the report."""
    leads = lead_departments(report.measure, at)
    return tuple(holders([Role.OFFICER, Role.HEAD], departments=leads, on=local_day(at)).order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Owing:
    """One report a measure owes: ``leads`` are the responsibilities that led it on its due day, ``answers`` the departments they count for.

    The first-named lead answers; where that is a collective name, each of its departments does.
    """

    measure: int
    month: Month
    due: date
    leads: tuple[Responsibility, ...]
    answers: tuple[int, ...]
    handing: Handing

    def is_due(self, on: date) -> bool:
        """Whether it counts on a day: its due day is over, or it has been handed in already."""
        return self.due < on or self.handing.since is not None

    @property
    def days_late(self) -> int:
        """Days after its due day on which it was handed in; 0 where it was in time or is still missing."""
        return max(0, (self.handing.since - self.due).days) if self.handing.since else 0


def punctuality(first: date, last: date, on: date) -> Mapping[int, Punctuality]:
    """By department id: the reports whose due days lie from ``first`` to ``last``, as they stood at the end of ``on``.

    Of every programme; a report that is not handed in counts once its due day is over. Three queries for each programme of the time.
    """
    tallies: dict[int, Tally] = defaultdict(Tally)
    for programme in Programme.objects.filter(year__range=(first.year - 1, last.year)):
        months = [month for month, day in due_days(programme).items() if first <= day <= last]
        for one in owings(programme, months, on):
            if one.is_due(on):
                for department in one.answers:
                    tallies[department].add((one.measure, one.month), one.handing, one.due)
    return {department: tally.done() for department, tally in tallies.items()}


def owings(programme: Programme, months: Collection[Month], on: date) -> list[Owing]:
    """Every report of these months that a measure of the programme owes, as it stood at the end of ``on``.

    A measure owes what it was asked for on the due day (or ``on``, where that is earlier). Three queries, and one for each collective name.
    """
    if not months:
        return []
    due = due_days(programme)
    steps = _taken(programme, on)
    found: list[Owing] = []
    led = _led(programme, {month: min(due[month], on) for month in months})
    meant: dict[int, tuple[int, ...]] = {}
    for (measure, month), leads in led.items():
        handings = {one: handing(steps[measure, one], due[one], on) for one in due if (measure, one) in steps}
        if month in owed_months(due, handings):
            first = leads[0]
            if first.pk not in meant:
                meant[first.pk] = tuple(_meant(first))
            found.append(Owing(measure, month, due[month], tuple(leads), meant[first.pk], handings.get(month, Handing())))
    return found


def _taken(programme: Programme, on: date) -> dict[tuple[int, Month], list[Taken]]:
    """The steps up to the end of a day, by measure and month."""
    found: dict[tuple[int, Month], list[Taken]] = defaultdict(list)
    rows = ReportStep.objects.filter(report__measure__programme=programme, at__lt=end_of(on)).order_by("at", "id")
    for measure, month, at, state, standing in rows.values_list("report__measure_id", "report__month", "at", "state", "standing"):
        found[measure, Month.of(month)].append(Taken(timezone.localtime(at).date(), ReportState(state), Standing(standing)))
    return found


def _led(programme: Programme, days: Mapping[Month, date]) -> dict[tuple[int, Month], list[Responsibility]]:
    """Who led each measure at the end of each month's day, the first-named first; a measure not known then is absent."""
    found: dict[tuple[int, Month], list[Responsibility]] = defaultdict(list)
    rows = Responsibility.objects.filter(wording__measure__programme=programme, role=Responsibility.Role.LEAD)
    ends = {month: end_of(day) for month, day in days.items()}
    for row in rows.select_related("wording__measure", "department", "group").order_by("wording__order", "order"):
        for month, end in ends.items():
            since, until = row.wording.effective_at, row.wording.replaced_at
            if since < end and (until is None or until >= end):
                found[row.wording.measure_id, month].append(row)
    return found
