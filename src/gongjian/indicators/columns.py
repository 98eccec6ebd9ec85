"""What a query asks the database for, and the tally its answer is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q
from django.db.models import Sum as SumOf
from django.db.models.expressions import Combinable

from gongjian.indicators.compiling import compiled
from gongjian.indicators.conditions import All, Condition, Known, compared_fields
from gongjian.indicators.formulas import Count, Coverage, Distinct, FromRecords, Latest, Mean, Ratio, RatioOf, Records, Share, Sum
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.sources import measures_of, nullable
from gongjian.indicators.tallies import Tally

ROWS, CONSIDERED, USABLE, TOP, BOTTOM = "tally_rows", "tally_considered", "tally_usable", "tally_top", "tally_bottom"
KEYS = "tally_keys"


@dataclass(frozen=True, slots=True)
class Asked:
    """How an indicator is put to the database.

    ``where`` narrows the rows at all; ``considered``, ``usable`` and ``part`` are conditions within those, each implying the one before
    (None: the same rows as the one before). ``measured`` are the fields summed or counted.
    """

    where: Q
    considered: Q | None
    usable: Q | None
    part: Q | None
    measured: tuple[str, ...]

    def rows(self, which: str) -> Q:
        """The rows that are ``considered``, ``usable`` or ``part``."""
        steps = {
            "considered": [self.considered],
            "usable": [self.usable, self.considered],
            "part": [self.part, self.usable, self.considered],
        }
        narrowest = next((step for step in steps[which] if step is not None), None)
        return self.where & narrowest if narrowest is not None else self.where


def asked(indicator: Indicator) -> Asked:
    """The question an indicator from records puts; TypeError for a computed one."""
    if indicator.records is None or not isinstance(indicator.formula, FromRecords):
        msg = f"{indicator.code} is not computed from records"
        raise TypeError(msg)
    return _asked(indicator.formula, indicator.records)


@cache
def _asked(formula: FromRecords, records: Records) -> Asked:
    measured = measures_of(formula)
    match formula:
        case Ratio(passed=part, among=among) | Share(part=part, among=among):
            usable = _answered(records, part, among, measured)
            return Asked(compiled(among), None, usable, compiled(All((among, part))) & (usable or Q()), measured)
        case Mean(where=where) | Latest(where=where) | RatioOf(where=where) | Coverage(among=where):
            return Asked(compiled(where), None, _answered(records, All(), where, measured), None, measured)
    considered = compiled(formula.where) or None
    usable = _answered(records, All(), formula.where, measured)
    return Asked(Q(), considered, usable, None, measured)


def _answered(records: Records, asked_for: Condition, among: Condition, measured: tuple[str, ...]) -> Q | None:
    """The rows on which everything asked for is known; None when that is all of them."""
    needed = {path for path in (*compared_fields(asked_for), *measured) if nullable(records, path)}
    return compiled(All((among, *(Known(path) for path in sorted(needed))))) if needed else None


def columns(indicator: Indicator, *, narrowed: bool = True) -> dict[str, Combinable]:
    """The aggregates whose row ``tally`` reads; only those that are not another one again.

    ``narrowed``: of rows that are held to the question's ``where`` already, so that they need not be again.
    """
    question, formula = asked(indicator), indicator.formula
    every = None if narrowed else (question.where or None)
    found: dict[str, Combinable] = {ROWS: CountOf("*") if every is None else CountOf("pk", filter=every)}
    if question.considered is not None:
        found[CONSIDERED] = CountOf("pk", filter=question.considered)
    if question.usable is not None:
        found[USABLE] = CountOf("pk", filter=question.usable)
    usable = _first(question.usable, question.considered, every)
    part = question.part if question.part is not None else usable
    match formula:
        case Ratio():
            found[TOP] = CountOf("pk", filter=part)
        case Share():
            found[TOP] = SumOf(formula.of, filter=part)
            found[BOTTOM] = SumOf(formula.of, filter=usable)
        case RatioOf(sum_of=top, over=bottom):
            found[TOP] = SumOf(top, filter=part)
            found[BOTTOM] = SumOf(bottom, filter=part)
        case Sum(of=measured) | Mean(of=measured):
            found[TOP] = SumOf(measured, filter=part)
        case Distinct(of=measured):
            found[TOP] = CountOf(measured, distinct=True, filter=part)
    return found


def tally(indicator: Indicator, row: Mapping[str, Any]) -> Tally:
    """What one row of those aggregates says; ``KEYS`` are the different values themselves, as JSON, in place of their number."""
    rows = int(row.get(ROWS) or 0)
    considered = int(row.get(CONSIDERED, rows) or 0)
    usable = int(row.get(USABLE, considered) or 0)
    bottom = float(row[BOTTOM] or 0) if BOTTOM in row else float(usable)
    top = float(usable) if isinstance(indicator.formula, Count) else float(row.get(TOP) or 0)
    return Tally(rows, considered, usable, top, bottom, frozenset(json.loads(row.get(KEYS) or "[]")))


def _first(*conditions: Q | None) -> Q | None:
    return next((condition for condition in conditions if condition is not None), None)
