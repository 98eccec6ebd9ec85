"""A year at a glance: the index of every day, how many attained, what exceeded, and the months with their validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongjian.air.queries.days import Days, days, highest_hours
from gongjian.kernel.months import Month
from gongjian.standards.air.attainment import Tally, Verdict, daily_indices, tally, verdict
from gongjian.standards.air.days import DayValue
from gongjian.standards.air.index import AirIndex
from gongjian.standards.air.means import span_mean
from gongjian.standards.air.percentiles import PERCENT, year_percentile
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.air.sufficiency import days_per_month, shortfalls
from gongjian.standards.statistic import Statistic, judged
from gongjian.telemetry.models import Station


@dataclass(frozen=True, slots=True)
class YearGlance:
    """The days of a year up to ``through``, and the same days a year earlier."""

    year: int
    through: date
    indices: Mapping[date, AirIndex]
    tally: Tally
    before: Tally | None  # None: nothing is known of the year before

    @property
    def exceeded(self) -> list[tuple[date, AirIndex]]:
        """The days that exceeded, in order."""
        return [(day, index) for day, index in self.indices.items() if verdict(index) is Verdict.EXCEEDED]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month: the mean of each pollutant with its validity, and its days."""

    month: Month
    means: Mapping[Pollutant, Statistic]
    tally: Tally


def glance(where: Station, year: int, through: date, *, as_of: datetime | None) -> YearGlance:
    """The year's daily indices up to ``through``, beside the same span of the year before."""
    indices = _indices(where, date(year, 1, 1), through, as_of)
    earlier = _indices(where, date(year - 1, 1, 1), year_before(through), as_of)
    return YearGlance(year, through, indices, tally(indices.values()), tally(earlier.values()) if earlier else None)


def months(where: Station, year: int, through: date, *, as_of: datetime | None) -> list[MonthRow]:
    """The months of a year up to the one of ``through``; the last may still run. O3 means its daily maximum 8-hour means."""
    found = days(where, date(year, 1, 1), through, as_of=as_of)
    indices = daily_indices(found, highest_hours(where, Pollutant.O3, date(year, 1, 1), through, as_of=as_of))
    return [
        MonthRow(
            month,
            {p: span_mean(found[p], p, month.first, min(month.last, through)) for p in Pollutant},
            tally(index for day, index in indices.items() if day in month),
        )
        for month in Month(year, 1).through(Month.of(through))
    ]


def year_figures(where: Station, year: int, through: date, *, as_of: datetime | None) -> dict[Pollutant, tuple[str, Statistic]]:
    """What the year is judged by, by pollutant, with its Chinese name: means, for O3 and CO the percentile."""
    found = days(where, date(year, 1, 1), through, as_of=as_of)
    return {pollutant: _year_figure(found, pollutant, year, through) for pollutant in Pollutant}


def year_before(day: date) -> date:
    """The same day a year earlier; 29 February gives 28."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _indices(where: Station, first: date, last: date, as_of: datetime | None) -> dict[date, AirIndex]:
    return daily_indices(days(where, first, last, as_of=as_of), highest_hours(where, Pollutant.O3, first, last, as_of=as_of))


def _year_figure(found: Days, pollutant: Pollutant, year: int, through: date) -> tuple[str, Statistic]:
    if pollutant in (Pollutant.O3, Pollutant.CO):
        kind = "日最大8小时平均" if pollutant is Pollutant.O3 else "日均值"
        return f"{kind}第{PERCENT[pollutant]}百分位数", _span_percentile(found[pollutant], pollutant, year, through)
    return "平均浓度", span_mean(found[pollutant], pollutant, date(year, 1, 1), through)


def _span_percentile(rows: list[DayValue], pollutant: Pollutant, year: int, through: date) -> Statistic:
    """The year's percentile; while the year still runs, that of its days so far, which owe only what they could bring."""
    whole = year_percentile(rows, pollutant, year)
    if through == date(year, 12, 31) or not whole.present:
        return whole
    short = shortfalls(days_per_month(row.day for row in rows if row.valid), date(year, 1, 1), through)
    return judged(whole.value, whole.unit, short, ((through - date(year, 1, 1)).days + 1, whole.present), whole.method)
