"""Ranking like with like: pure. Equals share a rank, small samples stand aside, and both are said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """Whether a department has a rank, and if not, why."""

    RANKED = "ranked"
    FEW = "few"  # fewer rows than the scheme asks for
    NOTHING = "nothing"  # nothing to judge it by


@dataclass(frozen=True, slots=True)
class Contender:
    """A department among its like: ``total`` as it is shown, out of a hundred."""

    key: int
    group: str
    total: Decimal | None
    sample: int


@dataclass(frozen=True, slots=True)
class Place:
    """``rank`` among its group (None: not ranked), how many share it, out of how many ranked."""

    standing: Standing
    rank: int | None = None
    tied: int = 0
    among: int = 0


def standing(one: Contender, least: int) -> Standing:
    """Whether somebody is ranked when at least ``least`` rows are asked for."""
    if one.total is None:
        return Standing.NOTHING
    return Standing.RANKED if one.sample >= least else Standing.FEW


def ranked(contenders: Iterable[Contender], least: int) -> dict[int, Place]:
    """Everybody's place by key. Standard competition ranking (1, 2, 2, 4) by the totals as shown, within each group."""
    every = list(contenders)
    totals: dict[str, list[Decimal]] = defaultdict(list)
    for one in every:
        if one.total is not None and standing(one, least) is Standing.RANKED:
            totals[one.group].append(one.total)
    return {one.key: _place(one, totals[one.group], least) for one in every}


def _place(one: Contender, totals: list[Decimal], least: int) -> Place:
    how = standing(one, least)
    if how is not Standing.RANKED or one.total is None:
        return Place(how, among=len(totals))
    return Place(how, 1 + sum(total > one.total for total in totals), totals.count(one.total), len(totals))
