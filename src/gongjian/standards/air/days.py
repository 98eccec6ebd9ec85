"""Day means of one pollutant and what makes them valid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from math import fsum
from typing import NamedTuple

from gongjian.standards.air.editions import edition_on
from gongjian.standards.air.hours import HOURS, HourLabel, Hours, by_day, known
from gongjian.standards.air.ozone import max_8h
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.statistic import Statistic, judged


class DayValue(NamedTuple):
    """One day of one pollutant: what every longer mean is made of.

    ``value`` is the day mean, or for O3 the maximum 8-hour mean; None where the day has nothing. ``present`` counts the hours (O3:
    the 8-hour means) it rests on.
    """

    day: date
    value: float | None
    present: int
    valid: bool


def day_mean(hours: Hours, pollutant: Pollutant, day: date) -> Statistic:
    """24-hour mean of hourly means: valid with at least 20 hours (GB 3095-2012 table 4; HJ 663-2013 clause 6).

    All hours present take part. Not for ozone, whose day is its maximum 8-hour mean (``ozone.max_8h``): ValueError.
    """
    there = known(hours)
    return day_mean_of_aggregate(fsum(there) / len(there) if there else None, len(there), pollutant, day)


def day_mean_of_aggregate(mean: float | None, present: int, pollutant: Pollutant, day: date) -> Statistic:
    """The same from a mean and a count that a database has computed over the day's hours."""
    if pollutant is Pollutant.O3:
        msg = "the day's figure of ozone is its maximum 8-hour mean"
        raise ValueError(msg)
    edition = edition_on(day)
    need = edition.minimum.day_hours
    reasons = () if present >= need else (f"{day}{pollutant}有效小时均值只有{present}个，应不少于{need}个",)
    return judged(mean, pollutant.unit, reasons, (HOURS, present), edition.validity())


def day_value(day: date, present: int, mean: float | None) -> DayValue:
    """A day from the aggregate of its hours (count, mean), the quick way: GB 3095-2012 table 4, at least 20 hours; not for ozone.

    >>> day_value(date(2020, 6, 1), 19, 31.5).valid
    False
    """
    return DayValue(day, mean, present, mean is not None and present >= edition_on(day).minimum.day_hours)


def day_values(
    hours: Iterable[tuple[datetime, float | None]],
    pollutant: Pollutant,
    labelled: HourLabel = HourLabel.END,
    cls: int = 2,
) -> list[DayValue]:
    """The days of a run of labelled hourly means, in order; days without any hour are absent.

    ``cls`` is the class of area whose limit ``ozone.max_8h`` asks for.
    """
    return [
        DayValue(day, figure.value, figure.present, figure.valid)
        for day, slots in by_day(hours, labelled).items()
        for figure in (max_8h(slots, day, cls) if pollutant is Pollutant.O3 else day_mean(slots, pollutant, day),)
    ]
