"""Schemes and rows as plain JSON, as they are frozen in an assessment, and back. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from gongjian.assessment.scoring import ItemScore, Outcome, Row, Weighing

Facts = dict[str, list[list[Any]]]  # by kind of item: key, title, told, outcome, about, helps
OTHERS = "其他"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a scheme said when it was applied."""

    title: str
    basis: str
    helping: Fraction
    least_rows: int
    objection_days: int
    praise_from: int
    blame_below: int
    items: tuple[Weighing, ...]
    groups: tuple[tuple[str, frozenset[str]], ...]

    def group_of(self, kind: str) -> str:
        """The group a kind of department is compared in."""
        return next((title for title, kinds in self.groups if kind in kinds), OTHERS)

    @property
    def group_titles(self) -> list[str]:
        """The groups in their order, those of no group last."""
        return [*(title for title, _ in self.groups), OTHERS]


def terms_of(frozen: Mapping[str, Any]) -> Terms:
    """A frozen scheme as it is scored by."""
    return Terms(
        title=frozen["title"],
        basis=frozen["basis"],
        helping=_share(frozen["helping"]),
        least_rows=frozen["least_rows"],
        objection_days=frozen["objection_days"],
        praise_from=frozen["praise_from"],
        blame_below=frozen["blame_below"],
        items=tuple(Weighing(item["kind"], item["title"], item["weight"], _share(item["partly"])) for item in frozen["items"]),
        groups=tuple((group["title"], frozenset(group["kinds"])) for group in frozen["groups"]),
    )


def facts_of(rows: Mapping[str, Sequence[Row]]) -> Facts:
    """Rows as they are stored."""
    return {
        item: [[row.key, row.title, row.told, row.outcome.value, row.about, row.helps] for row in of] for item, of in rows.items() if of
    }


def rows_of(facts: Mapping[str, Iterable[Sequence[Any]]]) -> dict[str, list[Row]]:
    """Stored rows as they are scored."""
    return {
        item: [Row(key, title, told, Outcome(outcome), about, helps) for key, title, told, outcome, about, helps in of]
        for item, of in facts.items()
    }


def items_of(items: Iterable[ItemScore]) -> list[dict[str, Any]]:
    """The items of a score as a ranking shows them; ``share`` is exact, in writing."""
    return [
        {
            "kind": item.weighing.kind,
            "title": item.weighing.title,
            "weight": str(item.weight),
            "points": str(item.points),
            "share": None if item.share is None else str(item.share),
            "judged": item.judged,
            "rows": len(item.rows),
            "corrected": item.corrected,
        }
        for item in items
    ]


def digest_of(facts: Mapping[str, Facts]) -> str:
    """SHA-256 over the facts of all departments, by name."""
    return sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _share(percent: int) -> Fraction:
    return Fraction(percent, 100)
