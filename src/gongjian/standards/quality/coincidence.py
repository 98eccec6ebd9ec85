"""Maintenance that comes when the limit is exceeded: flags that fall on exceedances more often than chance lets them.

Compared with itself: the flags are moved against the values by every possible span, round the window, and it is counted how often they
then cover as many exceedances as they did. A series whose flags know nothing of its values is told with a probability of ``alpha`` at
most, whatever rhythm either of them has. Calibration is left out: span gas gives high values of its own.
"""

from __future__ import annotations

import numpy as np

from gongjian.standards.quality.findings import Finding, Subject
from gongjian.standards.quality.series import CALIBRATION, NORMAL, STOPPED, Mask

LEAST = 3  # exceedances under a flag below which nothing is told


def flagged_exceedances(subject: Subject) -> list[Finding]:
    """A finding where flags and exceedances go together."""
    series = subject.series
    flagged: Mask = ~np.isin(series.flags, [NORMAL, CALIBRATION, STOPPED])
    over = subject.over
    hidden = int((flagged & over).sum())
    if hidden < LEAST or len(series) * subject.parameters.alpha < 1:
        return []
    chance = by_chance(flagged, over)
    if chance > subject.parameters.alpha:
        return []
    words = (
        f"{int(over.sum())} 个超过限值的数据中有 {hidden} 个带维护、故障等标记；标记共 {int(flagged.sum())} 个，"
        f"与超标无关时这样重合的可能性为 {chance:.2g}。"
    )
    places = tuple(int(place) for place in np.flatnonzero(flagged & over))
    figures = {"hidden": hidden, "over": int(over.sum()), "flagged": int(flagged.sum()), "chance": chance}
    return [Finding(subject.first, subject.last, places, figures, words)]


def by_chance(flagged: Mask, over: Mask) -> float:
    """The share of all ways round in which the flags cover at least as much as they did, their own place counted."""
    transformed = np.fft.rfft(over.astype(float)) * np.conj(np.fft.rfft(flagged.astype(float)))
    covered = np.rint(np.fft.irfft(transformed, len(over)))
    return float((covered >= covered[0]).mean())
