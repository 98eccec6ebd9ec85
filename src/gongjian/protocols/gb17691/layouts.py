"""Real-time data in the three layouts of the field.

All begin with a moment of six bytes. Then come

- TYPE_SERIAL (a): {type, serial, body} again and again;
- SERIAL_FIRST (b): one serial, then {type, body};
- TIMED (c, HJ 1239.3): one serial, then {type, moment, body}, perhaps a signature at the end.

Only types 01 and 02 have a length that is known. From the first other type on the bytes are kept and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from gongjian.protocols.gb17691 import engine, moments, obd
from gongjian.protocols.gb17691.engine import EngineStream, read_engine
from gongjian.protocols.gb17691.frames import Command, Encryption, Frame
from gongjian.protocols.gb17691.moments import moment, moment_bytes
from gongjian.protocols.gb17691.obd import Obd, read_obd

_OBD, _ENGINE = 1, 2
_KINDS: Final = range(1, 6)  # types the annex knows
_SERIAL: Final = 2


class Layout(StrEnum):
    """Which of the three a vehicle speaks."""

    TYPE_SERIAL = "a"
    SERIAL_FIRST = "b"
    TIMED = "c"


class Item(NamedTuple):
    """One information item: its type, its own serial (layout a) or moment (layout c), its body as sent, and what that says.

    ``said`` is None where the bytes were kept and not read: ``body`` then holds all the rest of the data.
    """

    kind: int
    serial: int | None
    time: datetime | None
    body: bytes
    said: Obd | EngineStream | None


class Report(NamedTuple):
    """Real-time or re-sent data. ``serial`` is that of the whole (layouts b and c); ``rest`` are bytes after the last item.

    ``complete`` tells whether everything was read; if not, the layout may be another.
    """

    time: datetime | None
    serial: int | None
    items: tuple[Item, ...]
    rest: bytes = b""

    @property
    def complete(self) -> bool:
        """Whether every byte was understood."""
        return not self.rest and bool(self.items) and all(item.said is not None for item in self.items)


def read_report(data: bytes, layout: Layout) -> Report:
    """The items of real-time data in this layout. Never raises: what cannot be read stays in the last item or in ``rest``."""
    time, at = moment(data[: moments.SIZE]), moments.SIZE
    serial = None
    if layout is not Layout.TYPE_SERIAL:
        serial = int.from_bytes(data[at : at + _SERIAL], "big") if len(data) >= at + _SERIAL else None
        at += _SERIAL
    items: list[Item] = []
    while at + 1 + _between(layout) <= len(data):
        item, at = _item(data, at, layout)
        items.append(item)
    return Report(time, serial, tuple(items), data[at:])


def _between(layout: Layout) -> int:
    """Bytes between an item's type and its body."""
    return {Layout.TYPE_SERIAL: _SERIAL, Layout.SERIAL_FIRST: 0, Layout.TIMED: moments.SIZE}[layout]


def _item(data: bytes, at: int, layout: Layout) -> tuple[Item, int]:
    kind, begin = data[at], at + 1 + _between(layout)
    between = data[at + 1 : begin]
    serial = int.from_bytes(between, "big") if layout is Layout.TYPE_SERIAL else None
    time = moment(between) if layout is Layout.TIMED else None
    said, size = _said(kind, data[begin:])
    return Item(kind, serial, time, data[begin : begin + size], said), begin + size


def _said(kind: int, data: bytes) -> tuple[Obd | EngineStream | None, int]:
    """What a body at the front of ``data`` says and how long it is; None with all the rest where that is not known."""
    try:
        if kind == _OBD:
            return read_obd(data)
        if kind == _ENGINE:
            return read_engine(data[: engine.SIZE]), engine.SIZE
    except ValueError:
        return None, len(data)
    return None, len(data)


def detect_layout(frames: Iterable[Frame]) -> Layout | None:
    """The layout these frames of one vehicle are in; None where they do not tell, or fit two equally well.

    Each plain real-time frame speaks for the layouts in which more of it makes sense: items that end where the data end, known types,
    moments that are moments, an OBD item that carries the vehicle's own VIN.
    """
    scores = dict.fromkeys(Layout, 0)
    for frame in frames:
        if frame.encryption == Encryption.NONE and frame.command in {Command.REALTIME, Command.RESENT}:
            for layout in Layout:
                scores[layout] += _sense(read_report(frame.data, layout), layout, frame.vin)
    first, second = sorted(scores, key=lambda layout: scores[layout], reverse=True)[:2]
    return first if scores[first] > max(scores[second], 0) else None


def _sense(report: Report, layout: Layout, vin: str) -> int:
    score = 4 if report.complete else 0
    for item in report.items:
        score += 1 if item.kind in _KINDS else -2
        score += 8 if isinstance(item.said, Obd) and item.said.vin == vin else 0
        score += 0 if layout is not Layout.TIMED else 2 if _near(item.time, report.time) else -4
    return score


def _near(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and abs((one - other).total_seconds()) < 86_400  # noqa: PLR2004 - a day


def report_bytes(report: Report, layout: Layout) -> bytes:
    """The data of a real-time frame; ValueError where the layout needs a moment or a serial that is not there."""
    parts = [_moment_of(report.time)]
    if layout is not Layout.TYPE_SERIAL:
        parts.append(_serial_of(report.serial))
    for item in report.items:
        parts.append(bytes([item.kind]))
        if layout is Layout.TYPE_SERIAL:
            parts.append(_serial_of(item.serial))
        if layout is Layout.TIMED:
            parts.append(_moment_of(item.time))
        parts.append(item.body)
    return b"".join(parts) + report.rest


def _moment_of(time: datetime | None) -> bytes:
    if time is None:
        msg = "this layout needs a moment"
        raise ValueError(msg)
    return moment_bytes(time)


def _serial_of(serial: int | None) -> bytes:
    if serial is None:
        msg = "this layout needs a serial number"
        raise ValueError(msg)
    return serial.to_bytes(_SERIAL, "big")


def engine_item(body: bytes, *, serial: int | None = None, time: datetime | None = None) -> Item:
    """An engine stream as an item, from ``engine.engine_bytes``."""
    return Item(_ENGINE, serial, time, body, read_engine(body))


def obd_item(information: Obd, *, serial: int | None = None, time: datetime | None = None) -> Item:
    """OBD information as an item."""
    return Item(_OBD, serial, time, obd.obd_bytes(information), information)
