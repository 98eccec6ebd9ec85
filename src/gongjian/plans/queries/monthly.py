"""One month of a programme as a whole: who has reported, who has not, in time or how late, and what assisting departments owe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongjian.kernel.months import Month
from gongjian.people.models import Department
from gongjian.people.permissions import Reach
from gongjian.plans.facts import ReportState
from gongjian.plans.models import MonthFreeze, Programme, Report, Responsibility
from gongjian.plans.queries.contributions import contributed, contribution_days, expected_departments
from gongjian.plans.queries.frozen import freeze_of, lifted_freezes
from gongjian.plans.queries.reports import Owing, due_days, owings

SILENT = (ReportState.MISSING, ReportState.DRAFT)


@dataclass(frozen=True, slots=True)
class Line:
    """One report that is owed; ``state`` also knows drafts nobody has handed in; ``silent_helpers`` owe their contribution."""

    owing: Owing
    state: ReportState
    on: date
    helpers: tuple[Department, ...]
    silent_helpers: tuple[Department, ...]

    @property
    def key(self) -> str:
        """The measure's key."""
        return self.owing.leads[0].wording.measure.key

    @property
    def title(self) -> str:
        """Our digest of the measure, else the document's own words."""
        wording = self.owing.leads[0].wording
        return wording.digest or wording.text

    @property
    def lead(self) -> str:
        """Who answers for the report: the first-named lead."""
        return self.owing.leads[0].name

    @property
    def others(self) -> str:
        """The further leads."""
        return "、".join(row.name for row in self.owing.leads[1:])

    @property
    def handed_in(self) -> bool:
        """Whether it has been handed in."""
        return self.owing.handing.since is not None

    @property
    def days_late(self) -> int:
        """Days late on which it was handed in, or by which it is overdue; 0 in time."""
        return self.owing.days_late if self.handed_in else max(0, (self.on - self.owing.due).days)

    @property
    def helped(self) -> int:
        """How many of the expected contributions are there."""
        return len(self.helpers) - len(self.silent_helpers)


@dataclass(frozen=True)
class Counted:
    """Lines, and what they come to."""

    lines: tuple[Line, ...]

    @cached_property
    def states(self) -> Counter[str]:
        """How many reports stand in each state."""
        return Counter(line.state.value for line in self.lines)

    @property
    def handed_in(self) -> int:
        """Reports handed in."""
        return sum(line.handed_in for line in self.lines)

    @property
    def late(self) -> int:
        """Of them, those handed in late."""
        return sum(line.handed_in and line.days_late > 0 for line in self.lines)

    @property
    def silent(self) -> int:
        """Reports not handed in, begun or not."""
        return len(self.lines) - self.handed_in

    @property
    def helpers(self) -> int:
        """Contributions owed."""
        return sum(len(line.helpers) for line in self.lines)

    @property
    def helped(self) -> int:
        """Contributions that are there."""
        return sum(line.helped for line in self.lines)


@dataclass(frozen=True)
class Share(Counted):
    """What one department, or one collective name, answers for; ``departments`` are ids."""

    name: str
    departments: tuple[int, ...]


@dataclass(frozen=True)
class Overview(Counted):
    """A month at a glance; ``helpers_silent`` counts missing contributions by department, most first."""

    programme: Programme
    month: Month
    due: date
    helpers_due: date
    on: date
    shares: tuple[Share, ...]
    freeze: MonthFreeze | None
    lifted: tuple[MonthFreeze, ...]

    @property
    def is_over(self) -> bool:
        """Whether the due day is over."""
        return self.due < self.on

    @property
    def waiting(self) -> int:
        """Reports handed in and not yet reviewed: a month with any is not frozen."""
        return self.states[ReportState.SUBMITTED.value]

    @property
    def helpers_silent(self) -> list[tuple[str, int]]:
        """Departments whose contributions are missing, with how many."""
        return Counter(str(helper) for line in self.lines for helper in line.silent_helpers).most_common()


def overview(programme: Programme, month: Month, on: date, seen: Reach) -> Overview:
    """The month as it stands at the end of ``on``, as far as ``seen`` goes. A fixed number of queries, and one for each collective name."""
    due = due_days(programme)[month]
    drafts = set(Report.objects.filter(measure__programme=programme, month=month.first).values_list("measure_id", flat=True))
    helpers, given = expected_departments(programme, min(due, on)), contributed(programme, month)
    lines = tuple(
        line
        for owing in owings(programme, [month], on)
        if seen.covers(_concerned(line := _line(owing, drafts, helpers.get(owing.measure, ()), given, on)))
    )
    return Overview(
        lines=lines,
        programme=programme,
        month=month,
        due=due,
        helpers_due=contribution_days(programme)[month],
        on=on,
        shares=_shares(lines),
        freeze=freeze_of(programme, month),
        lifted=tuple(lifted_freezes(programme, month)),
    )


def reported_months(programme: Programme, on: date) -> list[Month]:
    """The months of a programme that have begun by a day, the first of them at least."""
    months = list(due_days(programme))
    return [month for month in months if month.first <= on] or months[:1]


def month_in_hand(programme: Programme, on: date) -> Month:
    """The month one asks about on a day: the latest that is over, so that its reports are owed."""
    begun = reported_months(programme, on)
    return next((month for month in reversed(begun) if month.last < on), begun[0])


def nudge_key(programme: Programme, month: Month, day: date) -> str:
    """How the keys of messages sent by hand on a day begin; the department's id follows."""
    return f"report.nudge:{programme.pk}:{month}:{day}"


def _line(owing: Owing, drafts: set[int], helpers: tuple[Department, ...], given: set[tuple[int, int]], on: date) -> Line:
    state = owing.handing.state
    if state is ReportState.MISSING and owing.measure in drafts:
        state = ReportState.DRAFT
    return Line(owing, state, on, helpers, tuple(one for one in helpers if (owing.measure, one.pk) not in given))


def _concerned(line: Line) -> set[int]:
    """Departments that may see the line: those that lead and those that assist."""
    leads = {row.department_id for row in line.owing.leads if row.department_id}
    return leads | {*line.owing.answers} | {one.pk for one in line.helpers}


def _shares(lines: Iterable[Line]) -> tuple[Share, ...]:
    """By who answers, whoever owes most first."""
    by_lead: dict[tuple[int | None, int | None], list[Line]] = {}
    for line in lines:
        first: Responsibility = line.owing.leads[0]
        by_lead.setdefault((first.department_id, first.group_id), []).append(line)
    shares = [Share(tuple(own), own[0].lead, own[0].owing.answers) for own in by_lead.values()]
    return tuple(sorted(shares, key=lambda share: (-share.silent, -len(share.lines), share.name)))
