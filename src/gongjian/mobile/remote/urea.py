"""How much urea was used, from how full the tank was told to be. It sloshes, and it is filled up."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from gongjian.mobile.remote.trips import Running

BLOCK: Final = 300  # seconds whose median is one level: long enough for sloshing to cancel out
FILLED: Final = 5.0  # % of the tank: a rise by so much between two levels is a filling
STEP: Final = 0.4  # %: the resolution of the level on the wire


class Urea(NamedTuple):
    """Percent of the tank that was used and that was filled in, how often, and the level at the end; None where no level was told."""

    used: float | None
    filled: float
    fillings: int
    level: float | None


def urea_of(running: Running) -> Urea:
    """Fillings part the time; within each part what is gone from its first level to its last was used, and never less than nothing."""
    levels = levels_of(running)
    if not len(levels):
        return Urea(None, 0.0, 0, None)
    rises = np.diff(levels)
    cuts = np.flatnonzero(rises >= FILLED) + 1
    used = sum(max(float(part[0] - part[-1]), 0.0) for part in np.split(levels, cuts))
    return Urea(used, float(rises[rises >= FILLED].sum()), len(cuts), float(levels[-1]))


def levels_of(running: Running) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The median level of each block of time in which one was told."""
    told = running.seconds["reagent_level"]
    known = ~np.isnan(told)
    blocks = running.seconds.moments[known] // BLOCK
    if not len(blocks):
        return np.zeros(0)
    cuts = np.flatnonzero(np.diff(blocks)) + 1
    return np.array([np.median(part) for part in np.split(told[known], cuts)])
