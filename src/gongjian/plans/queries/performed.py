"""How the measures of a programme were performed by a day, for whom it is to answer: what an assessment takes from the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone

from gongjian.kernel.months import Month
from gongjian.people.models import Department, DepartmentGroup
from gongjian.plans.facts import ReportFact, ReportState, Standing
from gongjian.plans.history import Frame, Judged, MeasureHistory
from gongjian.plans.models import Programme, ReportStep, Responsibility, Wording
from gongjian.plans.queries.histories import frame, histories
from gongjian.plans.sources import tell
from gongjian.trail.office_day import end_of

SILENT = (ReportState.MISSING, ReportState.DRAFT)


@dataclass(frozen=True, slots=True)
class Owed:
    """A monthly report that fell due; ``handed_in`` is when it was first handed in for good (None: not by the day asked about)."""

    month: Month
    due: date
    handed_in: datetime | None  # local


@dataclass(frozen=True, slots=True)
class Performed:
    """A measure in force on the day. ``first`` answers for the reports, ``lead`` for the promises, ``support`` assists: department ids.

    A collective name means its departments, all of them; who leads does not also assist.
    """

    measure: int
    key: str
    title: str
    first: tuple[int, ...]
    lead: tuple[int, ...]
    support: tuple[int, ...]
    judged: Judged
    owed: tuple[Owed, ...]


def performed(programme: Programme, first: date, last: date, on: date) -> list[Performed]:
    """Every measure in force at the end of ``on``, in document order, with the reports that fell due from ``first`` to ``last`` by then.

    A fixed number of queries, whatever the size of the plan.
    """
    found, year = histories(programme), frame(programme)
    tell(found.values(), [on])
    months = {month: due for month, due in year.due.items() if first <= due <= min(last, on)}
    chosen = {wording.row: measure for measure, history in found.items() if (wording := history.wording_on(on))}
    holders, handed = _holders(chosen), _handed_in(programme, months, on)
    wordings = Wording.objects.filter(pk__in=chosen).select_related("measure").order_by("plan__order", "order")
    return [
        Performed(
            measure=wording.measure_id,
            key=wording.measure.key,
            title=wording.digest or wording.text,
            first=holders[wording.pk].first,
            lead=holders[wording.pk].lead,
            support=holders[wording.pk].support,
            judged=judged,
            owed=tuple(_owed(wording.measure_id, found[wording.measure_id], months, year, handed)),
        )
        for wording in wordings.only("measure_id", "measure__key", "digest", "text")
        if (judged := found[wording.measure_id].judged_on(on, year))
    ]


@dataclass(slots=True)
class _Holders:
    first: tuple[int, ...] = ()
    lead: tuple[int, ...] = ()
    support: tuple[int, ...] = ()

    def add(self, role: str, departments: tuple[int, ...]) -> None:
        if role == Responsibility.Role.LEAD:
            self.first = self.first or departments
            self.lead = tuple(dict.fromkeys((*self.lead, *departments)))
        else:
            self.support = tuple(one for one in dict.fromkeys((*self.support, *departments)) if one not in self.lead)


def _holders(wordings: Iterable[int]) -> Mapping[int, _Holders]:
    """Who leads and who assists, by wording; four queries. Leading ones come first, so that none of them is taken for assisting."""
    active = Department.objects.filter(active=True)
    everyone = tuple(active.values_list("pk", flat=True))
    groups = {
        group.pk: everyone if group.everyone else tuple(one.pk for one in group.members.all())
        for group in DepartmentGroup.objects.prefetch_related(Prefetch("members", active))
    }
    found: dict[int, _Holders] = defaultdict(_Holders)
    rows = Responsibility.objects.filter(wording_id__in=list(wordings)).values_list(
        "wording_id", "role", "department_id", "group_id", "order"
    )
    for wording, role, department, group, _ in sorted(rows, key=lambda row: (row[1] != Responsibility.Role.LEAD, row[4])):
        found[wording].add(role, (department,) if department else groups.get(group, ()))
    return found


def _handed_in(programme: Programme, months: Iterable[Month], on: date) -> Mapping[tuple[int, date], datetime]:
    """When each report was handed in for good: the first time that was not taken back again. One query."""
    steps = ReportStep.objects.filter(
        report__measure__programme=programme,
        report__month__in=[month.first for month in months],
        step__in=("submit", "recall"),
        at__lt=end_of(on),
    )
    found: dict[tuple[int, date], datetime] = {}
    for measure, month, step, at in steps.order_by("at", "id").values_list("report__measure_id", "report__month", "step", "at"):
        if step == "submit":
            found.setdefault((measure, month), timezone.localtime(at))
        else:
            found.pop((measure, month), None)
    return found


def _owed(
    measure: int, history: MeasureHistory, months: Mapping[Month, date], year: Frame, handed: Mapping[tuple[int, date], datetime]
) -> Iterator[Owed]:
    """The months in which the measure was known on the due day and not already confirmed as done."""
    for (month, due), judged in zip(months.items(), history.over(list(months.values()), year), strict=True):
        if judged and not _closed_before(month, judged.reports):
            yield Owed(month, due, handed.get((measure, month.first)))


def _closed_before(month: Month, reports: Sequence[ReportFact]) -> bool:
    """Whether the last word before the month was an accepted "done"."""
    spoken = [report for report in reports if report.month < month and report.state not in SILENT]
    return bool(spoken) and spoken[-1].state is ReportState.ACCEPTED and spoken[-1].standing is Standing.DONE
