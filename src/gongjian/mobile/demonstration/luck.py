"""Chance for a made-up district: one stream for each part, so that changing one part leaves the others as they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import exp, sqrt
from random import Random
from typing import TypeVar

from gongjian.kernel.geometry import Point, contains
from gongjian.kernel.workdays import Calendar
from gongjian.trail.office_day import start_of
from gongjian.ui.district import district

T = TypeVar("T")
WEST, SOUTH, EAST, NORTH = 116.472, 39.742, 116.578, 39.832  # degrees; where the district lies
LATE = 0.06  # share of records entered days after they happened
SLOW = (date(2020, 1, 24), date(2020, 3, 20))  # little was checked, driven or sold while people stayed at home
SLOW_SHARE = 0.35


def luck_of(seed: int, part: str) -> Random:
    """The stream of one part."""
    return Random(f"{seed}:{part}")  # noqa: S311 - a story, not a secret # nosec B311


def picked(luck: Random, weights: Mapping[T, float]) -> T:
    """One of several, by their weights."""
    return luck.choices(list(weights), list(weights.values()))[0]


def chance_of(log_odds: float) -> float:
    """The probability of these log odds."""
    return 1 / (1 + exp(-log_odds))


def poisson(luck: Random, mean: float) -> int:
    """A count with this mean: exact where it is small, rounded normal where it is large."""
    if mean > 50:  # noqa: PLR2004 - from here on the two look alike
        return max(0, round(luck.gauss(mean, sqrt(mean))))
    limit, product, count = exp(-mean), luck.random(), 0
    while product > limit:
        product *= luck.random()
        count += 1
    return count


def somewhere(luck: Random) -> tuple[float, float]:
    """A place in the district, CGCS2000 degrees."""
    while True:
        lon, lat = round(luck.uniform(WEST, EAST), 5), round(luck.uniform(SOUTH, NORTH), 5)
        if contains(district(), Point(lon, lat)):
            return lon, lat


def working_days(first: date, last: date, calendar: Calendar) -> list[date]:
    """The days worked from ``first`` to ``last``."""
    return [day for day in days(first, last) if calendar.is_working(day)]


def days(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``."""
    return [first + timedelta(step) for step in range((last - first).days + 1)]


def busy(day: date) -> float:
    """How much of the usual goes on: everything, but in the slow weeks."""
    return SLOW_SHARE if SLOW[0] <= day <= SLOW[1] else 1.0


def entered(luck: Random, day: date) -> datetime:
    """When a record of a day was typed in: that evening, or some days late."""
    late = luck.randint(1, 21) if luck.random() < LATE else 0
    return start_of(day + timedelta(late)) + timedelta(hours=luck.randint(15, 19), minutes=luck.randint(0, 59))


def morning(day: date) -> datetime:
    """Nine in the morning, when ledgers are kept."""
    return start_of(day) + timedelta(hours=9)
