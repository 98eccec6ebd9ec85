"""A workbench: what is due, what came back, what waits, what is next; for a department and for the coordinating office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from gongjian.kernel.months import Month
from gongjian.plans.judging import commitment_ends
from gongjian.plans.lights import WARNING_DAYS, Light
from gongjian.plans.models import Intake, Report
from gongjian.plans.models.performance import ReportState
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import Board, Row
from gongjian.plans.queries.directory import collective_names
from gongjian.plans.queries.reports import due_days

OPEN_DAYS = 7  # a month is shown as being reported from a week before its end


@dataclass(frozen=True, slots=True)
class Owed:
    """One report of one measure: which month, by when, how it stands; ``report`` is None while nothing is written."""

    row: Row
    month: Month
    due: date
    report: Report | None
    days_left: int  # negative when late

    @property
    def silent(self) -> bool:
        """Whether nothing was handed in."""
        return self.report is None or self.report.state == ReportState.DRAFT

    @property
    def came_back(self) -> bool:
        """Whether it was returned."""
        return self.report is not None and self.report.state == ReportState.RETURNED


@dataclass(frozen=True, slots=True)
class Coming:
    """A milestone not yet done that falls due within 30 days, or is past due."""

    row: Row
    what: str
    due: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What one department has before it on a day."""

    owed: tuple[Owed, ...]  # not handed in and due, the latest month first: it is the one the light waits for
    returned: tuple[Owed, ...]
    open: tuple[Owed, ...]  # may be written already, not yet due
    waiting: tuple[Owed, ...]  # handed in, not yet reviewed
    milestones: tuple[Coming, ...]
    troubled: tuple[Row, ...]  # led measures that are red or amber


def bench(board: Board, departments: Collection[int], on: date) -> Bench:
    """The workbench of the people of ``departments``, over a board of the same day."""
    collective = collective_names(departments)
    rows = [row for row in board.rows if any(holder.department in departments or holder.name in collective for holder in row.lead)]
    owed = _all_owed(board, rows, on)
    silent = [item for item in owed if item.silent]
    return Bench(
        owed=_newest_first(item for item in silent if item.days_left <= 0),
        returned=_by_due(item for item in owed if item.came_back),
        open=_by_due(item for item in silent if item.days_left > 0),
        waiting=_by_due(item for item in owed if item.report and item.report.state == ReportState.SUBMITTED),
        milestones=tuple(sorted((item for row in rows for item in _milestones(row, board.programme.year, on)), key=lambda item: item.due)),
        troubled=tuple(sorted((row for row in rows if row.light in (Light.RED, Light.AMBER)), key=lambda row: -row.light.severity)),
    )


def _all_owed(board: Board, rows: list[Row], on: date) -> list[Owed]:
    due = due_days(board.programme)
    stored = Report.objects.filter(measure__programme=board.programme, measure__in=[row.measure for row in rows])
    reports = {(report.measure_id, Month.of(report.month)): report for report in stored}
    return [item for row in rows for item in _owed(row, due, reports, on)]


def _owed(row: Row, due: dict[Month, date], reports: dict[tuple[int, Month], Report], on: date) -> Iterator[Owed]:
    """The months of a measure that can be reported on ``on``; none once it is confirmed as done."""
    if row.light is Light.BLUE:
        return
    for month, day in due.items():
        if (month.last - on).days <= OPEN_DAYS:
            yield Owed(row, month, day, reports.get((row.measure, month)), (day - on).days)


def _by_due(items: Iterator[Owed]) -> tuple[Owed, ...]:
    return tuple(sorted(items, key=lambda item: (item.due, item.row.order)))


def _newest_first(items: Iterator[Owed]) -> tuple[Owed, ...]:
    return tuple(sorted(items, key=lambda item: (-item.due.toordinal(), item.row.order)))


def _milestones(row: Row, year: int, on: date) -> Iterator[Coming]:
    for promised, verdict in row.judged.commitments:
        if promised.promise.kind is CommitmentKind.MILESTONE and verdict.light not in (Light.BLUE, Light.GREY):
            due = commitment_ends(promised.promise, row.deadline, year)
            if (due - on).days <= WARNING_DAYS:
                yield Coming(row, promised.promise.what, due, (due - on).days)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the coordinating office has before it."""

    to_review: tuple[Report, ...]  # oldest first
    silent: tuple[tuple[str, int], ...]  # lead department, number of reports past due and not handed in
    intakes: tuple[Intake, ...]


def desk(board: Board, on: date) -> Desk:
    """The coordinator's desk on a day. A fixed number of queries."""
    waiting = Report.objects.filter(measure__programme=board.programme, measure__withdrawn_at=None, state=ReportState.SUBMITTED)
    return Desk(
        to_review=tuple(waiting.select_related("measure", "department").order_by("month", "measure__key")),
        silent=_silent(board, on),
        intakes=tuple(Intake.objects.filter(state=Intake.State.OPEN).defer("reading")),
    )


def _silent(board: Board, on: date) -> tuple[tuple[str, int], ...]:
    """Reports past due and not handed in, counted for the first-named lead department."""
    late = Counter(
        item.row.lead[0].name for item in _all_owed(board, board.rows, on) if item.silent and item.days_left < 0 and item.row.lead
    )
    return tuple(late.most_common())
