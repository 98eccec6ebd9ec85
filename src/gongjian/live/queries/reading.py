"""Reading what was measured, from the live store and from the store of observations, as strands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np

from gongjian.live.queries.factors import Instruments, Measured, Wire
from gongjian.live.strands import Strand, empty, joined
from gongjian.telemetry.live.port import STREAMS, Column, Stream
from gongjian.telemetry.models import Station
from gongjian.telemetry.moments import from_seconds, seconds
from gongjian.telemetry.queries import live, store
from gongjian.telemetry.store import Period, SeriesKey

STEPS: Final = {Period.REAL_TIME: 0, Period.MINUTE: 60, Period.HOUR: 3600, Period.DAY: 86_400}  # seconds from begin to label
REAL_TIME: Final = 120  # seconds between real-time values that are joined
STATISTICS: Final = {Stream.REAL_TIME: "Rtd"}


def strands_of(
    station: Station, known: Instruments, factors: Sequence[Measured], period: Period, first: int, last: int
) -> dict[str, Strand]:
    """What stands now of these factors, labels after ``first`` up to ``last``; by code, every factor asked for.

    A device is read once for all its factors. Where both stores have a label the live one stands: it is the first to hear of corrections.
    """
    lengths = {device.pk: _length(period, device.minute_interval) for device in known.devices}
    found = {one.code: _stored(station, one, period, (first, last), _step(period, lengths)) for one in factors}
    wires: dict[int, list[tuple[Measured, Wire]]] = defaultdict(list)
    for one in factors:
        for wire in one.wires:
            wires[wire.device].append((one, wire))
    for device, sent in wires.items():
        for code, strand in _heard(device, sent, period, (first, last), lengths[device]).items():
            found[code] = joined(found[code], strand)
    return found


def _length(period: Period, interval: int) -> int:
    return 60 * interval if period is Period.MINUTE else STEPS[period]


def _step(period: Period, lengths: dict[int, int]) -> int:
    return max(lengths.values(), default=STEPS[period]) or REAL_TIME


def _heard(device: int, sent: Sequence[tuple[Measured, Wire]], period: Period, span: tuple[int, int], length: int) -> dict[str, Strand]:
    """One device's factors; labels in ``span``."""
    stream = STREAMS[period]
    columns = [Column(wire.code, STATISTICS.get(stream, "Avg")) for _, wire in sent]
    moments, values, flags = live().table(device, stream, columns, span[0] - length + 1, span[1] - length + 1)
    strands: dict[str, Strand] = {}
    for place, (one, wire) in enumerate(sent):
        there = flags[:, place] != 0
        whole = bool(there.all())
        at = moments + length if whole else moments[there] + length
        value = (values[:, place] if whole else values[there, place]) * wire.scale
        flag = flags[:, place] if whole else flags[there, place]
        strand = Strand(one.code, one.name, one.unit, length or REAL_TIME, at, value, flag)
        strands[one.code] = joined(strands[one.code], strand) if one.code in strands else strand
    return strands


def _stored(station: Station, one: Measured, period: Period, span: tuple[int, int], step: int) -> Strand:
    if period not in one.stored:
        return empty(one.code, one.name, one.unit, step)
    rows = store().read(SeriesKey(station.code, one.code, period), from_seconds(span[0]), from_seconds(span[1]))
    moments = np.array([seconds(row.at) for row in rows], np.int64)
    values = np.array([np.nan if row.value is None else row.value for row in rows], float)
    flags = np.array([ord(row.flag[:1] or "N") for row in rows], np.uint8)
    return Strand(one.code, one.name, one.unit, step, moments, values, flags)


def periods_heard(known: Instruments) -> list[Period]:
    """The periods there is anything of, the finest first."""
    devices = [device.pk for device in known.devices]
    heard = {period for period, stream in STREAMS.items() if devices and live().latest(devices, stream)}
    stored = {period for one in known.factors for period in one.stored}
    return [period for period in Period if period in heard or period in stored]


def span_of(begin: datetime, end: datetime) -> tuple[int, int]:
    """A span of labels in seconds."""
    return seconds(begin.replace(microsecond=0)), seconds(end.replace(microsecond=0))
