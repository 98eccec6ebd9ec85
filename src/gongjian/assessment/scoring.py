"""From rows and weights to points: exact, pure, the same whatever the item. Nothing here knows where rows come from.

A row is one thing a department was to do. What an item's rows say together is a share of its weight; an item without any row that can
be judged is left out, and its weight is spread over the others in proportion, so that every score is out of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Self

FULL = 100  # points
CENTS = 100  # parts of a point that are told apart


class Outcome(StrEnum):
    """How one row came out; ``word`` says it on screens."""

    word: str

    KEPT = "kept", "做到"
    PARTLY = "partly", "部分做到"
    BROKEN = "broken", "未做到"
    UNJUDGED = "unjudged", "无从评判"

    def __new__(cls, code: str, word: str = "") -> Self:
        """A member is its code, with its word beside."""
        member = str.__new__(cls, code)
        member._value_, member.word = code, word
        return member


@dataclass(frozen=True, slots=True)
class Row:
    """One thing a department is judged by. ``key`` names it within its item and department.

    ``told`` says in one sentence why it came out so; ``about`` names the thing behind it (``measure:17``), so that a page can open it.
    ``helps`` marks what the department only assists with.
    """

    key: str
    title: str
    told: str
    outcome: Outcome
    about: str
    helps: bool = False


@dataclass(frozen=True, slots=True)
class Weighing:
    """One item of a scheme: its kind, what it is called, its weight, and what share of a row ``PARTLY`` counts for."""

    kind: str
    title: str
    weight: int
    partly: Fraction = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Correction:
    """What an accepted objection changes: one row, or (``row`` empty) the whole item. ``share`` None takes it out of account."""

    item: str
    row: str
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class RowScore:
    """A row with what it counted for: ``credit`` (None: not counted) and the points it ``cost``, exactly."""

    row: Row
    credit: Fraction | None
    cost: Fraction = Fraction(0)
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item of one department: ``points`` out of ``weight``, both in hundredths that add up; ``share`` None where it was left out."""

    weighing: Weighing
    rows: tuple[RowScore, ...]
    share: Fraction | None
    weight: Decimal = Decimal(0)
    points: Decimal = Decimal(0)
    corrected: bool = False
    overruled: bool = False  # its share is what a correction of the whole item says, not what its rows say

    @property
    def judged(self) -> int:
        """How many rows counted: the size of the sample."""
        return sum(row.credit is not None for row in self.rows) if self.share is not None else 0


@dataclass(frozen=True, slots=True)
class Score:
    """What a department has in all: the sum of its items' points; None where there was nothing to judge it by."""

    items: tuple[ItemScore, ...]
    total: Decimal | None

    @property
    def sample(self) -> int:
        """How many rows it was judged by."""
        return sum(item.judged for item in self.items)


def score(
    scheme: Sequence[Weighing], rows: Mapping[str, Sequence[Row]], helping: Fraction, corrections: Iterable[Correction] = ()
) -> Score:
    """The score of one department. ``helping`` is what an assisted row counts beside a led one (0: not at all).

    The weight of items left out is spread over the rest in proportion, in hundredths that add up to a hundred points; an item's points
    are its weight as shown times its share, and the total is their sum.
    """
    corrected = {(one.item, one.row): one for one in corrections}
    weighed = [_weighed(item, rows.get(item.kind, ()), helping, corrected) for item in scheme]
    counting = sum(item.weighing.weight for item in weighed if item.share is not None)
    if not counting:
        return Score(tuple(weighed), None)
    exact = [Fraction(item.weighing.weight * FULL, counting) if item.share is not None else Fraction(0) for item in weighed]
    weights = [_cents(part) for part in apportioned(exact, FULL * CENTS)]
    items = tuple(_pointed(item, weight, helping) for item, weight in zip(weighed, weights, strict=True))
    return Score(items, sum((item.points for item in items), Decimal(0)))


def apportioned(exact: Sequence[Fraction], total: int) -> list[int]:
    """Whole hundredths that add up to ``total``, each less than one from its exact value: by largest remainders, the first of equals."""
    parts = [floor(value * CENTS) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (parts[at] - exact[at] * CENTS, at))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def _weighed(item: Weighing, rows: Sequence[Row], helping: Fraction, corrected: Mapping[tuple[str, str], Correction]) -> ItemScore:
    told = tuple(_credited(row, item, helping, corrected.get((item.kind, row.key))) for row in rows)
    if whole := corrected.get((item.kind, "")):
        return ItemScore(item, told, whole.share, corrected=True, overruled=True)
    counted = [(_weight(one, helping), one.credit) for one in told if one.credit is not None]
    weight = sum((weight for weight, _ in counted), Fraction(0))
    share = sum((weight * credit for weight, credit in counted), Fraction(0)) / weight if weight else None
    return ItemScore(item, told, share, corrected=any(one.corrected for one in told))


def _credited(row: Row, item: Weighing, helping: Fraction, correction: Correction | None) -> RowScore:
    """What the row counts for; what only assists counts for nothing where assisting does not count, whatever a correction says."""
    if row.helps and not helping:
        return RowScore(row, None, corrected=correction is not None)
    if correction:
        return RowScore(row, correction.share, corrected=True)
    counts = {Outcome.KEPT: Fraction(1), Outcome.PARTLY: item.partly, Outcome.BROKEN: Fraction(0), Outcome.UNJUDGED: None}
    return RowScore(row, counts[row.outcome])


def _pointed(item: ItemScore, weight: Decimal, helping: Fraction) -> ItemScore:
    """The item with its points: the weight as shown times the share, rounded half up, so that anybody can multiply it out again."""
    points = _cents(floor(Fraction(weight) * (item.share or 0) * CENTS + Fraction(1, 2)))
    rows = item.rows if item.overruled else _costs(item.rows, Fraction(weight), helping)
    return replace(item, rows=rows, weight=weight, points=points)


def _costs(rows: tuple[RowScore, ...], weight: Fraction, helping: Fraction) -> tuple[RowScore, ...]:
    """The rows with the points each cost: together what the item lacks of its weight."""
    whole = sum((_weight(one, helping) for one in rows if one.credit is not None), Fraction(0))
    return tuple(
        one if one.credit is None else replace(one, cost=weight * _weight(one, helping) * (1 - one.credit) / whole) for one in rows
    )


def _weight(one: RowScore, helping: Fraction) -> Fraction:
    return helping if one.row.helps else Fraction(1)


def _cents(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
