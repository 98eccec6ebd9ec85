"""Wind roses and pollution roses: sixteen directions, each the middle of 22.5°. Pure.

A direction is where the wind comes FROM, degrees clockwise from north. Below ``CALM`` metres a second there is no direction to speak of
(meteorological observation: wind force 0 of the Beaufort scale, GB/T 28591), so calm is counted by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

SIDES: Final = 16
SIDE: Final = 360 / SIDES  # degrees
CALM: Final = 0.3  # m/s: below it is Beaufort 0
SPEEDS: Final = (1.6, 3.4, 5.5, 8.0)  # m/s: where Beaufort 2, 3, 4 and 5 begin; what is below the first is force 1
NAMES: Final = (
    *("北", "北东北", "东北", "东东北", "东", "东东南", "东南", "南东南"),
    *("南", "南西南", "西南", "西西南", "西", "西西北", "西北", "北西北"),
)


@dataclass(frozen=True, slots=True)
class WindRose:
    """Shares of all hours told (they sum to 1): ``shares[side][class]`` by direction and speed class, ``calm`` without direction."""

    shares: tuple[tuple[float, ...], ...]
    calm: float
    count: int

    @property
    def sides(self) -> tuple[float, ...]:
        """The share of each direction."""
        return tuple(sum(side) for side in self.shares)

    @property
    def prevailing(self) -> str:
        """The direction it blows from most; "" where it never blew."""
        sides = self.sides
        return NAMES[sides.index(max(sides))] if self.count and max(sides) else ""


@dataclass(frozen=True, slots=True)
class PollutionRose:
    """The mean of a factor by the direction the wind came from (None: none there) and in calm; ``counts`` say of how many."""

    means: tuple[float | None, ...]
    counts: tuple[int, ...]
    calm: float | None
    calm_count: int

    @property
    def worst(self) -> str:
        """The direction with the highest mean; "" where there is none."""
        known = [(mean, side) for side, mean in enumerate(self.means) if mean is not None]
        return NAMES[max(known)[1]] if known else ""


def wind_rose(speeds: ArrayLike, directions: ArrayLike) -> WindRose:
    """The rose of speeds (m/s) and directions (°) told at the same moments; what lacks one is left out; calm needs no direction."""
    speed, side, calm = _told(speeds, directions)
    blowing = side >= 0
    count = int(blowing.sum() + calm.sum())
    if not count:
        return WindRose(((0.0,) * (len(SPEEDS) + 1),) * SIDES, 0.0, 0)
    classes = np.digitize(speed[blowing], SPEEDS)
    table = np.zeros((SIDES, len(SPEEDS) + 1))
    np.add.at(table, (side[blowing], classes), 1 / count)
    return WindRose(tuple(tuple(row) for row in table.tolist()), float(calm.sum() / count), count)


def pollution_rose(speeds: ArrayLike, directions: ArrayLike, values: ArrayLike) -> PollutionRose:
    """The mean of values (nan: none) by direction, told at the same moments."""
    _, side, calm = _told(speeds, directions)
    value = np.asarray(values, float)
    known = np.isfinite(value)
    means: list[float | None] = []
    counts = []
    for number in range(SIDES):
        chosen = value[known & (side == number)]
        counts.append(len(chosen))
        means.append(float(chosen.mean()) if len(chosen) else None)
    still = value[known & calm]
    return PollutionRose(tuple(means), tuple(counts), float(still.mean()) if len(still) else None, len(still))


def _told(speeds: ArrayLike, directions: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.bool_]]:
    """Speeds, the side of each (-1: none), and which are calm. Negative speeds are no speeds, directions outside 0–360 no directions."""
    speed, direction = np.asarray(speeds, float), np.asarray(directions, float)
    calm = (speed >= 0) & (speed < CALM)
    is_known = (speed >= CALM) & np.isfinite(speed) & (direction >= 0) & (direction <= 360)  # noqa: PLR2004 - a whole turn
    side = np.full(len(speed), -1, np.int64)
    side[is_known] = np.floor((direction[is_known] + SIDE / 2) / SIDE).astype(np.int64) % SIDES
    return speed, side, calm
