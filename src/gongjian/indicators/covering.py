"""What covers the things of a coverage, as conditions and columns of the things' own rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, Subquery

from gongjian.indicators.asof import entered_after, standing
from gongjian.indicators.compiling import compiled
from gongjian.indicators.formulas import Coverage
from gongjian.indicators.periods import Period
from gongjian.indicators.rows import Found, within

FIRST, TIMES = "covered_first", "covered_times"


def covered(formula: Coverage, period: Period, as_of: date | None) -> Q:
    """The things with at least one record within the period."""
    return _named(formula, _covering(formula, period, as_of))


def covered_late(formula: Coverage, period: Period, as_of: date | None) -> Q:
    """The things with a record of the period that was entered after it."""
    return _named(formula, _covering(formula, period, as_of).filter(entered_after(formula.records, period.last)))


def told(formula: Coverage, period: Period, as_of: date | None) -> dict[str, Any]:
    """On which day each thing was first covered, and how often."""
    mine = _covering(formula, period, as_of).filter(**{formula.by: OuterRef(formula.thing)}).values(formula.by)
    first, times = mine.annotate(first=Min(formula.records.dated)), mine.annotate(times=Count("pk"))
    return {FIRST: Subquery(first.values("first")), TIMES: Subquery(times.values("times"))}


def _covering(formula: Coverage, period: Period, as_of: date | None) -> Found:
    return within(formula.records, period.first, period.last).filter(compiled(formula.where) & standing(formula.records, as_of))


def _named(formula: Coverage, found: Found) -> Q:
    return Q(**{f"{formula.thing}__in": found.filter(**{f"{formula.by}__isnull": False}).values(formula.by)})
