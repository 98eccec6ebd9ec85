"""What any feed comes to: hourly values, lines that were refused and why, and columns nobody here knows."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from gongjian.kernel.refusal import Refusal
from gongjian.standards.air.pollutants import Pollutant

YEARS = range(2000, 2100)  # a label outside is a slip of the pen
HIGHEST = 10_000.0  # in the pollutant's own unit: no instrument reads so far


class HourValue(NamedTuple):
    """One hourly mean, in the pollutant's own unit; ``at`` labels the end of the hour."""

    station: str  # as the feed prints it
    pollutant: Pollutant
    at: datetime
    value: float


class Refused(NamedTuple):
    """A line that was not taken, by its number in the file (the heading is 1), and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Feed:
    """What a file holds."""

    layout: str
    values: list[HourValue] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    lines: int = 0


class NotAFeed(Refusal):
    """The file as a whole cannot be read."""


class BadLine(Exception):  # noqa: N818 - it ends a line, not the program
    """A line that cannot be read; ``str()`` is the reason in Chinese."""


def concentration(text: str, where: str) -> float | None:
    """The value of a cell, None for an empty one; BadLine for what is no concentration. ``where`` names the column."""
    text = text.strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= HIGHEST or not text.isascii():
        msg = f"“{where}”栏的“{text[:20]}”不是0到{HIGHEST:.0f}之间的数值"
        raise BadLine(msg)
    return value


def plausible(at: datetime, text: str) -> datetime:
    """The label, if its year can be meant; BadLine otherwise. ``text`` is what the feed wrote."""
    if at.year in YEARS:
        return at
    msg = f"时间“{text[:30]}”不在{YEARS[0]}至{YEARS[-1]}年之间"
    raise BadLine(msg)
