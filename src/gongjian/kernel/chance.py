"""Chance: how sure a ratio is, and how likely a mean is to keep its target. Randomness is always handed in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, fsum, isfinite, log, sqrt
from random import Random
from statistics import NormalDist
from typing import NamedTuple

_DUST = 1e-9


class Interval(NamedTuple):
    """From ``low`` to ``high``, both included."""

    low: float
    high: float


def wilson(successes: int, trials: int, confidence: float = 0.95) -> Interval:
    """Wilson score interval of a share (E. B. Wilson 1927), 0 to 1; the whole range when nothing has been tried.

    Raises ValueError for more successes than trials and for a confidence outside 0 to 1.
    """
    if not (0 <= successes <= trials and 0 < confidence < 1):
        msg = f"no interval for {successes} of {trials} at {confidence}"
        raise ValueError(msg)
    if trials == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = successes / trials, z * z / trials
    middle = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return Interval(min(share, max(0.0, middle - reach)), max(share, min(1.0, middle + reach)))


@dataclass(frozen=True, slots=True)
class PastYear:
    """One earlier year cut at the same day: its values before the cut, and those from the cut to its end, None where missing."""

    so_far: Sequence[float | None]
    rest: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Simulated year-end means, sorted."""

    draws: tuple[float, ...]

    def at_most(self, target: float) -> float:
        """Probability that the mean ends at or under ``target``."""
        return bisect_right(self.draws, target + _DUST) / len(self.draws)

    def quantile(self, share: float) -> float:
        """The mean under which ``share`` (0 to 1) of the simulated years end: 0.5 is the middle, 0.1 and 0.9 make a band."""
        return self.draws[min(len(self.draws) - 1, int(share * len(self.draws)))]


def forecast_mean(
    so_far: Sequence[float | None],
    past: Sequence[PastYear],
    rng: Random,
    *,
    draws: int = 2000,
    block: int = 7,
    window: int = 15,
    spread: float = 0.15,
) -> Forecast:
    """How a mean of daily values may end the year: a moving-block bootstrap of past years' same season, for quantities above zero.

    Each draw takes one past year, scales it to this one, and fills what is left of the year with blocks of ``block`` days, each from
    at most ``window`` days before or after its own place in that past year. So the season, the weather's persistence and the
    differences between years are kept. The scale is the ratio of this year's mean so far to the past year's over the same part,
    taken to the power of the share of the year already gone: little is learnt in January, nearly all by December. A few past years
    show too little of how years differ, so the level of each draw also varies by what they cannot show (``_unseen``); ``spread`` is
    the relative difference between years assumed where there is only one.
    Missing days (None) are left out, as a mean over valid days does. Same ``rng`` seed, same answer. With nothing left of the year
    the mean so far is certain. Raises ValueError when there is no past to draw from, or nothing at all to average.
    """
    here = _known(so_far)
    pools = [_Pool(year, here, len(so_far), block, window) for year in past if _known(year.rest)]
    if not pools:
        if past and not any(year.rest for year in past) and here:
            return Forecast((fsum(here) / len(here),))
        msg = "no past year to draw the rest of this one from"
        raise ValueError(msg)
    unseen, begun = _unseen([pool.mean for pool in pools], spread), (fsum(here), len(here))
    return Forecast(tuple(sorted(pools[int(rng.random() * len(pools))].draw(rng, begun, unseen) for _ in range(draws))))


class _Pool:
    """A past year's rest, scaled to this year and ready for drawing blocks in constant time by prefix sums."""

    def __init__(self, year: PastYear, here: Sequence[float], elapsed: int, block: int, window: int) -> None:
        scale = _scale(here, _known(year.so_far), elapsed / (elapsed + len(year.rest)))
        self._sums = list(accumulate((scale * (value or 0.0) for value in year.rest), initial=0.0))
        self._counts = list(accumulate((value is not None for value in year.rest), initial=0))
        size = len(year.rest)
        self._places = [_place(start, min(block, size - start), size, window) for start in range(0, size, block)]

    @property
    def mean(self) -> float:
        """Mean of the scaled rest."""
        return self._sums[-1] / self._counts[-1]

    def draw(self, rng: Random, begun: tuple[float, int], unseen: float) -> float:
        """One simulated year-end mean; where all drawn blocks are empty, the past year's own rest stands in."""
        chance, sums, counts = rng.random, self._sums, self._counts
        value, known = 0.0, 0
        for first, choices, length in self._places:
            start = first + int(chance() * choices)
            value += sums[start + length] - sums[start]
            known += counts[start + length] - counts[start]
        if not known:
            value, known = sums[-1], counts[-1]
        return (begun[0] + value * exp(rng.gauss(0.0, unseen))) / (begun[1] + known)


def _unseen(levels: Sequence[float], spread: float) -> float:
    """Standard deviation (of the logarithm) of a year's level that drawing from so few past years leaves out.

    Between K past levels of variance v, a new year varies by v·(1 + 1/K) about their mean, the draws by v·(K − 1)/K: the
    difference is 2v/K, and fades as years gather. v is the sample variance, with ``spread`` as one more year's evidence. Zero for
    levels that are not all positive.
    """
    if min(levels) <= 0:
        return 0.0
    logs = [log(level) for level in levels]
    middle = fsum(logs) / len(logs)
    variance = (fsum((value - middle) ** 2 for value in logs) + spread**2) / len(logs)
    return sqrt(2 * variance / len(logs))


def _place(start: int, length: int, size: int, window: int) -> tuple[int, int, int]:
    """Where a block of ``length`` days that fills the place ``start`` may be taken from: first start, number of starts, length."""
    first, last = max(0, start - window), min(size - length, start + window)
    return first, last - first + 1, length


def _scale(here: Sequence[float], there: Sequence[float], gone: float) -> float:
    """The factor that brings a past year to this year's level; 1 where either has nothing to compare."""
    if not here or not there or fsum(there) <= 0 or fsum(here) <= 0:
        return 1.0
    return float(((fsum(here) / len(here)) / (fsum(there) / len(there))) ** gone)


def _known(values: Iterable[float | None]) -> list[float]:
    known = [value for value in values if value is not None]
    if not all(map(isfinite, known)):
        msg = "a value is not a finite number"
        raise ValueError(msg)
    return known
