"""What a device sends: readings, states, a boot, a heartbeat. For the simulator and for tests; split where one frame is too short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from math import isfinite

from gongjian.protocols.hj212.codes import Command
from gongjian.protocols.hj212.events import Reading
from gongjian.protocols.hj212.messages import Field, Message, segment_of
from gongjian.protocols.hj212.moments import written, written_precisely
from gongjian.protocols.hj212.profiles import SEGMENT
from gongjian.protocols.hj212.requests import ASK, Address, message

_PARTS = 2  # bit D of Flag
_MOST = 9999  # parts
_LEAST, _GREATEST = 1e-12, 1e15
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """Readings of one moment or period. ``time`` is its start where the command is of a period, else the instant."""

    command: Command
    time: datetime
    readings: Sequence[Reading]
    wants_answer: bool = True


def upload(of: Address, at: datetime, data: Upload, longest: int = SEGMENT) -> tuple[Message, ...]:
    """The messages of an upload: one, or parts that each hold whole items, repeat DataTime and have a QN of their own.

    Readings of one factor stand together. ValueError where a single item does not fit into ``longest`` bytes.
    """
    moment = (("DataTime", written(data.time)),)
    items = [tuple(_item(list(rows))) for _, rows in groupby(data.readings, key=lambda reading: reading.factor)]
    flag = ASK if data.wants_answer else 0
    whole = message(of, at, data.command, moment, *items, flag=flag)
    if len(segment_of(whole)) <= longest:
        return (whole,)
    frame = whole._replace(items=(moment,), flag=of.edition << 2 | flag | _PARTS, total=_MOST, part=_MOST)
    portions = list(_portions(items, longest - len(segment_of(frame))))
    return tuple(
        frame._replace(qn=written_precisely(at + number * _MILLISECOND), items=(moment, *portion), total=len(portions), part=number + 1)
        for number, portion in enumerate(portions)
    )


def booted(of: Address, at: datetime, restarted: datetime) -> Message:
    """2081: the instrument started at that moment."""
    return message(of, at, Command.BOOT, (("DataTime", written(at)),), (("RestartTime", written(restarted)),))


def heartbeat(of: Address, at: datetime) -> Message:
    """9015, as seen in the field: still there."""
    return message(of, at, Command.HEARTBEAT)


def _item(rows: Sequence[Reading]) -> Iterator[Field]:
    """All fields of one factor; what stands beside the values is told once, after them."""
    for row in rows:
        yield f"{row.factor}-{row.statistic}", "" if row.value is None else number_text(row.value)
    last = rows[-1]
    if last.flag is not None:
        yield f"{last.factor}-Flag", last.flag
    if last.eflag is not None:
        yield f"{last.factor}-EFlag", last.eflag
    if last.sampled_at is not None:
        yield f"{last.factor}-SampleTime", written(last.sampled_at)


def number_text(value: float) -> str:
    """The shortest plain decimal that reads back as the same number, without an exponent; ValueError for none, or one nobody measures."""
    if not isfinite(value) or (value and not _LEAST <= abs(value) <= _GREATEST):
        msg = f"no value to send: {value!r}"
        raise ValueError(msg)
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _portions(items: Iterable[tuple[Field, ...]], room: int) -> Iterator[tuple[tuple[Field, ...], ...]]:
    """Runs of items that fit into ``room`` bytes, each with the ``;`` before it."""
    portion: list[tuple[Field, ...]] = []
    used = 0
    for item in items:
        size = sum(len(key) + len(value) + 2 for key, value in item)
        if size > room:
            msg = f"an item of {size} bytes does not fit into {room}"
            raise ValueError(msg)
        if used + size > room:
            yield tuple(portion)
            portion, used = [], 0
        portion.append(item)
        used += size
    yield tuple(portion)
