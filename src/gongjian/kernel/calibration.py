"""Whether stated probabilities keep their word: Brier score, reliability table, and a back-test of the forecast of a mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from random import Random

from gongjian.kernel.chance import PastYear, forecast_mean

Year = Sequence[float | None]  # a year's daily values from the first of January; None where missing


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast of the past: on day ``cut`` of ``year``, ``chance`` was given to ``target`` being kept; ``kept`` is what happened."""

    year: int
    cut: int
    target: float
    chance: float
    kept: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The trials whose chance lay from ``low`` up to ``high``: how many, what was said on average, how often it happened."""

    low: float
    high: float
    trials: int
    said: float
    happened: float


def brier(trials: Sequence[Trial]) -> float:
    """Mean squared difference between chance and outcome (G. W. Brier 1950): 0 is perfect, 0.25 is tossing a coin.

    Raises ValueError without trials.
    """
    if not trials:
        msg = "nothing to score"
        raise ValueError(msg)
    return fsum((trial.chance - trial.kept) ** 2 for trial in trials) / len(trials)


def reliability(trials: Sequence[Trial], bands: int = 5) -> tuple[Band, ...]:
    """The reliability table: trials in ``bands`` equal ranges of chance, empty ranges left out. Well calibrated: said = happened."""
    rows: dict[int, list[Trial]] = {}
    for trial in trials:
        rows.setdefault(min(bands - 1, int(trial.chance * bands)), []).append(trial)
    return tuple(_band(index / bands, (index + 1) / bands, rows[index]) for index in sorted(rows))


def earlier(year: int, other: int) -> bool:
    """History as it was: only years before the one forecast."""
    return other < year


def any_other(year: int, other: int) -> bool:
    """Leave one year out: every other year, later ones too, which no forecaster has; more trials, kinder figures."""
    return other != year


def back_test(
    years: Mapping[int, Year],
    targets: Sequence[float],
    cuts: Sequence[int],
    rng: Random,
    may_use: Callable[[int, int], bool] = earlier,
) -> tuple[Trial, ...]:
    """Forecast each year that has a history under ``may_use`` from each cut, and hold every target against how the year ended.

    ``cuts`` are days gone (0 is New Year's morning). Trials of one year share its weather: they are far from independent, and
    their number overstates what they prove.
    """
    trials = []
    for year, values in years.items():
        history = [past for other, past in years.items() if may_use(year, other)]
        known = [value for value in values if value is not None]
        if not history or not known:
            continue
        ended = fsum(known) / len(known)
        for cut in cuts:
            forecast = forecast_mean(values[:cut], [PastYear(past[:cut], past[cut:]) for past in history], rng)
            trials += [Trial(year, cut, target, forecast.at_most(target), ended <= target) for target in targets]
    return tuple(trials)


def _band(low: float, high: float, trials: Sequence[Trial]) -> Band:
    said = fsum(trial.chance for trial in trials) / len(trials)
    return Band(low, high, len(trials), said, sum(trial.kept for trial in trials) / len(trials))
