"""Observations in memory: for tests of the rooms above, and the plainest statement of what a store does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import fsum, isfinite

from gongjian.telemetry.moments import FOREVER, begin, day_number, day_of, end, from_micros, from_seconds, micros, seconds
from gongjian.telemetry.store import Claim, Coverage, DayAggregate, Flag, Period, SeriesKey, Stored, Touched, Written, usual_count
from gongjian.telemetry.versions import Version, first_version, placed


class MemoryStore:
    """Keeps everything in dictionaries; stations and factors it is given are all it knows."""

    def __init__(self, stations: Iterable[str], factors: Iterable[str]) -> None:
        self._stations, self._factors = frozenset(stations), frozenset(factors)
        self._chains: dict[SeriesKey, dict[int, list[Version]]] = defaultdict(dict)
        self._sources: list[str] = []
        self._marks: dict[Touched, int] = {}
        self._sequence = 0

    def write_many(self, batch: Mapping[SeriesKey, Sequence[Claim]], *, source: str) -> Written:
        """See the port."""
        for key, claims in batch.items():
            self._check(key, claims)
        if source not in self._sources:
            self._sources.append(source)
        self._sequence += 1
        number = self._sources.index(source)
        return sum((self._write(key, claim, number) for key, claims in batch.items() for claim in claims), Written())

    def read(self, key: SeriesKey, start: datetime, end: datetime, *, as_of: datetime | None = None) -> list[Stored]:
        """See the port."""
        moment = FOREVER if as_of is None else micros(as_of)
        return [self._stored(at, version) for at, version in self._within(key, start, end) if version.entered < moment <= version.replaced]

    def history(self, key: SeriesKey, start: datetime, end: datetime) -> list[Stored]:
        """See the port."""
        return [self._stored(at, version) for at, version in self._within(key, start, end)]

    def daily_aggregates(
        self, stations: Sequence[str], factor: str, first: date, last: date, *, as_of: datetime | None = None
    ) -> list[DayAggregate]:
        """See the port."""
        found = []
        for station in sorted(set(stations)):
            days: dict[int, list[float]] = defaultdict(list)
            for at, value in self._usable(SeriesKey(station, factor, Period.HOUR), first, last, as_of):
                days[day_number(at)].append(value)
            found += [DayAggregate(station, day_of(day), len(v), fsum(v) / len(v), min(v), max(v)) for day, v in sorted(days.items())]
        return found

    def coverage(self, key: SeriesKey, first: date, last: date, *, as_of: datetime | None = None) -> Coverage:
        """See the port."""
        present = len(self._usable(key, first, last, as_of))
        return Coverage(usual_count(key.period, (last - first).days + 1, present), present)

    def touched_since(self, sequence: int) -> tuple[int, list[Touched]]:
        """See the port."""
        return self._sequence, [touched for touched, written in self._marks.items() if written > sequence]

    def _check(self, key: SeriesKey, claims: Sequence[Claim]) -> None:
        if key.station not in self._stations or key.factor not in self._factors:
            raise KeyError(key)
        for claim in claims:
            seconds(claim.at)
            if claim.value is not None and not isfinite(claim.value):
                raise ValueError(claim)

    def _write(self, key: SeriesKey, claim: Claim, source: int) -> Written:
        at = seconds(claim.at)
        chain = self._chains[key].get(at, [])
        longer = placed(chain, first_version(micros(claim.entered_at), claim.value, claim.flag, source))
        if longer is chain:
            return Written(unchanged=1)
        self._chains[key][at] = longer
        self._marks[Touched(key, day_of(day_number(at)))] = self._sequence
        return Written(corrected=1) if chain else Written(new=1)

    def _within(self, key: SeriesKey, start: datetime, end: datetime) -> list[tuple[int, Version]]:
        first, last = seconds(start), seconds(end)
        return [(at, version) for at, chain in sorted(self._chains[key].items()) if first < at <= last for version in chain]

    def _usable(self, key: SeriesKey, first: date, last: date, as_of: datetime | None) -> list[tuple[int, float]]:
        rows = self.read(key, from_seconds(begin(first)), from_seconds(end(last)), as_of=as_of)
        return [(seconds(row.at), row.value) for row in rows if row.value is not None and row.flag == Flag.NORMAL]

    def _stored(self, at: int, version: Version) -> Stored:
        entered = from_micros(version.entered)
        if entered is None:
            raise ValueError(version)
        return Stored(from_seconds(at), version.value, version.flag, self._sources[version.source], entered, from_micros(version.replaced))
