"""What the closed loop tells: cases dealt with in time, and closed for good."""

from __future__ import annotations

from collections import defaultdict

from gongjian.assessment.outcomes import of_case, of_lasting
from gongjian.assessment.registry import ItemKind, Rows, Term
from gongjian.assessment.scoring import Outcome, Row
from gongjian.cases.queries.dealt import Dealt, dealt_with

IN_TIME, LASTING = "cases-in-time", "cases-lasting"
KINDS = (
    ItemKind(
        IN_TIME, "问题按时办结", "期内结案或期末超时未办结的问题；本部门各环节按时为做到，有超时而结案为部分做到，超时未办结为未做到。"
    ),
    ItemKind(LASTING, "问题不反弹", "期内结案或期内被重开的问题；结案未重开为做到，回头看重开为未做到。"),
)


def of_cases(term: Term) -> Rows:
    """The rows of every case dealt with in the term."""
    found: dict[str, dict[int, list[Row]]] = {IN_TIME: defaultdict(list), LASTING: defaultdict(list)}
    for one in dealt_with(term.first, term.last, term.on):
        if one.reopened_on is None:
            found[IN_TIME][one.department].append(_row(one, *of_case(one.closed_on, late=one.late, due_on=one.due_on)))
        if one.closed_on or one.reopened_on:
            found[LASTING][one.department].append(_row(one, *of_lasting(reopened_on=one.reopened_on, closed_on=one.closed_on)))
    return found


def _row(one: Dealt, outcome: Outcome, told: str) -> Row:
    again = ":reopened" if one.reopened_on else ""
    return Row(f"{one.case}{again}", f"{one.number} {one.title}", told, outcome, f"case:{one.case}")
