"""Means over months, quarters, years and any run of days: always means of daily means, never of hours (HJ 663-2013 clause 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import fsum

from gongjian.kernel.months import Month
from gongjian.standards.air.days import DayValue
from gongjian.standards.air.editions import edition_on
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.air.sufficiency import days_per_month, shortfalls
from gongjian.standards.statistic import Statistic, judged

_BY_PERCENTILE = frozenset({Pollutant.O3, Pollutant.CO})


def span_mean(days: Iterable[DayValue], pollutant: Pollutant, first: date, last: date) -> Statistic:
    """Arithmetic mean of the valid daily means from ``first`` to ``last``: month to date, rolling 12 months, half a year.

    Validity by ``sufficiency.shortfalls`` (GB 3095-2012 table 4); days outside are passed over. ``expected`` and ``present`` count
    days. O3 means its daily maximum 8-hour means. ValueError when ``last`` comes before ``first``.
    """
    if last < first:
        msg = f"no days from {first} to {last}"
        raise ValueError(msg)
    inside = [(row.day, row.value) for row in days if row.valid and row.value is not None and first <= row.day <= last]
    value = fsum(value for _, value in inside) / len(inside) if inside else None
    short = shortfalls(days_per_month(day for day, _ in inside), first, last)
    reasons = short or (() if inside else (f"{first}至{last}没有有效日",))
    return judged(value, pollutant.unit, reasons, ((last - first).days + 1, len(inside)), edition_on(last).validity())


def month_mean(days: Iterable[DayValue], pollutant: Pollutant, month: Month) -> Statistic:
    """Month mean of daily means; valid with 27 days, 25 in February (GB 3095-2012 table 4, asked there of a year's months, m)."""
    return span_mean(days, pollutant, month.first, month.last)


def quarter_mean(days: Iterable[DayValue], pollutant: Pollutant, year: int, quarter: int) -> Statistic:
    """Quarter mean of daily means, ``quarter`` 1 to 4; valid when each of its months is (m)."""
    if quarter not in (1, 2, 3, 4):
        msg = f"quarters are numbered 1 to 4, not {quarter}"
        raise ValueError(msg)
    begin = Month(year, 3 * quarter - 2)
    return span_mean(days, pollutant, begin.first, begin.shifted(2).last)


def year_mean(days: Iterable[DayValue], pollutant: Pollutant, year: int) -> Statistic:
    """Year mean of daily means: GB 3095-2012 table 4, at least 324 valid days and 27 in every month (25 in February).

    SO2, NO2, PM10 and PM2.5 only: for O3 and CO the value is given, but not as valid, for their year is judged by a percentile.
    """
    mean = span_mean(days, pollutant, date(year, 1, 1), date(year, 12, 31))
    if pollutant not in _BY_PERCENTILE:
        return mean
    words = f"{pollutant}没有年平均的评价，应看年百分位数"
    return judged(mean.value, mean.unit, (words, *mean.reasons), (mean.expected, mean.present), mean.method)


def year_means(days: Iterable[DayValue], pollutant: Pollutant) -> dict[int, Statistic]:
    """The year mean of every year that ``days`` touch, years in order, in one pass over the days."""
    years: dict[int, list[DayValue]] = {}
    for row in days:
        years.setdefault(row.day.year, []).append(row)
    return {year: year_mean(years[year], pollutant, year) for year in sorted(years)}


def three_year_mean(annual: Mapping[int, Statistic], pollutant: Pollutant, year: int) -> Statistic:
    """Three-year sliding mean ending with ``year``: the mean of three annual means (HJ 663-2026, clause not cited).

    Valid when each of the three is; no value when one of them has none. ``expected`` and ``present`` count years.
    """
    years = range(year - 2, year + 1)
    known = {past: figure for past in years if (figure := annual.get(past)) and figure.value is not None}
    values = [figure.value for figure in known.values() if figure.value is not None]
    gone = tuple(f"{past}年没有年均值" for past in years if past not in known)
    weak = tuple(f"{past}年年均值无效：{'；'.join(figure.reasons)}" for past, figure in known.items() if not figure.valid)
    value = fsum(values) / len(values) if not gone else None
    return judged(value, pollutant.unit, gone + weak, (len(years), len(values)), "HJ 663-2026 三年滑动平均")
