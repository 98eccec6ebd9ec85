"""The ranking as a page shows it: groups, in them departments with their items and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongjian.assessment.freezing import items_of
from gongjian.assessment.models import Assessment, Score
from gongjian.assessment.queries.grading import Graded
from gongjian.assessment.queries.seeing import Sight
from gongjian.assessment.ranking import Standing


@dataclass(frozen=True, slots=True)
class Line:
    """One department. ``place`` says its rank in words, ``""`` where the reader may not know it."""

    department: int
    name: str
    group: str
    total: Decimal | None
    sample: int
    place: str
    ranked: bool
    items: Sequence[dict[str, Any]]

    def of(self, kind: str) -> dict[str, Any] | None:
        """One item's points; None where it was left out."""
        return next((item for item in self.items if item["kind"] == kind and item["share"] is not None), None)


@dataclass(frozen=True, slots=True)
class Group:
    """Departments that are compared with one another."""

    title: str
    lines: tuple[Line, ...]

    @property
    def among(self) -> int:
        """How many of those shown are ranked."""
        return sum(line.ranked for line in self.lines)


def kept_ranking(assessment: Assessment, sight: Sight) -> list[Group]:
    """The groups of a kept assessment; one query."""
    scores = assessment.scores.select_related("department").defer("facts").order_by("rank", "department__order", "department_id")
    lines = [_kept(one, sight) for one in sight.only(scores)]
    return _grouped(lines, [group["title"] for group in assessment.scheme["groups"]])


def live_ranking(found: Iterable[Graded], sight: Sight) -> list[Group]:
    """The groups of scores nobody has kept; no query."""
    lines = [_live(one, sight) for one in found if sight.covers(one.department.pk)]
    return _grouped(lines, list(dict.fromkeys(line.group for line in lines)))


def place_words(standing: str, rank: int | None, tied: int, *, whole: bool = True) -> str:
    """A place in words, ties and reasons for not being ranked said."""
    if standing == Standing.NOTHING:
        return "无可评事项"
    if standing == Standing.FEW:
        return "样本少，不排名"
    if not whole:
        return ""
    return f"{rank}（{tied}家并列）" if tied > 1 else str(rank)


def _kept(one: Score, sight: Sight) -> Line:
    place = place_words(one.standing, one.rank, one.tied, whole=sight.whole)
    ranked = one.standing == Standing.RANKED
    return Line(one.department_id, one.department.name, one.group, one.total, one.sample, place, ranked, one.items)


def _live(one: Graded, sight: Sight) -> Line:
    place = place_words(one.place.standing, one.place.rank, one.place.tied, whole=sight.whole)
    ranked, items = one.place.standing is Standing.RANKED, items_of(one.score.items)
    return Line(one.department.pk, one.department.name, one.group, one.score.total, one.score.sample, place, ranked, items)


def _grouped(lines: Sequence[Line], titles: Sequence[str]) -> list[Group]:
    """Ranked ones first, as they come; groups in the scheme's order, those of no group last."""
    order = [*titles, *(line.group for line in lines)]
    found = [Group(title, tuple(line for line in lines if line.group == title)) for title in dict.fromkeys(order)]
    return [Group(one.title, tuple(sorted(one.lines, key=lambda line: not line.ranked))) for one in found if one.lines]
