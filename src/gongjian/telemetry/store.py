"""The port to observations: what any store of them can do. One contract test holds every implementation to it.

A value has versions. A write is a claim: this label had this value, so I was told at ``entered_at``. A claim equal to what was known
at that moment changes nothing; a different one is a correction and replaces the version before it, from its moment on. Claims may come
in any order of moments. Of two different values claimed at the very same moment the higher stands, so that order does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol


class Period(StrEnum):
    """What an observation is a mean over."""

    REAL_TIME = "realtime"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return {"realtime": "实时", "minute": "分钟", "hour": "小时", "day": "日"}[self.value]


class Flag(StrEnum):
    """State of the device with the value (HJ 212-2017 table of data flags, m); only NORMAL takes part in means."""

    NORMAL = "N"
    STOPPED = "F"
    MAINTENANCE = "M"
    BY_HAND = "S"
    FAULT = "D"
    CALIBRATION = "C"
    OVER_RANGE = "T"
    NO_LINK = "B"


class SeriesKey(NamedTuple):
    """Which series: codes of station and factor, and the period."""

    station: str
    factor: str
    period: Period


class Claim(NamedTuple):
    """One value to be written. ``at`` labels the END of its period (see ``moments``); None is no value (missing, not zero)."""

    at: datetime
    value: float | None
    entered_at: datetime
    flag: str = "N"


class Stored(NamedTuple):
    """One version as it is kept; ``replaced_at`` None while it stands."""

    at: datetime
    value: float | None
    flag: str
    source: str
    entered_at: datetime
    replaced_at: datetime | None


class DayAggregate(NamedTuple):
    """A day of hourly values worked out by the store: only those with a value and the NORMAL flag."""

    station: str
    day: date
    present: int
    mean: float
    minimum: float
    maximum: float


class Touched(NamedTuple):
    """A day of a series in which something was written."""

    key: SeriesKey
    day: date


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: values that were not there, that replaced another, that were there already."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(self.new + other.new, self.corrected + other.corrected, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what should be there is there: ``present`` usable values of ``expected``."""

    expected: int
    present: int


class Store(Protocol):
    """A store of observations.

    Intervals of labels are open at ``start`` and closed at ``end``, as days are. ``as_of`` reads what had been entered before that
    moment: the end of a day for what was known by the end of the day. None reads what stands now.
    """

    def write_many(self, batch: Mapping[SeriesKey, Sequence[Claim]], *, source: str) -> Written:
        """Write claims, all or nothing. KeyError for a station or factor that is not registered; ValueError for no finite value."""

    def read(self, key: SeriesKey, start: datetime, end: datetime, *, as_of: datetime | None = None) -> list[Stored]:
        """The versions that stood at ``as_of``, labels ascending."""

    def history(self, key: SeriesKey, start: datetime, end: datetime) -> list[Stored]:
        """Every version ever, by label, then by ``entered_at``."""

    def daily_aggregates(
        self, stations: Sequence[str], factor: str, first: date, last: date, *, as_of: datetime | None = None
    ) -> list[DayAggregate]:
        """The days of hourly values, by station and day; days without any are absent."""

    def coverage(self, key: SeriesKey, first: date, last: date, *, as_of: datetime | None = None) -> Coverage:
        """Usable values from ``first`` to ``last`` against those the period asks for (REAL_TIME: as many as there are)."""

    def touched_since(self, sequence: int) -> tuple[int, list[Touched]]:
        """The days written to after a cursor position, and the new position. A day may be named again, never left out."""


def usual_count(period: Period, days: int, present: int) -> int:
    """How many values of a period so many days have; for REAL_TIME, which has no rhythm of its own, as many as are there."""
    per_day = {Period.MINUTE: 1440, Period.HOUR: 24, Period.DAY: 1}.get(period)
    return present if per_day is None else per_day * days
