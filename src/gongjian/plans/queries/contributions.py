"""Who contributes to which report, by when, and what was contributed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q

from gongjian.kernel.months import Month
from gongjian.kernel.workdays import Calendar
from gongjian.people.models import Department
from gongjian.plans.models import Contribution, ContributionState, Measure, Programme, ReportFile, Responsibility
from gongjian.plans.queries.reports import answering, due_days, lead_departments, office_calendar
from gongjian.plans.reminders import timetable
from gongjian.trail.office_day import end_of


@dataclass(frozen=True, slots=True)
class Assisting:
    """The departments (ids) that assist with a measure: ``expected`` are named and owe a contribution, ``welcome`` may give one.

    A collective name binds nobody in particular: its departments are welcome, not expected.
    """

    expected: tuple[int, ...]
    welcome: tuple[int, ...]


def contribution_days(programme: Programme, calendar: Calendar | None = None) -> dict[Month, date]:
    """For every month that is reported, the day its contributions are due."""
    calendar, before = calendar or office_calendar(programme.year), timetable().contribution_days
    return {month: calendar.add_working_days(due, -before) for month, due in due_days(programme, calendar).items()}


def assisting(measure: Measure, at: datetime) -> Assisting:
    """Who assists with a measure at a moment."""
    rows = Responsibility.objects.filter(wording__measure=measure, role=Responsibility.Role.SUPPORT, wording__effective_at__lte=at)
    current = list(rows.exclude(wording__replaced_at__lte=at).select_related("group").order_by("order"))
    return split(current, lead_departments(measure, at))


def split(rows: Collection[Responsibility], leads: Collection[int]) -> Assisting:
    """The departments of assisting responsibilities; one that leads as well contributes by its report."""
    expected = tuple(row.department_id for row in rows if row.department_id and row.department_id not in leads)
    welcome = tuple(dict.fromkeys(number for number in answering(rows) if number not in leads))
    return Assisting(expected, welcome)


def expected_departments(programme: Programme, on: date) -> Mapping[int, tuple[Department, ...]]:
    """By measure: the departments expected to contribute at the end of a day. One query."""
    end = end_of(on)
    rows = Responsibility.objects.filter(wording__measure__programme=programme, wording__effective_at__lt=end)
    rows = rows.filter(Q(wording__replaced_at=None) | Q(wording__replaced_at__gte=end), department__isnull=False)
    leads: dict[int, set[int]] = defaultdict(set)
    found: dict[int, list[Department]] = defaultdict(list)
    for row in rows.select_related("department", "wording").order_by("role", "order"):  # the leads come first
        measure, department = row.wording.measure_id, row.department
        if department is not None and row.role == Responsibility.Role.LEAD:
            leads[measure].add(department.pk)
        elif department is not None and department.pk not in leads[measure]:
            found[measure].append(department)
    return {measure: tuple(departments) for measure, departments in found.items()}


def contributed(programme: Programme, month: Month) -> set[tuple[int, int]]:
    """Measure and department of every contribution of a month that has been handed to the lead."""
    rows = Contribution.objects.filter(measure__programme=programme, month=month.first, state=ContributionState.HANDED)
    return set(rows.values_list("measure_id", "department_id"))


def contributions_of(measure: Measure, month: Month) -> list[Contribution]:
    """What was contributed to a report, with its files and steps; three queries."""
    files = Prefetch("files", ReportFile.objects.order_by("id"))
    return list(
        Contribution.objects.filter(measure=measure, month=month.first).select_related("department").prefetch_related(files, "steps")
    )
