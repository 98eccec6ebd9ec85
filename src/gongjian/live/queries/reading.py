"""Reading what was measured, from the live store and from the store of observations, as strands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gongjian.live.queries.factors import Instruments, Measured, Wire
from gongjian.live.strands import Strand, empty, joined
from gongjian.telemetry.judged import CONVERTED_WORDS, MIXED_WORDS, chosen, columns_for, converted_statistic, measured_statistic
from gongjian.telemetry.live.port import NOT_SENT, STREAMS, Column, Stream
from gongjian.telemetry.models import Station
from gongjian.telemetry.moments import from_seconds, seconds
from gongjian.telemetry.queries import live, store
from gongjian.telemetry.store import Period, SeriesKey

STEPS: Final = {Period.REAL_TIME: 0, Period.MINUTE: 60, Period.HOUR: 3600, Period.DAY: 86_400}  # seconds from begin to label
REAL_TIME: Final = 120  # seconds between real-time values that are joined


def strands_of(
    station: Station, known: Instruments, factors: Sequence[Measured], period: Period, first: int, last: int
) -> dict[str, Strand]:
    """What stands now of these factors, the judged values, labels after ``first`` up to ``last``; by code, every factor asked for.

    A device is read once for all its factors. Where both stores have a label the live one stands: it is the first to hear of corrections.
    """
    step = _step(period, {device.pk: _length(period, device.minute_interval) for device in known.devices})
    found = {one.code: _stored(station, one, period, (first, last), step) for one in factors}
    for code, strand in _of_devices(known, factors, period, (first, last), is_judged=True):
        found[code] = joined(found[code], strand)
    return found


def measured_strands(known: Instruments, factors: Sequence[Measured], period: Period, first: int, last: int) -> dict[str, Strand]:
    """The same factors as measured, of which converted values were judged. Only the live store keeps both."""
    found: dict[str, Strand] = {}
    for code, strand in _of_devices(known, factors, period, (first, last), is_judged=False):
        found[code] = joined(found[code], strand) if code in found else strand
    return found


def _of_devices(
    known: Instruments, factors: Sequence[Measured], period: Period, span: tuple[int, int], *, is_judged: bool
) -> Iterator[tuple[str, Strand]]:
    lengths = {device.pk: _length(period, device.minute_interval) for device in known.devices}
    wires: dict[int, list[tuple[Measured, Wire]]] = defaultdict(list)
    for one in factors:
        for wire in one.wires:
            wires[wire.device].append((one, wire))
    for device, sent in wires.items():
        yield from _heard(device, sent, period, span, lengths[device], is_judged=is_judged).items()


def _length(period: Period, interval: int) -> int:
    return 60 * interval if period is Period.MINUTE else STEPS[period]


def _step(period: Period, lengths: dict[int, int]) -> int:
    return max(lengths.values(), default=STEPS[period]) or REAL_TIME


def _heard(
    device: int, sent: Sequence[tuple[Measured, Wire]], period: Period, span: tuple[int, int], length: int, *, is_judged: bool
) -> dict[str, Strand]:
    """One device's factors; labels in ``span``."""
    stream, codes = STREAMS[period], [wire.code for _, wire in sent]
    converts = is_judged and _converts(device, stream)
    columns = columns_for(codes, stream) if converts else [Column(code, measured_statistic(stream)) for code in codes]
    moments, values, flags = live().table(device, stream, columns, span[0] - length + 1, span[1] - length + 1)
    basis = [""] * len(sent)
    if converts:
        values, flags, converted = chosen(values, flags)
        basis = [_basis(converted[:, place], flags[:, place] != NOT_SENT) for place in range(len(sent))]
    strands: dict[str, Strand] = {}
    labels = moments + length
    for place, (one, wire) in enumerate(sent):
        strand = _strand(one, labels, values[:, place] * wire.scale, np.ascontiguousarray(flags[:, place]), length or REAL_TIME)
        strand = replace(strand, basis=basis[place])
        strands[one.code] = joined(strands[one.code], strand) if one.code in strands else strand
    return strands


def _basis(converted: NDArray[np.bool_], there: NDArray[np.bool_]) -> str:
    if not converted.any():
        return ""
    return CONVERTED_WORDS if converted[there].all() else MIXED_WORDS


def _strand(one: Measured, labels: NDArray[np.int64], values: NDArray[np.float64], flags: NDArray[np.uint8], step: int) -> Strand:
    """Of rows of several factors those that have this one."""
    there = flags != NOT_SENT
    if not there.all():
        labels, values, flags = labels[there], values[there], flags[there]
    return Strand(one.code, one.name, one.unit, step, labels, values, flags)


def _converts(device: int, stream: Stream) -> bool:
    """Whether it ever sent converted values: not whether its newest upload has them, for each value is judged by itself."""
    return any(column.statistic == converted_statistic(stream) for column in live().columns(device, stream))


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
