"""Readings of any indicator, from records or computed by a standard. Each call asks the database once."""

from __future__ import annotations

from datetime import date

from gongjian.indicators import measuring
from gongjian.indicators.computing import computed, computed_many, computed_parts
from gongjian.indicators.formulas import Computed
from gongjian.indicators.grammar import Indicator, Split
from gongjian.indicators.periods import Period, month
from gongjian.indicators.reading import Reading
from gongjian.indicators.tallies import Tally, reading_of
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal


def value(indicator: Indicator, period: Period, as_of: date | None = None) -> Reading:
    """The reading of a period from what had been entered by the end of ``as_of`` (None: from what is there now)."""
    if isinstance(indicator.formula, Computed):
        return computed(indicator, indicator.formula, period, as_of)
    return reading_of(indicator, measuring.tally(indicator, period, as_of), period, as_of)


def series(indicator: Indicator, first: Month, last: Month, as_of: date | None = None) -> list[Reading]:
    """The reading of every month from ``first`` to ``last``."""
    months = [month(which) for which in first.through(last)]
    if isinstance(indicator.formula, Computed):
        if month(first).kind not in indicator.formula.periods:
            return []
        return computed_many(indicator, indicator.formula, [(each, as_of) for each in months])
    tallies = measuring.by_month(indicator, first, last, as_of)
    return [reading_of(indicator, tallies.get(Month.of(each.first), Tally()), each, as_of) for each in months]


def by_split(indicator: Indicator, period: Period, name: str, as_of: date | None = None) -> list[tuple[str, Reading]]:
    """The reading of each part of a split with the part's name, those that rest on most first. Refusal for a split it does not have."""
    split = require_split(indicator, name)
    if isinstance(indicator.formula, Computed):
        return computed_parts(indicator, indicator.formula, period, name, as_of)
    tallies = measuring.by_key(indicator, period, split, as_of)
    readings = [(key, reading_of(indicator, tally, period, as_of, key)) for key, tally in tallies.items()]
    return sorted(readings, key=lambda pair: (-pair[1].expected, pair[0]))


def whole_and_parts(indicator: Indicator, period: Period, as_of: date | None) -> dict[str, Reading]:
    """The whole and every part of every split, by the part's name."""
    found = {"": value(indicator, period, as_of)}
    for split in indicator.splits:
        found |= {f"{split.name}={key}": reading for key, reading in by_split(indicator, period, split.name, as_of)}
    return found


def require_split(indicator: Indicator, name: str) -> Split:
    """The split called ``name``; Refusal when there is none."""
    if split := indicator.split(name):
        return split
    known = "、".join(f"{split.name}（{split.title}）" for split in indicator.splits)
    hint = f"，可用的分组是{known}" if known else "，它没有分组"
    msg = f"指标“{indicator.title}”不能按“{name[:40]}”分组{hint}。"
    raise Refusal(msg)
