"""A score opened: its items, and each item's rows, what costs most first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongjian.assessment.freezing import rows_of, terms_of
from gongjian.assessment.models import Assessment, Objection, Score
from gongjian.assessment.queries.grading import corrections_of
from gongjian.assessment.scoring import ItemScore, Outcome, RowScore, score

FEW = 12
ORDER = {Outcome.BROKEN: 0, Outcome.PARTLY: 1, Outcome.KEPT: 2, Outcome.UNJUDGED: 3}


@dataclass(frozen=True, slots=True)
class Opened:
    """One item with its rows as a page lists them, and the objections to it by row ("" for the item itself)."""

    item: ItemScore
    rows: tuple[RowScore, ...]
    objections: Mapping[str, Sequence[Objection]]

    @property
    def told(self) -> dict[Outcome, int]:
        """How many rows came out how, before any correction."""
        return {outcome: sum(one.row.outcome is outcome for one in self.rows) for outcome in Outcome}

    @property
    def few(self) -> tuple[RowScore, ...]:
        """The rows a page shows first: those that counted, what cost most on top."""
        return self.counted[:FEW]

    @property
    def counted(self) -> tuple[RowScore, ...]:
        """The rows that counted, or were taken out of account by a correction."""
        return tuple(one for one in self.rows if one.credit is not None or one.corrected)

    @property
    def whole(self) -> Sequence[Objection]:
        """Objections to the item as a whole."""
        return self.objections.get("", ())


def opened(found: Score, assessment: Assessment, objections: Sequence[Objection]) -> list[Opened]:
    """Every item of a kept score. Worked out from the frozen facts as when it was kept; no query."""
    corrections = corrections_of(objections).get(found.department_id, ())
    terms = terms_of(assessment.scheme)
    return open_items(score(terms.items, rows_of(found.facts), terms.helping, corrections).items, objections)


def open_items(items: Sequence[ItemScore], objections: Sequence[Objection] = ()) -> list[Opened]:
    """Items as a page opens them."""
    return [Opened(item, _ordered(item), _by_row(objections, item.weighing.kind)) for item in items]


def _ordered(item: ItemScore) -> tuple[RowScore, ...]:
    return tuple(sorted(item.rows, key=lambda one: (-one.cost, ORDER[one.row.outcome], one.row.helps, one.row.title)))


def _by_row(objections: Sequence[Objection], kind: str) -> dict[str, list[Objection]]:
    found: dict[str, list[Objection]] = {}
    for one in objections:
        if one.item == kind:
            found.setdefault(one.row, []).append(one)
    return found
