"""What past checks teach: how much each trait of a vehicle raises the chance of finding something. Pure.

A ridge logistic regression over traits that are there or not. Its weights add up, so each score can be said as "this and this and this";
and a trait met only a few times is held close to no weight. Checks with the same traits are counted together first, which keeps the sums
small however many checks there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

RIDGE = 1.0  # before anything is seen, a trait is held to multiply the odds by one, give or take a factor of 2.7
STEPS = 25
SETTLED = 1e-8
Floats = NDArray[np.float64]
Traits = frozenset[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """One past check: the traits the vehicle had before it, and whether something was found."""

    traits: Traits
    found: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt: ``base`` is the log odds without any trait, ``weights`` what each adds; ``rate`` the share found of all ``checks``.

    ``seen`` says in how many checks a trait was met: what a sentence about it rests on.
    """

    base: float
    weights: Mapping[str, float]
    seen: Mapping[str, int]
    rate: float
    checks: int

    def chance(self, traits: Traits) -> float:
        """How likely a check finds something, 0 to 1; traits never met say nothing."""
        return 1 / (1 + exp(-self.base - sum(self.weights.get(trait, 0.0) for trait in traits)))

    def times(self, trait: str) -> float:
        """By how many times a trait multiplies the odds."""
        return exp(self.weights.get(trait, 0.0))


def learn(checks: Iterable[Checked]) -> Lesson | None:
    """The lesson of these checks, whatever their order; None where nothing, or everything, was found, so that there is nothing to learn."""
    groups = _grouped(checks)
    total, found = (sum(counts[which] for counts in groups.values()) for which in (0, 1))
    if not 0 < found < total:
        return None
    names = sorted({trait for traits in groups for trait in traits})
    solved = _solved(_columns(names, groups), np.array([*groups.values()], dtype=float), log(found / (total - found)))
    seen = {name: sum(counts[0] for traits, counts in groups.items() if name in traits) for name in names}
    return Lesson(float(solved[0]), dict(zip(names, map(float, solved[1:]), strict=True)), seen, found / total, total)


def _grouped(checks: Iterable[Checked]) -> dict[Traits, tuple[int, int]]:
    """How often each set of traits was checked, and found something; in a fixed order, so that the same checks teach the same."""
    counts: dict[Traits, list[int]] = defaultdict(lambda: [0, 0])
    for check in checks:
        counts[check.traits][0] += 1
        counts[check.traits][1] += check.found
    return {traits: (counts[traits][0], counts[traits][1]) for traits in sorted(counts, key=sorted)}


def _columns(names: list[str], groups: Mapping[Traits, object]) -> Floats:
    place = {name: column + 1 for column, name in enumerate(names)}
    table = np.zeros((len(groups), len(names) + 1))
    table[:, 0] = 1
    for row, traits in enumerate(groups):
        table[row, [place[trait] for trait in traits]] = 1
    return table


def _solved(table: Floats, counts: Floats, start: float) -> Floats:
    """Newton's steps; the base is not held back."""
    checks, found = counts[:, 0], counts[:, 1]
    hold = np.full(table.shape[1], RIDGE)
    hold[0] = 0.0
    weights = np.zeros(table.shape[1])
    weights[0] = start
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (found - checks * chance) - hold * weights
        curve = (table.T * (checks * chance * (1 - chance))) @ table + np.diag(hold)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < SETTLED:
            break
    return weights
