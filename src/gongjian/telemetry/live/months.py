"""Months as whole numbers on the monitoring clock, and which part of a month's files a device is in. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from gongjian.telemetry.live.packing import DAY
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.moments import OFFSET, day_of, number_of

PER_PART: Final = 32  # devices of one file: what late data make anew, and row groups a reader looks through
_YEAR: Final = 12


class Part(NamedTuple):
    """What one file holds: a stream, a month (``month_of``) and ``PER_PART`` devices of neighbouring numbers."""

    stream: int
    month: int
    part: int

    @property
    def first(self) -> int:
        """The moment its month begins with, seconds."""
        return month_begin(self.month)

    @property
    def last(self) -> int:
        """The moment its month ends with and the next begins."""
        return month_begin(self.month + 1)

    @property
    def devices(self) -> tuple[int, int]:
        """The first device, and the first of the next part."""
        return self.part * PER_PART, (self.part + 1) * PER_PART

    @property
    def folder(self) -> str:
        """Where its file lies below the archive, ``minute/2020``."""
        return f"{stream_name(self.stream)}/{self.month // _YEAR}"

    @property
    def stem(self) -> str:
        """How its file's name begins, ``minute-2020-09-00000``."""
        return f"{stream_name(self.stream)}-{month_name(self.month)}-{self.part:05}"


def part_of(device: int) -> int:
    """The part a device is in."""
    return device // PER_PART


def month_of(moment: int) -> int:
    """The month a moment (seconds) is in."""
    return month_of_day((moment + OFFSET) // DAY)


def month_of_day(day: int) -> int:
    """The month of a day (days since 1970)."""
    on = day_of(day)
    return on.year * _YEAR + on.month - 1


def month_begin(month: int) -> int:
    """The moment a month begins with, seconds."""
    return number_of(date(month // _YEAR, month % _YEAR + 1, 1)) * DAY - OFFSET


def month_name(month: int) -> str:
    """As people write it, ``2020-09``."""
    return f"{month // _YEAR}-{month % _YEAR + 1:02}"


def stream_name(stream: int) -> str:
    """The kind of upload as folders and files are called, ``real-time``; its number where it is none of ours."""
    return Stream(stream).name.lower().replace("_", "-") if stream in set(Stream) else str(stream)
