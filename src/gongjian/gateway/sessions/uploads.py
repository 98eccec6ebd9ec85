"""What of a packet is kept: its readings as a body, the rest as an extra."""

from __future__ import annotations

from typing import Final

from gongjian.gateway.remembering import ByIdentity
from gongjian.protocols.hj212.codes import Statistic
from gongjian.protocols.hj212.events import Columns, Packet
from gongjian.protocols.hj212.moments import written
from gongjian.telemetry.live.packing import RESENT, Content, body_of, extra_of, flag_bytes, shape_number
from gongjian.telemetry.live.port import Column, Shape


def _shaped(factors: tuple[str, ...], statistics: tuple[Statistic, ...]) -> tuple[Shape, int]:
    shape = tuple(Column(factor, statistic.value) for factor, statistic in zip(factors, statistics, strict=True))
    return shape, shape_number(shape)


_shapes: ByIdentity[tuple[Shape, int]] = ByIdentity(_shaped)  # one pair of tuples for each layout of the codec
_flags: ByIdentity[bytes] = ByIdentity(flag_bytes)
_NOTHING: Final[tuple[Shape, int]] = (), 0


def content(packet: Packet, *, late: bool) -> tuple[Shape, Content]:
    """The columns of a packet and what is kept under them. ``late``: it came after younger ones."""
    factors, statistics, values, flags, eflags, sampled = packet.columns
    shape, number = _shapes(factors, statistics) if factors else _NOTHING
    body = body_of(values, _flags(flags)) if factors else b""
    extra = _extra(packet) if packet.others or eflags or sampled else None
    marks = packet.tolerated.value | (RESENT if late or packet.head.resent else 0)
    return shape, Content(number, body, extra, marks)


def _extra(packet: Packet) -> bytes | None:
    """Fields that are no readings, and what was said beside readings: EFlag, SampleTime."""
    columns: Columns = packet.columns
    names = [f"{factor}-{statistic}" for factor, statistic in zip(columns.factors, columns.statistics, strict=True)]
    codes = [(f"{name}-EFlag", code) for name, code in zip(names, columns.eflags, strict=False) if code is not None]
    times = [(f"{name}-SampleTime", written(at)) for name, at in zip(names, columns.sampled_at, strict=False) if at is not None]
    return extra_of([*packet.others, *codes, *times])
