"""One measure on one day: its words and where they stand, what it promises, who answers for it, what was reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.kernel.months import Month
from gongjian.plans.facts import ReportState
from gongjian.plans.history import Judged, Promised
from gongjian.plans.lights import Light, Verdict
from gongjian.plans.models import Achievement, Adjustment, Measure, ReportStep, Responsibility, Wording
from gongjian.plans.models.performance import STANDINGS
from gongjian.plans.models.performance import ReportState as StoredState
from gongjian.plans.planfile.model import Place
from gongjian.plans.queries.histories import frame, histories
from gongjian.plans.sources import tell
from gongjian.trail.office_day import end_of

NOT_KNOWN = "这条措施在这一天还没有载入，或已经撤销。"


@dataclass(frozen=True, slots=True)
class Kept:
    """One commitment with its verdict and, for a milestone, what was said to be done."""

    promised: Promised
    verdict: Verdict
    achievement: Achievement | None

    @property
    def adjust_key(self) -> str:
        """How an address names the target value of this version."""
        return f"target-{self.promised.row}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """One month's report as it stood on the day shown; ``step`` is None while nothing was handed in."""

    month: Month
    due: date
    state: str  # a ReportState, or "missing"
    step: ReportStep | None

    @property
    def title(self) -> str:
        """The state in Chinese."""
        return "尚未报送" if self.step is None else str(StoredState(self.state).label)

    @property
    def is_open(self) -> bool:
        """Whether it can still be written: nothing handed in, or returned."""
        return self.state not in (StoredState.SUBMITTED, StoredState.ACCEPTED)

    @property
    def standing(self) -> str:
        """The department's own judgement in Chinese; empty while nothing was handed in."""
        return str(dict(STANDINGS)[self.step.standing]) if self.step else ""


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the page of a measure shows; ``judged`` is None on a day when the measure was not known."""

    measure: Measure
    wording: Wording
    on: date
    judged: Judged | None
    commitments: tuple[Kept, ...]
    lead: tuple[Responsibility, ...]
    support: tuple[Responsibility, ...]
    reports: tuple[Monthly, ...]
    adjustments: tuple[Adjustment, ...]

    @property
    def light(self) -> Light:
        """The measure's light; grey when it is not known."""
        return self.judged.verdict.light if self.judged else Light.GREY

    @property
    def due(self) -> date | None:
        """The last day on which it is in time; None where no day is stated."""
        return self.wording.deadline.due_on(self.measure.programme.year)

    @property
    def source_words(self) -> str:
        """Where the words stand in the document; empty when only our digest is known."""
        return Place(**self.wording.source).words() if self.wording.source else ""


def detail(measure: Measure, on: date) -> Detail:
    """The measure as it stood at the end of ``on``; before it was known its first wording, after it was withdrawn its last."""
    year = frame(measure.programme)
    history = histories(measure.programme, [measure.pk])[measure.pk]
    tell([history], [on])
    judged = history.judged_on(on, year)
    chosen = history.wording_on(on) or history.worded[-1 if history.worded[0].span.since <= on else 0]
    wording = Wording.objects.select_related("plan", "edition").get(pk=chosen.row)
    parties = list(wording.responsibilities.select_related("department", "group").order_by("order"))
    return Detail(
        measure=measure,
        wording=wording,
        on=on,
        judged=judged,
        commitments=_kept(measure, judged, on),
        lead=tuple(row for row in parties if row.role == Responsibility.Role.LEAD),
        support=tuple(row for row in parties if row.role == Responsibility.Role.SUPPORT),
        reports=_months(measure, year.due, on),
        adjustments=tuple(measure.adjustments.filter(at__lt=end_of(on))),
    )


def _kept(measure: Measure, judged: Judged | None, on: date) -> tuple[Kept, ...]:
    if judged is None:
        return ()
    entered = Achievement.objects.filter(commitment__measure=measure, entered_at__lt=end_of(on)).exclude(replaced_at__lt=end_of(on))
    done = {row.commitment_id: row for row in entered}
    return tuple(Kept(promised, verdict, done.get(promised.root)) for promised, verdict in judged.commitments)


def _months(measure: Measure, due: dict[Month, date], on: date) -> tuple[Monthly, ...]:
    """Months that have begun, newest first."""
    latest: dict[Month, ReportStep] = {}
    for step in ReportStep.objects.filter(report__measure=measure, at__lt=end_of(on)).select_related("report").order_by("at", "id"):
        latest[Month.of(step.report.month)] = step
    begun: Sequence[Month] = [month for month in due if month.first <= on]
    return tuple(
        Monthly(month, due[month], latest[month].state if month in latest else ReportState.MISSING, latest.get(month))
        for month in reversed(begun)
    )
