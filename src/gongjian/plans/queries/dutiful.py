"""Duties people fulfil, as the facts that duty commitments are judged by: turns done and missed, as known by the end of each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongjian.inspections.queries.duties import DutyStanding, standings
from gongjian.plans import facts
from gongjian.plans.history import Promised
from gongjian.plans.queries.measured import measured


def dutiful(promised: Sequence[Promised], days: Sequence[date]) -> Mapping[int, Mapping[date, facts.Fact]]:
    """What is known of every duty on every day.

    A duty that an indicator measures is judged by its figure; of the others, and where nobody computes the figure, the tasks speak of the
    duty that was entered under the commitment's own words and period. What nobody entered stays unknown.
    """
    by_figure = measured(promised, days)
    others = [one for one in promised if one.row not in by_figure]
    found = standings({(one.promise.what, one.promise.every) for one in others}, days) if others else {}
    by_tasks = {
        one.row: _facts(found[one.promise.what, one.promise.every]) for one in others if (one.promise.what, one.promise.every) in found
    }
    return {**by_figure, **by_tasks}


def _facts(known: Mapping[date, DutyStanding]) -> dict[date, facts.Fact]:
    return {
        day: facts.DutyFact(standing.expected, standing.done, standing.missed, standing.next_due, standing.total)
        for day, standing in known.items()
    }
