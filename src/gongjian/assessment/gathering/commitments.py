"""What the plan tells: every promise kept or broken, every monthly report in time or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gongjian.assessment.outcomes import OF_LIGHT, of_report
from gongjian.assessment.registry import ItemKind, Rows, Term
from gongjian.assessment.scoring import Row
from gongjian.plans.history import Promised
from gongjian.plans.lights import Verdict
from gongjian.plans.models import Programme
from gongjian.plans.models.promise import KIND_TITLES
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.performed import Performed, performed
from gongjian.trail.clock import local_day

REPORTS = "reports"
KINDS = (
    *(
        ItemKind(f"commitment-{kind.value}", str(title), "牵头和协办措施的考核点；蓝绿灯为做到，黄灯为部分做到，红灯为未做到，灰灯不评。")
        for kind, title in KIND_TITLES.items()
    ),
    ItemKind(REPORTS, "月报按时报送", "期内到期、由本部门第一牵头的月报；按时为做到，迟报为部分做到，期末未报为未做到。"),
)
Found = dict[str, dict[int, list[Row]]]


def slug_of(kind: CommitmentKind) -> str:
    """The kind of item that weighs a kind of commitment."""
    return f"commitment-{kind.value}"


def of_plans(term: Term) -> Rows:
    """The rows of every plan of the term's year."""
    found: Found = defaultdict(lambda: defaultdict(list))
    for programme in Programme.objects.filter(year=term.first.year, issued_on__lte=term.on).order_by("pk"):
        for measure in performed(programme, term.first, term.last, term.on):
            _add_promises(found, measure)
            _add_reports(found, measure)
    return found


def _add_promises(found: Found, measure: Performed) -> None:
    for promised, verdict in measure.judged.commitments:
        rows = found[slug_of(promised.promise.kind)]
        _give(rows, measure.lead, _promise(measure, promised, verdict, helps=False))
        _give(rows, measure.support, _promise(measure, promised, verdict, helps=True))


def _promise(measure: Performed, promised: Promised, verdict: Verdict, *, helps: bool) -> Row:
    return Row(
        key=str(promised.root),
        title=f"{measure.key} {measure.title}",
        told=f"{verdict.light.word}：{'；'.join(verdict.reasons)}" if verdict.reasons else verdict.light.word,
        outcome=OF_LIGHT[verdict.light],
        about=f"measure:{measure.measure}",
        helps=helps,
    )


def _add_reports(found: Found, measure: Performed) -> None:
    for owed in measure.owed:
        outcome, told = of_report(owed.due, owed.handed_in, local_day(owed.handed_in) if owed.handed_in else None)
        row = Row(
            key=f"{measure.measure}:{owed.month}",
            title=f"{measure.key} {owed.month.words()}月报",
            told=told,
            outcome=outcome,
            about=f"report:{measure.measure}:{owed.month}",
        )
        _give(found[REPORTS], measure.first, row)


def _give(rows: dict[int, list[Row]], departments: Iterable[int], row: Row) -> None:
    for department in departments:
        rows[department].append(row)
