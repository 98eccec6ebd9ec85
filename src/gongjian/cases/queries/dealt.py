"""What each department did with the cases handed to it in a term, as it was known by the end of a day: what an assessment takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gongjian.cases.models import Case, CaseStep, State
from gongjian.trail.clock import local_day
from gongjian.trail.office_day import end_of

IN_HAND = (State.HANDED_OVER, State.SIGNED, State.HANDLING)  # in these the clock runs for the department that deals with the case


@dataclass(frozen=True, slots=True)
class Dealt:
    """One case of one department: closed in the term (``late``: a step of the department came after its time), or past its time on the day.

    ``reopened_on`` is when it was opened again in the term; ``closed_on`` then is None.
    """

    case: int
    number: str
    title: str
    department: int
    closed_on: date | None = None
    late: bool = False
    due_on: date | None = None
    reopened_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    number: str
    title: str


def dealt_with(first: date, last: date, on: date) -> list[Dealt]:
    """What each department had to do with a case in the term, in order of case; a fixed number of queries.

    These are the cases closed or opened again from ``first`` to ``last``, and those past their time in a department's hands at the end
    of ``on``.
    """
    until = min(last, on)
    reopened = _reopened(first, until)
    closed = {case: row for case, row in _closed(first, until).items() if case not in reopened or reopened[case][1] < row[1]}
    late, overdue = _late(first, until, closed), _overdue(on)
    names = _names({*closed, *reopened, *overdue})
    found = [Dealt(case, *_words(names, case), dept, local_day(at), case in late) for case, (dept, at) in closed.items()]
    found += [Dealt(case, *_words(names, case), dept, due_on=local_day(due)) for case, (dept, due) in overdue.items()]
    found += [Dealt(case, *_words(names, case), dept, reopened_on=local_day(at)) for case, (dept, at) in reopened.items()]
    return sorted(found, key=lambda one: (one.case, one.closed_on is None, one.reopened_on is None))


Moment = tuple[int, datetime]  # of a department


def _closed(first: date, until: date) -> dict[int, Moment]:
    """The last closing of each case; what no department dealt with counts for nobody."""
    steps = CaseStep.objects.filter(step="close", on__range=(first, until), department__isnull=False).order_by("at", "id")
    return {case: (department, at) for case, department, at in steps.values_list("case_id", "department_id", "at")}


def _reopened(first: date, until: date) -> dict[int, Moment]:
    steps = CaseStep.objects.filter(step="reopen", before=State.CLOSED, on__range=(first, until), department__isnull=False)
    return {case: (dept, at) for case, dept, at in steps.order_by("at", "id").values_list("case_id", "department_id", "at")}


def _late(first: date, until: date, closed: Mapping[int, Moment]) -> set[int]:
    """The closed ones in which a step of the department that closed it came late since it was last opened again.

    A late step that hands the case to another department is not that department's.
    """
    closings = CaseStep.objects.filter(step="close", on__range=(first, until)).values("case")
    reopenings = CaseStep.objects.filter(step="reopen", before=State.CLOSED, case__in=closings).order_by("at", "id")
    again = {case: at for case, at in reopenings.values_list("case_id", "at") if case in closed and at < closed[case][1]}
    steps = CaseStep.objects.filter(late=True, before__in=IN_HAND, case__in=closings).exclude(step="reroute")
    rows = [row for row in steps.values_list("case_id", "at", "department_id") if row[0] in closed and row[1] <= closed[row[0]][1]]
    return {case for case, at, department in rows if department == closed[case][0] and (case not in again or at > again[case])}


def _overdue(on: date) -> dict[int, Moment]:
    """Cases past their time in a department's hands at the end of ``on``, each with the department and the deadline."""
    end = end_of(on)
    found: dict[int, Moment] = {}
    held = _held(end)
    for case, department, due in _stretches(end).values_list("case_id", "department_id", "due_at"):
        holder = held.get(case, department)
        if holder is not None and due is not None:
            found[case] = (holder, due)
    standing = Case.objects.filter(state__in=IN_HAND, since__lt=end, due_at__lt=end, department__isnull=False)
    for case, department, due in standing.values_list("pk", "department_id", "due_at"):
        if department is not None and due is not None:
            found[case] = (department, due)
    return found


def _stretches(end: datetime) -> QuerySet[CaseStep]:
    """Stretches that have ended since, but lasted at ``end``, past their time."""
    return CaseStep.objects.filter(late=True, before__in=IN_HAND, since__lt=end, at__gte=end, due_at__lt=end).order_by("at", "id")


def _held(end: datetime) -> dict[int, int]:
    """Whose hands those cases were in at ``end``: the step that ends a stretch may have handed the case on."""
    earlier = CaseStep.objects.filter(case__in=_stretches(end).order_by().values("case"), at__lt=end, department__isnull=False)
    return {case: dept for case, dept in earlier.order_by("at", "id").values_list("case_id", "department_id") if dept is not None}


def _names(cases: set[int]) -> dict[int, _Named]:
    """Number and title; asked in portions, for SQLite takes only so many keys at once."""
    wanted, found = sorted(cases), {}
    for start in range(0, len(wanted), 20_000):
        for case in Case.objects.filter(pk__in=wanted[start : start + 20_000]).only("found_at", "title"):
            found[case.pk] = _Named(case.number, case.title)
    return found


def _words(names: Mapping[int, _Named], case: int) -> tuple[str, str]:
    return names[case].number, names[case].title
