"""Limits for diesel vehicles in use, GB 3847-2018 table 2, in force since 2019-05-01 (values as commonly quoted, m).

Limit a holds everywhere, limit b where a city with over five million vehicles in use, or whose first source of air pollution they
are, or with a low-emission zone, has been allowed to choose it (m). Above 1,500 m the standard lets the smoke limit of the lug-down
test grow; that is not done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SmokeTest(StrEnum):
    """How the exhaust is tested."""

    FREE_ACCELERATION = "free-acceleration"
    LUG_DOWN = "lug-down"

    @property
    def word(self) -> str:
        """What it is called."""
        return "自由加速法" if self is SmokeTest.FREE_ACCELERATION else "加载减速法"


class Exhaust(StrEnum):
    """What is measured: the light absorption of the smoke, or nitrogen oxides."""

    OPACITY = "opacity"
    NOX = "nox"

    @property
    def unit(self) -> str:
        """Unit of value and limit: per metre, or parts per million by volume."""
        return "m⁻¹" if self is Exhaust.OPACITY else "10⁻⁶"

    @property
    def word(self) -> str:
        """What it is called."""
        return "光吸收系数" if self is Exhaust.OPACITY else "氮氧化物"


@dataclass(frozen=True, slots=True)
class ExhaustLimit:
    """One limit: ``cls`` is a or b, ``first`` the first day it holds."""

    test: SmokeTest
    exhaust: Exhaust
    cls: str
    value: float
    first: date

    @property
    def method(self) -> str:
        """Standard, test and class, in Chinese."""
        return f"GB 3847-2018 表2 {self.test.word} {self.exhaust.word}限值{self.cls}"

    def exceeded_by(self, measured: float) -> bool:
        """Whether a measured value, in the limit's unit, is over it; the limit itself still passes."""
        return measured > self.value


_FIRST = date(2019, 5, 1)
_LIMITS = tuple(
    ExhaustLimit(test, exhaust, cls, value, _FIRST)
    for test, exhaust, values in (
        (SmokeTest.FREE_ACCELERATION, Exhaust.OPACITY, (1.2, 0.7)),
        (SmokeTest.LUG_DOWN, Exhaust.OPACITY, (1.2, 0.7)),
        (SmokeTest.LUG_DOWN, Exhaust.NOX, (1500.0, 900.0)),
    )
    for cls, value in zip("ab", values, strict=True)
)


def exhaust_limit(test: SmokeTest, exhaust: Exhaust, on: date, cls: str = "a") -> ExhaustLimit | None:
    """The limit for a test made on a day; None where the standard sets none (NOx in free acceleration) or before 2019-05-01.

    ValueError for a class other than a and b.
    """
    if cls not in ("a", "b"):
        msg = f"limits are of class a or b, not {cls}"
        raise ValueError(msg)
    found = (one for one in _LIMITS if (one.test, one.exhaust, one.cls) == (test, exhaust, cls) and on >= one.first)
    return next(found, None)
