"""Pace, forecast and headroom of a figure on its way to a target. Pure: randomness comes as a seed, days are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from random import Random

from gongjian.indicators.formulas import Ratio
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.reading import Reading
from gongjian.kernel.chance import Forecast, Interval, PastYear, forecast_mean, wilson
from gongjian.kernel.pace import Headroom, Pace, failures_affordable, headroom, pace, passes_needed

SEED = 2020
DRAWS = 2000
GROWING = (">=", ">")
PERCENT = 100.0
Daily = Sequence[tuple[date, float]]  # valid daily values


@dataclass(frozen=True, slots=True)
class Target:
    """A number a plan holds an indicator against: ``op`` is >=, >, <= or <; ``whose`` names the promise, ``url`` leads to it.

    ``against_past``: the plan only says up or down, so the number is last year's, to be filled in from the rows.
    """

    op: str
    value: float
    unit: str = ""
    whose: str = ""
    url: str = ""
    by: str = ""
    against_past: bool = False


@dataclass(frozen=True, slots=True)
class CountOutlook:
    """A count on its way: pace needed and the year-end value at the pace so far."""

    pace: Pace
    growing: bool

    def words(self, unit: str) -> tuple[str, ...]:
        """In Chinese."""
        found, lines = self.pace, []
        lines.append(f"按时间进度应为{_n(found.expected)}{unit}，实际{_n(found.done)}{unit}")
        if found.projected is not None:
            lines.append(f"按目前速度，年底预计{_n(found.projected)}{unit}")
        if self.growing and found.per_day is not None:
            lines.append("目标已实现" if found.per_day == 0 else f"此后每天需完成{_n(found.per_day)}{unit}，才能按期实现目标")
        if self.growing and found.per_day is None:
            lines.append("已到期，目标没有实现")
        if not self.growing:
            left = found.target - found.done
            lines.append(f"年内还可发生{_n(left)}{unit}" if left >= 0 else f"已超出上限{_n(-left)}{unit}")
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class RatioOutlook:
    """A ratio: how sure it is, and how many failures it still affords (negative: already lost by so many) or passes it needs."""

    interval: Interval
    affordable: int | None
    needed: int | None
    scale: float

    def words(self, unit: str) -> tuple[str, ...]:
        """In Chinese."""
        low, high = (self.scale * edge for edge in self.interval)
        lines = [f"按记录数推算，真实水平有95%的把握在{_n(low)}至{_n(high)}{unit}之间（威尔逊区间）"]
        if self.affordable is not None and self.affordable >= 0:
            lines.append(f"此刻还能承受{self.affordable}条不合格而不跌破目标")
        elif self.needed is not None:
            lines.append(f"须再连续合格{self.needed}条才能回到目标")
        elif self.affordable is not None:
            lines.append("已有不合格，目标无法再达到")
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class CensusOutlook:
    """A share of things all of which are known: how many there are, how many comply, how many more must (0: the target is kept)."""

    among: int
    complying: int
    needed: int

    def words(self, _unit: str) -> tuple[str, ...]:
        """In Chinese."""
        told = f"共{self.among}个，已达到要求{self.complying}个"
        return (f"{told}，目标已实现" if self.needed == 0 else f"{told}，再有{self.needed}个达到要求即实现目标",)


@dataclass(frozen=True, slots=True)
class MeanOutlook:
    """A mean under a ceiling: what the rest must average at most, and the chance of keeping it with the band of year-end means."""

    headroom: Headroom
    chance: float | None
    band: tuple[float, float, float] | None  # the 10th, 50th and 90th of 100 simulated years
    years: int

    def words(self, unit: str) -> tuple[str, ...]:
        """In Chinese."""
        lines = []
        if self.headroom.rest_at_most is not None:
            reachable = (
                f"其余各日平均不得高于{_n(self.headroom.rest_at_most)}{unit}"
                if self.headroom.reachable
                else "即使其余各日全部为零也无法实现目标"
            )
            lines.append(reachable)
        if self.chance is not None and self.band is not None:
            low, middle, high = self.band
            lines.append(f"参照往年同期（{self.years}年），年均值预计{_n(middle)}{unit}，八成可能在{_n(low)}至{_n(high)}之间")
            lines.append(f"实现目标的可能性{_chance(self.chance)}")
        else:
            lines.append("没有往年同期数据，不作预测")
        return tuple(lines)


Outlook = CountOutlook | RatioOutlook | CensusOutlook | MeanOutlook


def count_outlook(reading: Reading, target: Target, on: date) -> CountOutlook | None:
    """Of a count from the first of January to ``on``; None without a value."""
    if reading.value is None:
        return None
    start, end = date(on.year, 1, 1), date(on.year, 12, 31)
    return CountOutlook(pace(reading.value, target.value, (on - start).days + 1, (end - start).days + 1), target.op in GROWING)


def ratio_outlook(reading: Reading, target: Target, scale: float) -> RatioOutlook | None:
    """Of a ratio of records; None without records, and for targets that are no floor (there is no failure to afford)."""
    if not reading.denominator or reading.numerator is None or target.op not in GROWING:
        return None
    passed, tried = round(reading.numerator), round(reading.denominator)
    interval, share = wilson(passed, tried), target.value / scale
    if not 0 < share <= 1:
        return RatioOutlook(interval, None, None, scale)
    written = f"{share:.12g}"
    affordable = failures_affordable(written, passed, tried - passed)
    return RatioOutlook(interval, affordable, passes_needed(written, passed, tried - passed), scale)


def census_outlook(reading: Reading, target: Target, scale: float) -> CensusOutlook | None:
    """Of a share of things; None without any, for targets that are no floor, and for one above the whole."""
    share = Decimal(f"{target.value / scale:.12g}")
    if not reading.denominator or reading.numerator is None or target.op not in GROWING or share > 1:
        return None
    among, complying = round(reading.denominator), round(reading.numerator)
    least = share * among
    goal = int(least) + 1 if target.op == ">" else ceil(least)
    return CensusOutlook(among, complying, max(0, goal - complying)) if goal <= among else None


def mean_outlook(daily: Daily, target: Target, on: date, seed: int = SEED) -> MeanOutlook | None:
    """Of the annual mean of daily values under a ceiling, seen from ``on``; None without any day of this year, or for a floor.

    Days after ``on`` are not looked at. Years before this one are the past the rest is drawn from.
    """
    if target.op in GROWING:
        return None
    years = laid_out([(day, value) for day, value in daily if day <= on])
    here = years.pop(on.year, None)
    gone, length = on.timetuple().tm_yday, date(on.year, 12, 31).timetuple().tm_yday
    if here is None:
        return None
    so_far = here[:gone]
    known = [value for value in so_far if value is not None]
    if not known:
        return None
    room = headroom(target.value, sum(known), len(known), length - gone)
    past = [PastYear(year[:gone], year[gone:length]) for _, year in sorted(years.items()) if any(v is not None for v in year[gone:])]
    forecast = _forecast(so_far, past, left=length - gone, seed=seed)
    if forecast is None:
        return MeanOutlook(room, None, None, len(past))
    band = (forecast.quantile(0.1), forecast.quantile(0.5), forecast.quantile(0.9))
    return MeanOutlook(room, forecast.at_most(target.value), band, len(past))


def _forecast(so_far: Sequence[float | None], past: Sequence[PastYear], *, left: int, seed: int) -> Forecast | None:
    """None where there is nothing to draw the rest of the year from."""
    if left and not past:
        return None
    if not left:
        known = [value for value in so_far if value is not None]
        return Forecast((sum(known) / len(known),))
    return forecast_mean(so_far, past, Random(seed), draws=DRAWS)  # noqa: S311 - repeatable draws, no secrets  # nosec B311


def laid_out(daily: Daily) -> dict[int, list[float | None]]:
    """Daily values laid out by year, None where a day is missing."""
    years: dict[int, list[float | None]] = {}
    for day, value in daily:
        length = (date(day.year, 12, 31) - date(day.year, 1, 1) + timedelta(1)).days
        years.setdefault(day.year, [None] * length)[day.timetuple().tm_yday - 1] = value
    return years


def outlook(indicator: Indicator, reading: Reading, target: Target, on: date, daily: Daily | None = None) -> Outlook | None:
    """Whichever fits the indicator; None where none does: shares of sums have neither trials nor things to count."""
    if indicator.cumulative:
        return count_outlook(reading, target, on)
    if indicator.is_census:
        return census_outlook(reading, target, indicator.scale)
    if isinstance(indicator.formula, Ratio):
        return ratio_outlook(reading, target, indicator.scale)
    return mean_outlook(daily, target, on) if daily else None


def _chance(chance: float) -> str:
    """No more digits than a forecast can stand behind, and never certain."""
    if chance < 0.01:  # noqa: PLR2004 - one in a hundred
        return "不到1%"
    return "超过99%" if chance > 0.99 else f"约{chance:.0%}"  # noqa: PLR2004 - ninety-nine in a hundred


def _n(value: float) -> str:
    return f"{round(value, 1):,.12g}" if abs(value) >= 1 else f"{value:.2g}"
