"""The indicators of ambient air: means by GB 3095 and HJ 663 over the days kept in ``AirDay``, at the first station in use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, partial

from gongjian.air.queries.days import days_at_moments
from gongjian.indicators.formulas import Computed, Load, Rows
from gongjian.indicators.grammar import Better, Indicator, Split
from gongjian.indicators.periods import Period, PeriodKind
from gongjian.standards.air.days import DayValue
from gongjian.standards.air.means import span_mean, three_year_mean, year_mean
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.statistic import Statistic
from gongjian.telemetry.models import Kind, Station
from gongjian.telemetry.queries import stations
from gongjian.trail.office_day import end_of

Days = Sequence[DayValue]
SPANS = frozenset(PeriodKind) - {PeriodKind.THREE_YEARS}
SPLITS = (Split("station", "站点"),)
INDICATIVE = 0.9  # of the days: enough to tell the course by, though the standard asks for more in every month


def load(pollutant: Pollutant, first: date, last: date, as_of: Sequence[date | None], where: Station | None = None) -> list[Days]:
    """The days of a pollutant as known by the end of each of ``as_of``; one query more than it takes to find the station."""
    found = where or next(iter(stations(Kind.AIR)), None)
    if found is None:
        return [[] for _ in as_of]
    return list(days_at_moments(found, pollutant, first, last, [None if day is None else end_of(day) for day in as_of]))


@cache
def loader(pollutant: Pollutant) -> Load:
    """The one loader of a pollutant: indicators that share it are loaded together."""
    return partial(load, pollutant)


def mean(pollutant: Pollutant, days: Days, period: Period) -> Statistic:
    """The mean of a period: of a calendar year by the year's rule, of any other by that of its months."""
    if period.kind is PeriodKind.YEAR:
        return year_mean(days, pollutant, period.last.year)
    return span_mean(days, pollutant, period.first, period.last)


def sliding_mean(pollutant: Pollutant, days: Days, period: Period) -> Statistic:
    """The mean of the three annual means of a period of three years."""
    years = range(period.first.year, period.last.year + 1)
    return three_year_mean({year: year_mean(days, pollutant, year) for year in years}, pollutant, period.last.year)


def evidence(pollutant: Pollutant, first: date, last: date, as_of: date | None) -> Rows:
    """The days behind a figure."""
    (found,) = load(pollutant, first, last, [as_of])
    titles = ("日期", f"{pollutant}日均值（{pollutant.unit}）", "有效小时数", "有效")
    return Rows(titles, [(row.day, row.value, row.present, "是" if row.valid else "否") for row in found])


def daily(days: Days) -> list[tuple[date, float]]:
    """The valid daily values."""
    return [(row.day, row.value) for row in days if row.valid and row.value is not None]


def by_station(pollutant: Pollutant) -> list[tuple[str, Load]]:
    """A loader for each station in use."""
    return [(where.name, partial(load, pollutant, where=where)) for where in stations(Kind.AIR)]


def annual(pollutant: Pollutant) -> Indicator:
    """The annual mean of a pollutant, and that of any other span."""
    formula = Computed(
        partial(mean, pollutant),
        loader(pollutant),
        periods=SPANS,
        evidence=partial(evidence, pollutant),
        daily=daily,
        parts={"station": partial(by_station, pollutant)},
        reads=("air",),
    )
    return _declared(
        pollutant,
        "annual_mean",
        "年均浓度",
        formula,
        PeriodKind.YTD,
        f"环境空气监测站点{pollutant}有效日均值的算术平均，日均值由小时值按GB 3095计算",
    )


def sliding(pollutant: Pollutant) -> Indicator:
    """The three-year sliding mean of a pollutant."""
    formula = Computed(
        partial(sliding_mean, pollutant),
        loader(pollutant),
        periods=frozenset({PeriodKind.THREE_YEARS}),
        evidence=partial(evidence, pollutant),
        parts={"station": partial(by_station, pollutant)},
        reads=("air",),
    )
    return _declared(pollutant, "mean_3y", "三年滑动平均浓度", formula, PeriodKind.THREE_YEARS, f"{pollutant}连续三年年均浓度的算术平均")


def _declared(pollutant: Pollutant, name: str, title: str, formula: Computed, period: PeriodKind, about: str) -> Indicator:
    return Indicator(
        code=f"air.{CODES[pollutant]}.{name}",
        title=f"{pollutant.label}{title}",
        unit=pollutant.unit,
        better=Better.DOWN,
        formula=formula,
        about=about,
        splits=SPLITS,
        period=period,
        indicative=INDICATIVE,
        open_rows=True,
        group="环境空气",
    )


CODES = {Pollutant.PM25: "pm25", Pollutant.PM10: "pm10", Pollutant.SO2: "so2", Pollutant.NO2: "no2"}
INDICATORS = tuple(make(pollutant) for pollutant in CODES for make in (annual, sliding))
