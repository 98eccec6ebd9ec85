"""The live store as a source: what devices of outlets upload, a moment after it became durable.

Live moments name the START of a period; here they become labels of its END. Which of a factor's values is judged: ``telemetry.judged``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from gongjian.alarms.source import Touched
from gongjian.standards.quality.series import Series
from gongjian.telemetry.judged import chosen, columns_for
from gongjian.telemetry.live.packing import MICRO
from gongjian.telemetry.live.port import NO_FLAG, NOT_SENT, STREAMS, Stream
from gongjian.telemetry.models import DeviceFactor
from gongjian.telemetry.queries import live
from gongjian.telemetry.store import Period, SeriesKey

SWEEP = "alarms"  # the name under which the live store knows how far this has read
AT_ONCE = 5_000  # uploads of one piece
FOREVER = 4_102_444_800  # the year 2100
PERIODS = {stream: period for period, stream in STREAMS.items()}
NORMAL_TOO = (NO_FLAG, ord("3"))  # no flag, or normal by the edition of 2005
LENGTHS = {Period.HOUR: 3600, Period.DAY: 86400}


class Meaning(NamedTuple):
    """What a factor of a device is: of which station and factor, by which code, scaled how, at which interval of minute data (seconds)."""

    device: int
    code: str
    station: str
    factor: str
    scale: float
    interval: int


def uploading_stations() -> set[str]:
    """The stations whose values devices upload: the live store is where they are read, not the observations folded out of it."""
    return {one.station for one in _meanings()}


class UploadedSource:
    """Told by packets."""

    name = "live"

    def since(self, cursor: int, stations: Collection[str]) -> tuple[int, Sequence[Touched]]:
        """See the port."""
        to, heard = live().since(cursor, AT_ONCE, list(PERIODS))
        by_device: dict[int, list[Meaning]] = {}
        for one in _meanings() if heard else []:
            by_device.setdefault(one.device, []).append(one)
        told = []
        for upload in heard:
            period, received = PERIODS[Stream(upload.stream)], upload.received // MICRO
            sent = {column.factor for column in upload.columns}
            for meaning in by_device.get(upload.device, []):
                if meaning.code in sent and meaning.station in stations:
                    key = SeriesKey(meaning.station, meaning.factor, period)
                    told.append(Touched(key, upload.moment + _length(meaning, period), received))
                    if period is Period.REAL_TIME:
                        break  # only that something was heard: one says it for all
        return to, told

    def judged(self, cursor: int) -> None:
        """Let the live store pack away what was read."""
        live().move_cursor(SWEEP, cursor)

    def length(self, key: SeriesKey) -> int:
        """See the port."""
        meaning = _meaning_of(key)
        return _length(meaning, key.period) if meaning else LENGTHS.get(key.period, 60)

    def window(self, key: SeriesKey, after: int, until: int | None = None) -> Series:
        """See the port."""
        meaning = _meaning_of(key)
        if meaning is None:
            return Series(np.empty(0, np.int64), np.empty(0), np.empty(0, "U1"), LENGTHS.get(key.period, 60))
        length = _length(meaning, key.period)
        columns = columns_for([meaning.code], STREAMS[key.period])
        last = (FOREVER if until is None else until) - length + 1
        moments, values, flags = live().table(meaning.device, STREAMS[key.period], columns, after - length + 1, last)
        told = chosen(values, flags)
        letters = told.flags[:, 0]
        sent = letters != NOT_SENT
        letters = np.where(np.isin(letters, NORMAL_TOO), ord("N"), letters)[sent]
        words = np.array([chr(letter) for letter in letters.tolist()], dtype="U1")
        return Series(moments[sent] + length, told.values[:, 0][sent] * meaning.scale, words, length)

    def keys(self, stations: Collection[str]) -> Sequence[SeriesKey]:
        """See the port."""
        found, sent = set(), {}
        for meaning in _meanings():
            if meaning.station not in stations:
                continue
            for period, stream in STREAMS.items():
                at = (meaning.device, stream)
                if at not in sent:
                    sent[at] = {column.factor for column in live().columns(*at)}
                if meaning.code in sent[at]:
                    found.add(SeriesKey(meaning.station, meaning.factor, period))
        return sorted(found)


def _meanings() -> list[Meaning]:
    rows = DeviceFactor.objects.filter(factor__isnull=False, device__station__isnull=False).order_by("device_id", "code")
    named = rows.values_list("device_id", "code", "device__station__code", "factor__code", "scale", "device__minute_interval")
    return [Meaning(*row[:5], 60 * row[5]) for row in named]


def _meaning_of(key: SeriesKey) -> Meaning | None:
    """The first device that measures a factor of a station."""
    rows = DeviceFactor.objects.filter(factor__code=key.factor, device__station__code=key.station).order_by("device_id", "code")
    row = rows.values_list("device_id", "code", "device__station__code", "factor__code", "scale", "device__minute_interval").first()
    return Meaning(*row[:5], 60 * row[5]) if row else None


def _length(meaning: Meaning, period: Period) -> int:
    return 0 if period is Period.REAL_TIME else LENGTHS.get(period, meaning.interval)
