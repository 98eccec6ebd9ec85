"""Year percentiles of daily values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from gongjian.standards.air.days import DayValue
from gongjian.standards.air.editions import edition_on
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.air.sufficiency import days_per_month, shortfalls
from gongjian.standards.statistic import Statistic, judged

# HJ 663-2013 table 1: per cent of the year's daily values (O3: daily maximum 8-hour means). All but O3 from memory.
PERCENT: Mapping[Pollutant, int] = MappingProxyType(
    {
        Pollutant.O3: 90,
        Pollutant.PM25: 95,
        Pollutant.PM10: 95,
        Pollutant.CO: 95,
        Pollutant.SO2: 98,
        Pollutant.NO2: 98,
    },
)
_WHOLE = 100


def percentile(values: Sequence[float], percent: int) -> float:
    """The percentile by HJ 663-2013 appendix A (m): of the sorted values the one at k = 1 + (n − 1)·p, linear between neighbours.

    ``percent`` is 0 to 100; ValueError otherwise, and when there are no values.
    """
    if not values or not 0 <= percent <= _WHOLE:
        msg = f"no {percent}th percentile of {len(values)} values"
        raise ValueError(msg)
    ordered = sorted(values)
    below, part = divmod(Fraction((len(ordered) - 1) * percent, _WHOLE), 1)
    low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
    return min(high, low + (high - low) * float(part))


def year_percentile(days: Iterable[DayValue], pollutant: Pollutant, year: int) -> Statistic:
    """The year's percentile for a pollutant (``PERCENT``) over its valid daily values, HJ 663-2013 table 1 and appendix A (m).

    Valid under the rule of the year mean: 324 days, 27 in every month, 25 in February (GB 3095-2012 table 4; HJ 663-2013 clause 6).
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    inside = [(row.day, row.value) for row in days if row.valid and row.value is not None and row.day.year == year]
    value = percentile([value for _, value in inside], PERCENT[pollutant]) if inside else None
    short = shortfalls(days_per_month(day for day, _ in inside), first, last)
    method = f"{edition_on(last).assessment} 第{PERCENT[pollutant]}百分位数；{edition_on(last).validity()}"
    return judged(value, pollutant.unit, short, ((last - first).days + 1, len(inside)), method)
