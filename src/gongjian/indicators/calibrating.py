"""Whether the stated chances of a mean keep their word on its own past. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from random import Random

from gongjian.indicators.outlook import SEED, Daily, laid_out
from gongjian.kernel.calibration import Band, Trial, any_other, back_test, brier, earlier, reliability

CUTS = (0, *range(30, 360, 30))  # days gone when a forecast is made
ENOUGH = 300  # days a year needs to be forecast or learnt from
AROUND = tuple(step / 100 for step in range(76, 125, 4))  # targets tried, as parts of the mean of all years
RULES = (("只用以前的年份（当时真能做到的）", earlier), ("用其他所有年份（留一法，偏乐观）", any_other))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one way of learning from other years did: trials, Brier score, the score of always saying the base rate, the table."""

    rule: str
    years: tuple[int, ...]
    trials: int
    brier: float
    base: float
    bands: tuple[Band, ...]


def calibrate(daily: Daily, seed: int = SEED) -> list[Calibration]:
    """Back-test the forecast on every year with enough days; ways that have no year to learn from are left out."""
    years = {year: values for year, values in laid_out(daily).items() if sum(value is not None for value in values) >= ENOUGH}
    known = [value for values in years.values() for value in values if value is not None]
    if not known:
        return []
    targets = [part * fsum(known) / len(known) for part in AROUND]
    tried = ((name, back_test(years, targets, CUTS, Random(seed), rule)) for name, rule in RULES)  # noqa: S311 - repeatable draws, no secrets  # nosec B311
    return [_told(name, trials) for name, trials in tried if trials]


def words(found: Sequence[Calibration]) -> list[str]:
    """The tables as lines of text."""
    return [line for one in found for line in _lines(one)]


def _told(name: str, trials: Sequence[Trial]) -> Calibration:
    base = sum(trial.kept for trial in trials) / len(trials)
    years = tuple(sorted({trial.year for trial in trials}))
    return Calibration(name, years, len(trials), brier(trials), base * (1 - base), reliability(trials))


def _lines(one: Calibration) -> list[str]:
    years = "、".join(map(str, one.years))
    head = f"{one.rule}：{years}年共{one.trials}次预测，布里尔评分{one.brier:.3f}（0为全对，一律报基准率得{one.base:.3f}）"
    rows = [f"  {b.low:.0%}至{b.high:.0%}　{b.trials:5d}次　平均预报{b.said:.0%}　实际发生{b.happened:.0%}" for b in one.bands]
    return [head, "  预报可能性　次数　平均预报　实际发生", *rows]
