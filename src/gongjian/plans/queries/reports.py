"""Who owes which report, by when, and how reports stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from gongjian.kernel.months import Month
from gongjian.kernel.workdays import Calendar
from gongjian.people.permissions import held_posts
from gongjian.people.queries import group_departments, holders, working_calendar
from gongjian.people.roles import Role
from gongjian.plans.models import Measure, Programme, Report, Responsibility
from gongjian.trail.clock import local_day

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
