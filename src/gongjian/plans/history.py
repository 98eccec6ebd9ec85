"""One measure through time, and its light on any past day. Pure: rows come in as dates, lights go out.

Everything is kept by the local day on which it was entered; a day is judged by what had been entered by its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongjian.kernel.deadlines import Deadline
from gongjian.kernel.months import Month
from gongjian.plans.facts import Fact, MilestoneFact, ReportFact, ReportState, Standing
from gongjian.plans.judging import commitment_due, commitment_ends, judge
from gongjian.plans.lights import MeasureVerdict, Verdict, measure_light
from gongjian.plans.planfile.model import Commitment, CommitmentKind
from gongjian.plans.standing import latest_accepted, report_standing


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plan's year gives to every judgement: its reporting months with their due days, and the time to resubmit.

    ``missing`` and ``place`` follow from ``due``: the facts of months of which nothing was handed in, and each month's place among them.
    """

    year: int
    due: dict[Month, date]
    resubmit_by: Callable[[date], date]
    missing: tuple[ReportFact, ...] = field(init=False)
    place: dict[Month, int] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every measure and every day asks for."""
        object.__setattr__(self, "missing", tuple(ReportFact(month, due) for month, due in self.due.items()))
        object.__setattr__(self, "place", {month: place for place, month in enumerate(self.due)})


@dataclass(frozen=True, slots=True)
class Span:
    """From the day something was entered until the day it was replaced (None: still in force)."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it was in force at the end of ``day``."""
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True, slots=True)
class Worded:
    """One wording's deadline while it was in force; ``row`` is the wording's id."""

    span: Span
    row: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Promised:
    """One version of a commitment; ``root`` is the commitment through all its versions, ``row`` this version's id."""

    span: Span
    row: int
    root: int
    promise: Commitment
    without_data: Verdict = field(init=False)  # what is said of it while its source is not connected: the same on every day

    def __post_init__(self) -> None:
        """Say once what is missing."""
        object.__setattr__(self, "without_data", judge(self.promise, None, on=self.span.since, ends=self.span.since))


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone said to be done."""

    span: Span
    root: int
    done_on: date


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step of a month's report and what it claimed then."""

    on: date
    month: Month
    state: ReportState
    standing: Standing
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure on a day: its light, each commitment's verdict, the reporting's verdict, and the report facts behind it."""

    verdict: MeasureVerdict
    commitments: tuple[tuple[Promised, Verdict], ...]
    report: Verdict
    reports: tuple[ReportFact, ...]


@dataclass(slots=True)
class MeasureHistory:
    """All that was ever entered of one measure, each list in order of entry."""

    worded: list[Worded] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)
    reached: list[Reached] = field(default_factory=list)
    stepped: list[Stepped] = field(default_factory=list)
    known: Mapping[int, Mapping[date, Fact]] = field(default_factory=dict)  # by version and day, told by ``sources``

    def wording_on(self, day: date) -> Worded | None:
        """The wording in force at the end of ``day``; None before the measure was known."""
        return next((wording for wording in reversed(self.worded) if wording.span.covers(day)), None)

    def judged_on(self, day: date, frame: Frame) -> Judged | None:
        """The measure as it stood at the end of ``day``; None before it was known or after it was withdrawn."""
        return next(iter(self.over([day], frame)))

    def over(self, days: Sequence[date], frame: Frame) -> Iterator[Judged | None]:
        """The measure on each of ``days``, which must ascend; one sweep over its reports."""
        latest: list[ReportFact | None] = [None] * len(frame.missing)
        steps = iter(self.stepped)
        pending = next(steps, None)
        for day in days:
            while pending is not None and pending.on <= day:
                if (place := frame.place.get(pending.month)) is not None:
                    latest[place] = _fact(pending, frame)
                pending = next(steps, None)
            yield self._judge(day, latest, frame)

    def _judge(self, day: date, latest: Sequence[ReportFact | None], frame: Frame) -> Judged | None:
        wording = self.wording_on(day)
        if wording is None:
            return None
        both = zip(latest, frame.missing, strict=True)
        reports = tuple([fact or silent for fact, silent in both if fact or silent.due_on <= day])
        standing = report_standing(reports, day)
        commitments = tuple(
            (promised, self._verdict(promised, wording.deadline, reports, day, frame.year))
            for promised in self.promised
            if promised.span.covers(day)
        )
        light = measure_light(wording.deadline, frame.year, [verdict for _, verdict in commitments], standing, day)
        return Judged(light, commitments, standing, reports)

    def _verdict(self, promised: Promised, deadline: Deadline, reports: Sequence[ReportFact], day: date, year: int) -> Verdict:
        fact = self._fact_of(promised, deadline, reports, day, year)
        if fact is None:
            return promised.without_data
        return judge(promised.promise, fact, on=day, ends=commitment_ends(promised.promise, deadline, year))

    def _fact_of(self, promised: Promised, deadline: Deadline, reports: Sequence[ReportFact], day: date, year: int) -> Fact | None:
        """What is known of the commitment by ``day``; None while its source is not connected."""
        if promised.promise.kind is CommitmentKind.MILESTONE:
            done = next((reached.done_on for reached in self.reached if reached.root == promised.root and reached.span.covers(day)), None)
            return MilestoneFact(done, commitment_due(promised.promise, deadline, year) or date(year, 12, 31))
        if promised.promise.kind is CommitmentKind.NARRATIVE:
            return latest_accepted(reports)
        return self.known[promised.row].get(day) if promised.row in self.known else None


def _fact(step: Stepped, frame: Frame) -> ReportFact:
    due = frame.due[step.month]
    if step.state is ReportState.RETURNED:
        return ReportFact(step.month, due, step.state, step.standing, step.on, step.reason, frame.resubmit_by(step.on))
    return ReportFact(step.month, due, step.state, step.standing)
