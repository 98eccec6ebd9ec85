"""Whether choosing by score finds more than choosing at random, on checks the score has not learnt from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Uplift:
    """The hit rate of the chosen against that of all, in times, with a 95 % interval; ``ratio`` None where nothing was found at all."""

    chosen: int
    chosen_found: int
    checks: int
    found: int
    ratio: float | None
    low: float | None
    high: float | None


def uplift(scored: Sequence[tuple[float, bool]], share: float) -> Uplift:
    """Take the ``share`` (0 to 1) of the checks with the highest scores; what they found against what all of them found.

    Choosing at random finds, on average, as often as all do. Equal scores straddling the edge count in proportion, so the order of rows
    does not matter. ValueError for a share that is none.
    """
    if not 0 < share <= 1:
        msg = f"no share: {share}"
        raise ValueError(msg)
    wanted = round(len(scored) * share)
    edge = sorted((score for score, _ in scored), reverse=True)[wanted - 1] if wanted else 0.0
    above = [found for score, found in scored if score > edge] if wanted else []
    at_edge = [found for score, found in scored if score == edge] if wanted else []
    part = (wanted - len(above)) / len(at_edge) if at_edge else 0.0
    return compared(wanted, round(sum(above) + part * sum(at_edge)), len(scored), sum(found for _, found in scored))


def compared(chosen: int, chosen_found: int, others: int, others_found: int) -> Uplift:
    """The hit rate of some checks in times that of others, with the interval of a ratio of two rates (by its logarithm)."""
    if not (chosen and others and others_found):
        return Uplift(chosen, chosen_found, others, others_found, None, None, None)
    ratio = (chosen_found / chosen) / (others_found / others)
    if not chosen_found:
        return Uplift(chosen, chosen_found, others, others_found, 0.0, None, None)
    spread = Z * sqrt(max(0.0, 1 / chosen_found - 1 / chosen + 1 / others_found - 1 / others))
    return Uplift(chosen, chosen_found, others, others_found, ratio, exp(log(ratio) - spread), exp(log(ratio) + spread))
