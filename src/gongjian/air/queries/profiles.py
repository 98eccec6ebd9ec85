"""When in the day and in the week a pollutant is high: means by hour and by weekday, whatever the wind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import fsum

from gongjian.air.queries.days import days
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.models import Station
from gongjian.telemetry.moments import DAY, OFFSET, begin, end, from_seconds, seconds
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Flag, Period, SeriesKey

HOUR = 3600  # seconds
SEASONS: Mapping[str, frozenset[int]] = {
    "全年": frozenset(range(1, 13)),
    "采暖季（11月至3月）": frozenset({11, 12, 1, 2, 3}),
    "非采暖季（4月至10月）": frozenset(range(4, 11)),
}


@dataclass(frozen=True, slots=True)
class Bin:
    """One place of a profile: its mean (None: nothing there) and how many values it rests on."""

    mean: float | None
    count: int


def diurnal(where: Station, pollutant: Pollutant, first: date, last: date, *, as_of: datetime | None) -> dict[str, list[Bin]]:
    """By season, the mean of each of the day's hours: the first is labelled 1:00, the last 24:00."""
    key = SeriesKey(where.code, pollutant.value, Period.HOUR)
    rows = store().read(key, from_seconds(begin(first)), from_seconds(end(last)), as_of=as_of)
    slots = [
        (from_seconds(seconds(row.at) - 1).month, (seconds(row.at) + OFFSET - 1) % DAY // HOUR, row.value)
        for row in rows
        if row.value is not None and row.flag == Flag.NORMAL
    ]
    return {name: _bins(((slot, value) for month, slot, value in slots if month in among), 24) for name, among in SEASONS.items()}


def weekly(where: Station, pollutant: Pollutant, first: date, last: date, *, as_of: datetime | None) -> dict[str, list[Bin]]:
    """By season, the mean of the valid days of each weekday, Monday first."""
    rows = days(where, first, last, as_of=as_of, pollutants=[pollutant])[pollutant]
    valid = [(row.day, row.value) for row in rows if row.valid and row.value is not None]
    return {name: _bins(((day.weekday(), value) for day, value in valid if day.month in among), 7) for name, among in SEASONS.items()}


def _bins(values: Iterable[tuple[int, float]], size: int) -> list[Bin]:
    found: dict[int, list[float]] = defaultdict(list)
    for place, value in values:
        found[place].append(value)
    return [Bin(fsum(found[place]) / len(found[place]) if found[place] else None, len(found[place])) for place in range(size)]
