"""Readings of computed indicators: what their loader fetches, handed to their pure function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongjian.indicators.formulas import Computed
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period
from gongjian.indicators.reading import Reading
from gongjian.kernel.refusal import Refusal
from gongjian.standards.statistic import Statistic

_KIND_WORDS = {"day": "日", "month": "月", "quarter": "季", "year": "年", "ytd": "本年累计", "r12": "滚动十二个月", "3y": "三年"}


def computed(indicator: Indicator, formula: Computed, period: Period, as_of: date | None = None) -> Reading:
    """The reading of a period; Refusal for a kind of period the figure is not defined for."""
    return computed_many(indicator, formula, [(period, as_of)])[0]


def computed_many(indicator: Indicator, formula: Computed, wanted: Sequence[tuple[Period, date | None]]) -> list[Reading]:
    """Several periods, each as of its own day, from one call of the loader."""
    for period, _ in wanted:
        _require_defined(indicator, formula, period)
    held = load_for(formula, wanted)
    return [computed_from(indicator, formula, held[as_of], period, as_of) for period, as_of in wanted]


def load_for(formula: Computed, wanted: Sequence[tuple[Period, date | None]]) -> dict[date | None, Any]:
    """What the loader fetches for all of them, by the day as of which."""
    if not wanted:
        return {}
    spans = [formula.reach(period) for period, _ in wanted]
    days = list(dict.fromkeys(as_of for _, as_of in wanted))
    found = formula.load(min(first for first, _ in spans), max(last for _, last in spans), days)
    return dict(zip(days, found, strict=True))


def computed_from(
    indicator: Indicator, formula: Computed, data: Any, period: Period, as_of: date | None = None, where: str = ""
) -> Reading:
    """The reading of what was fetched; ``where`` names the part of the whole it is of."""
    return _reading(indicator, formula.compute(data, period), period, as_of, where)


def computed_parts(
    indicator: Indicator, formula: Computed, period: Period, split: str, as_of: date | None = None
) -> list[tuple[str, Reading]]:
    """The reading of each part of a split, in the order its room gives them."""
    _require_defined(indicator, formula, period)
    first, last = formula.reach(period)
    parts = formula.parts[split]() if split in formula.parts else ()
    return [(key, computed_from(indicator, formula, load(first, last, [as_of])[0], period, as_of, key)) for key, load in parts]


def _require_defined(indicator: Indicator, formula: Computed, period: Period) -> None:
    if period.kind not in formula.periods:
        words = "、".join(_KIND_WORDS[kind] for kind in _KIND_WORDS if kind in {str(known) for known in formula.periods})
        msg = f"指标“{indicator.title}”没有按{_KIND_WORDS[period.kind]}的定义，可用的是按{words}统计。"
        raise Refusal(msg)


def _reading(indicator: Indicator, figure: Statistic, period: Period, as_of: date | None, where: str) -> Reading:
    return Reading(
        code=indicator.code,
        period=period,
        unit=indicator.unit,
        value=figure.value,
        reasons=tuple(f"{where}：{reason}" if where else reason for reason in figure.reasons),
        expected=figure.expected,
        present=figure.present,
        method=f"{figure.method} v{indicator.method}",
        as_of=as_of,
    )
