"""Copies: two series whose changes go together more closely than two devices, or two days, ever do.

Looked at are the changes from value to value, so that an offset does not matter; their correlation, so that a factor does not either.
Two honest devices at one place share the weather, but each has noise of its own.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from gongjian.standards.quality.findings import Finding, Subject
from gongjian.standards.quality.parameters import DAY
from gongjian.standards.quality.series import Series, said

DAYS_BACK = 7


def likeness(one: Series, other: Series, *, later: int = 0) -> tuple[float, int]:
    """Correlation of the changes both series show at the same labels, and over how many changes; (0, n) where one of them stands still.

    ``later`` seconds are added to the labels of ``other``. Symmetric in both: what is like is like both ways.
    """
    valid, other_valid = one.valid, other.valid
    shared, here, there = np.intersect1d(one.moments[valid], other.moments[other_valid] + later, assume_unique=True, return_indices=True)
    if len(shared) < 2:  # noqa: PLR2004 - one value shows no change
        return 0.0, 0
    mine, its = np.diff(one.values[valid][here]), np.diff(other.values[other_valid][there])
    moved = (np.diff(shared) == one.period) & ((mine != 0) | (its != 0))
    if not moved.any():
        return 0.0, 0
    mine, its = mine[moved] - mine[moved].mean(), its[moved] - its[moved].mean()
    size = float(np.sqrt((mine @ mine) * (its @ its)))
    return (float(mine @ its) / size if size > 0 else 0.0), int(moved.sum())


def copies(subject: Subject) -> list[Finding]:
    """Every other device whose series this one follows, or which follows it: who copied from whom, the series do not tell."""
    found = []
    for name, other in sorted(subject.others.items()):
        closeness, steps = likeness(subject.series, other)
        if steps >= subject.parameters.steps and closeness >= subject.parameters.likeness:
            words = f"与“{name}”的数据几乎同起同落：{steps} 次变化的相关系数 {closeness:.4f}，两台设备不会如此一致。"
            found.append(_told(subject, {"likeness": closeness, "steps": steps}, words))
    return found


def replays(subject: Subject) -> list[Finding]:
    """Days that are an earlier day of the same device over again."""
    series, found = subject.series, []
    for day, back in product(range(subject.first, subject.last, DAY), range(1, DAYS_BACK + 1)):
        part = series.within(day, day + DAY)
        closeness, steps = likeness(part, series.within(day - back * DAY, day - (back - 1) * DAY), later=back * DAY)
        if steps >= min(subject.parameters.steps, DAY // series.period - 4) and closeness >= subject.parameters.likeness:
            words = f"{said(day)}起一天的数据是 {back} 天前的重复：{steps} 次变化的相关系数 {closeness:.4f}。"
            found.append(Finding(day, day + DAY, (), {"likeness": closeness, "steps": steps, "back": back}, words))
            break
    return found


def _told(subject: Subject, figures: dict[str, float], words: str) -> Finding:
    return Finding(subject.first, subject.last, (), figures, words)
