"""The versions of a day, from the versions of its hours. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import fsum
from typing import NamedTuple

from gongjian.standards.air.days import day_value
from gongjian.standards.air.ozone import max_8h
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.moments import begin, end, from_seconds, seconds
from gongjian.telemetry.store import Flag, Stored

HOUR = 3600  # seconds
HOURS = 24


class Figure(NamedTuple):
    """What a day comes to: ``value`` and ``present`` as in ``standards.air.days.DayValue``, hours there are, and the highest of them."""

    value: float | None
    present: int
    valid: bool
    hours: int
    highest: float


class DayVersion(NamedTuple):
    """A figure and the moments from and until which it stood; ``replaced_at`` None while it does."""

    figure: Figure
    entered_at: datetime
    replaced_at: datetime | None


def day_versions(pollutant: Pollutant, day: date, hours: Sequence[Stored]) -> list[DayVersion]:
    """The versions of one day from every version of its hours: one when the day is over, one at each later change of the figure.

    What was entered while the day still ran is taken together at its end; before that there is no day to speak of.
    """
    close = from_seconds(end(day))
    moments = sorted({max(moment, close) for row in hours for moment in (row.entered_at, row.replaced_at) if moment is not None})
    versions: list[DayVersion] = []
    for moment in moments:
        figure = _figure(pollutant, day, [row for row in hours if row.entered_at <= moment and not _gone(row, moment)])
        _follow(versions, figure, moment)
    return versions


def _gone(row: Stored, moment: datetime) -> bool:
    return row.replaced_at is not None and row.replaced_at <= moment


def _follow(versions: list[DayVersion], figure: Figure | None, moment: datetime) -> None:
    """Let a figure follow from ``moment`` on, unless it says what stands already."""
    standing = versions[-1] if versions and versions[-1].replaced_at is None else None
    if standing and standing.figure == figure:
        return
    if standing:
        versions[-1] = standing._replace(replaced_at=moment)
    if figure:
        versions.append(DayVersion(figure, moment, None))


def _figure(pollutant: Pollutant, day: date, hours: Sequence[Stored]) -> Figure | None:
    """What the hours that stood come to; None when none of them has a usable value."""
    there = [(row.at, row.value) for row in hours if row.value is not None and row.flag == Flag.NORMAL]
    if not there:
        return None
    values = [value for _, value in there]
    if pollutant is not Pollutant.O3:
        found = day_value(day, len(values), fsum(values) / len(values))
        return Figure(found.value, found.present, found.valid, len(values), max(values))
    slots: list[float | None] = [None] * HOURS
    for at, value in there:
        slots[(seconds(at) - begin(day) - 1) // HOUR] = value
    judged = max_8h(slots, day)
    return Figure(judged.value, judged.present, judged.valid, len(values), max(values))
