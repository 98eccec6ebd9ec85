"""Cases as the facts that loops are judged by: open, overdue, closed in the plan's year, as known by the end of each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongjian.cases.queries.standing import standings
from gongjian.cases.registry import kind_called
from gongjian.plans import facts
from gongjian.plans.history import Promised


def looped(promised: Sequence[Promised], days: Sequence[date]) -> Mapping[int, Mapping[date, facts.Fact]]:
    """What is known of every loop whose kind of case somebody declared, on every day; three queries, none where there is no such kind."""
    kinds = {one.row: kind.slug for one in promised if (kind := kind_called(one.promise.cases))}
    if not kinds:
        return {}
    found = standings(set(kinds.values()), days, since=date(max(days).year, 1, 1))
    return {
        row: {day: facts.LoopFact(standing.open, standing.overdue, standing.closed) for day, standing in found[slug].items()}
        for row, slug in kinds.items()
    }
