"""Always just under the limit: values crowd below it, and next to none is above it.

A smooth distribution does not know where the limit is: in two narrow bands of one width, just below and just above it, it has about as
many values, or at most a few times as many. The test asks how likely so many below would be if ``margin_odds`` were expected for one above
(binomial, one-sided). Of any distribution that is not steeper than that at the limit at most a share ``alpha`` is told, if its values are
independent; and nothing is told unless a third of all values lies in the band, so that a clean plant far below never shows.
"""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np

from gongjian.standards.quality.findings import Finding, Subject

MILLIONTH = 1e-6


def just_under(subject: Subject) -> list[Finding]:
    """A finding where the values keep just under the limit."""
    series, parameters = subject.series, subject.parameters
    judged = series.valid & (subject.upper > 0)
    share = series.values[judged] / subject.upper[judged]
    below = (share > 1 - parameters.margin) & (share <= 1)
    above = int(((share > 1) & (share <= 1 + parameters.margin)).sum())
    under = int(below.sum())
    if len(share) < parameters.least or under < parameters.margin_share * len(share):
        return []
    chance = at_least(under, under + above, parameters.margin_odds / (1 + parameters.margin_odds))
    if chance >= parameters.alpha:
        return []
    words = (
        f"{len(share)} 个有效数据中有 {under} 个（{under / len(share):.0%}）恰在限值以下 {parameters.margin:.0%} 之内，"
        f"而限值以上同样宽度内只有 {above} 个；自然波动出现这种情形的可能性{_rare(chance)}。"
    )
    places = tuple(int(place) for place in np.flatnonzero(judged)[below])
    return [Finding(subject.first, subject.last, places, {"under": under, "above": above, "of": len(share), "chance": chance}, words)]


def _rare(chance: float) -> str:
    return "不到百万分之一" if chance < MILLIONTH else f"约为 {chance:.2g}"


def at_least(hits: int, tries: int, odds: float) -> float:
    """How likely so many hits or more are in so many tries of this probability, by summing the binomial distribution."""
    logs = (
        lgamma(tries + 1) - lgamma(n + 1) - lgamma(tries - n + 1) + n * log(odds) + (tries - n) * log(1 - odds)
        for n in range(hits, tries + 1)
    )
    return min(1.0, sum(exp(one) for one in logs))
