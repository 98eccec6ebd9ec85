"""Who owes which report, by when, and how reports stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from gongjian.kernel.months import Month
from gongjian.kernel.workdays import Calendar
from gongjian.people.models import Post
from gongjian.people.permissions import held_posts
from gongjian.people.queries import working_calendar
from gongjian.plans.models import Measure, Programme, Report, Responsibility
from gongjian.plans.office_day import local_day

if TYPE_CHECKING:
    from gongjian.people.models import User

DUE_WORKING_DAY = 3  # units report last month's progress before the third working day (city plans of 2022, 2023, 2026)


def first_month(programme: Programme) -> Month:
    """The first month that is reported: the one after the document was issued."""
    return Month.of(programme.issued_on).next()


def last_month(programme: Programme) -> Month:
    """The last month that is reported."""
    return Month(programme.year, 12)


def due_days(programme: Programme) -> dict[Month, date]:
    """For every month that is reported, the day its report is due."""
    first, last = first_month(programme), last_month(programme)
    calendar = office_calendar(programme.year)
    return {month: calendar.nth_working_day(month.next(), DUE_WORKING_DAY) for month in first.through(last)}


def office_calendar(year: int) -> Calendar:
    """The working calendar of a plan's year and the January after it."""
    return Calendar(working_calendar(date(year, 1, 1), date(year + 1, 1, 31)))


def lead_departments(measure: Measure, at: datetime) -> list[int]:
    """Ids of the departments that lead the measure at that moment, the first-named first; a leading group's members count too."""
    rows = Responsibility.objects.filter(wording__measure=measure, role=Responsibility.Role.LEAD, wording__effective_at__lte=at)
    current = rows.exclude(wording__replaced_at__lte=at).select_related("group").order_by("order")
    leads: list[int] = []
    for row in current:
        leads += [row.department_id] if row.department_id else [member.pk for member in row.group.members.all()]  # type: ignore[union-attr]
    return leads


def writing_department(user: User, leads: Collection[int]) -> int:
    """Which of the lead departments this person writes for; the first-named when the person belongs to none of them."""
    own = {post.department_id for post in held_posts(user)}
    return next((lead for lead in leads if lead in own), next(iter(leads)))


def addressees(report: Report, at: datetime) -> tuple[int, ...]:
    """Ids of the people of the lead departments, who should hear what became of the report."""
    posts = Post.objects.filter(department__in=lead_departments(report.measure, at), since__lte=local_day(at))
    return tuple(sorted(set(posts.exclude(until__lte=local_day(at)).values_list("user_id", flat=True))))
