"""The six levels of air quality, HJ 633-2012 table 2 and appendix A."""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum


class Level(IntEnum):
    """A level of the air quality index; the number is the one printed (一级 to 六级)."""

    EXCELLENT = 1
    GOOD = 2
    LIGHT = 3
    MODERATE = 4
    HEAVY = 5
    SEVERE = 6

    @property
    def label(self) -> str:
        """What it is called (空气质量指数类别)."""
        return ("优", "良", "轻度污染", "中度污染", "重度污染", "严重污染")[self - 1]

    @property
    def colour(self) -> str:
        """Its colour, HJ 633-2012 appendix A (m), as #rrggbb."""
        return ("#00e400", "#ffff00", "#ff7e00", "#ff0000", "#99004c", "#7e0023")[self - 1]


_TOPS = (50, 100, 150, 200, 300)


def level_of(aqi: int) -> Level:
    """The level of an index: 优 to 50, 良 to 100, 轻度 to 150, 中度 to 200, 重度 to 300, 严重 above (HJ 633-2012 table 2)."""
    return Level(bisect_left(_TOPS, aqi) + 1)
