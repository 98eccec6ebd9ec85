"""Duties that an indicator measures: each month, quarter or year one turn, done when the turn's reading keeps the goal."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import PeriodKind, period_of
from gongjian.indicators.standing import Wish
from gongjian.plans.facts import DutyFact, Reading
from gongjian.plans.planfile.model import Commitment

TURNS: Mapping[str, tuple[PeriodKind, int]] = {
    "month": (PeriodKind.MONTH, 12),
    "quarter": (PeriodKind.QUARTER, 4),
    "year": (PeriodKind.YEAR, 1),
}
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt}


def wishes(promise: Commitment, indicator: Indicator) -> tuple[Wish, ...]:
    """The running turn and every one of the year before it; nothing where the indicator does not tell turns apart."""
    kind, number = TURNS.get(promise.every, (None, 0))
    if indicator.period is not kind or promise.value is None or promise.op not in _HOLDS:
        return ()
    return tuple(Wish(indicator, back=back) for back in range(number))


def fact(promise: Commitment, readings: Sequence[Reading], asked: Sequence[Wish], day: date) -> DutyFact | None:
    """The turns of the year of ``day``, each with what is known of it by the end of ``day``, later entries included.

    A turn without any reading is not done. The running one's figure is not held against the goal before the turn is over: a quarter
    that has just begun is no quarter missed.
    """
    goal = promise.value
    if goal is None:
        return None
    turns = [(wish.periods(day)[0], reading) for wish, reading in zip(asked, readings, strict=True)]
    mine = [(period, reading) for period, reading in turns if period.last.year == day.year]
    held = [reading.value is not None and reading.valid and _HOLDS[promise.op](reading.value, goal) for _, reading in mine]
    overdue = sum(not done for (period, _), done in zip(mine, held, strict=True) if period.closed_on(day))
    kind, number = TURNS[promise.every]
    return DutyFact(len(mine), sum(held), overdue, period_of(kind, day).last, number)
