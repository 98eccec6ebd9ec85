"""From rows and weights to points: exact, pure, the same whatever the item. Nothing here knows where rows come from.

A row is one thing a department was to do. What an item's rows say together is a share of its weight; an item without any row that can
be judged is left out, and its weight is spread over the others in proportion, so that every score is out of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

FULL = 100  # points
CENTS = 100  # parts of a point that are told apart


class Outcome(StrEnum):
    """How one row came out; ``word`` says it on screens."""

    word: str

    KEPT = "kept", "做到"
    PARTLY = "partly", "部分做到"
    BROKEN = "broken", "未做到"
    UNJUDGED = "unjudged", "无从评判"

    def __new__(cls, code: str, word: str) -> Outcome:
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

    The weight of items left out is spread over the rest in proportion. The total is rounded once, half up; the points of the items are
    rounded so that they add up to it, and none above its weight.
    """
    corrected = {(one.item, one.row): one for one in corrections}
    weighed = [_weighed(item, rows.get(item.kind, ()), helping, corrected) for item in scheme]
    counting = sum(item.weighing.weight for item in weighed if item.share is not None)
    if not counting:
        return Score(tuple(weighed), None)
    weights = [_weight(item, counting) for item in weighed]
    exact = [weight * (item.share or 0) for weight, item in zip(weights, weighed, strict=True)]
    total = floor(sum(exact) * CENTS + Fraction(1, 2))
    shown = apportioned(weights, FULL * CENTS, [FULL * CENTS] * len(weights))
    points = apportioned(exact, total, shown)
    items = tuple(
        ItemScore(item.weighing, _costs(item, weight, helping), item.share, _cents(out_of), _cents(got), item.corrected)
        for item, weight, out_of, got in zip(weighed, weights, shown, points, strict=True)
    )
    return Score(items, _cents(total))


def apportioned(exact: Sequence[Fraction], total: int, most: Sequence[int]) -> list[int]:
    """Whole hundredths that add up to ``total``, each near its exact value and none above ``most``: by largest remainders."""
    parts = [floor(value * CENTS) for value in exact]
    left = total - sum(parts)
    by_remainder = sorted(range(len(exact)), key=lambda at: (parts[at] - exact[at] * CENTS, at))
    while left:
        before = left
        for place in by_remainder:
            if left and parts[place] < most[place]:
                parts[place] += 1
                left -= 1
        if left == before:
            msg = f"{total} hundredths do not fit into {list(most)}"
            raise ValueError(msg)
    return parts


def _weighed(
    item: Weighing, rows: Sequence[Row], helping: Fraction, corrected: Mapping[tuple[str, str], Correction]
) -> ItemScore:
    told = tuple(_credited(row, item, helping, corrected.get((item.kind, row.key))) for row in rows)
    if whole := corrected.get((item.kind, "")):
        return ItemScore(item, told, whole.share, corrected=True)
    counted = [(helping if one.row.helps else Fraction(1), one.credit) for one in told if one.credit is not None]
    weight = sum((weight for weight, _ in counted), Fraction(0))
    share = sum((weight * credit for weight, credit in counted), Fraction(0)) / weight if weight else None
    return ItemScore(item, told, share, corrected=any(one.corrected for one in told))


def _credited(row: Row, item: Weighing, helping: Fraction, correction: Correction | None) -> RowScore:
    if correction:
        return RowScore(row, correction.share, corrected=True)
    if row.outcome is Outcome.UNJUDGED or (row.helps and not helping):
        return RowScore(row, None)
    return RowScore(row, {Outcome.KEPT: Fraction(1), Outcome.PARTLY: item.partly, Outcome.BROKEN: Fraction(0)}[row.outcome])


def _weight(item: ItemScore, counting: int) -> Fraction:
    return Fraction(item.weighing.weight * FULL, counting) if item.share is not None else Fraction(0)


def _costs(item: ItemScore, weight: Fraction, helping: Fraction) -> tuple[RowScore, ...]:
    """The rows with the points each cost: together what the item lacks of its weight."""
    of = {id(one): helping if one.row.helps else Fraction(1) for one in item.rows}
    whole = sum((of[id(one)] for one in item.rows if one.credit is not None), Fraction(0))
    if not whole:
        return item.rows
    return tuple(
        one if one.credit is None else RowScore(one.row, one.credit, weight * of[id(one)] * (1 - one.credit) / whole, one.corrected)
        for one in item.rows
    )


def _cents(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
