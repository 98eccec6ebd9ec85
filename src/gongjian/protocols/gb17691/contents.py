"""What a frame means: login, logout, a clock asked for, information items; whatever is encrypted or unknown stays bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongjian.protocols.gb17691.frames import Command, Encryption, Frame
from gongjian.protocols.gb17691.layouts import Layout, Report, read_report, report_bytes
from gongjian.protocols.gb17691.moments import SIZE, moment, moment_bytes

_LOGIN: Final = SIZE + 2 + 20
_LOGOUT: Final = SIZE + 2


@dataclass(frozen=True, slots=True)
class Login:
    """A vehicle begins to send: ``serial`` counts logins, ``iccid`` is its SIM card. ``time`` is None where its clock tells none."""

    time: datetime | None
    serial: int
    iccid: str


@dataclass(frozen=True, slots=True)
class Logout:
    """A vehicle ends what it began with the same serial number."""

    time: datetime | None
    serial: int


@dataclass(frozen=True, slots=True)
class ClockAsked:
    """A vehicle asks for the time."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """Data that were not read, with why: encrypted, a command nobody knows, or not as long as they should be."""

    data: bytes
    why: str


Content = Login | Logout | ClockAsked | Report | Opaque


def content_of(frame: Frame, layout: Layout) -> Content:
    """The content of a frame in the layout its vehicle speaks. Never raises for what was sent."""
    data = frame.data
    if frame.encryption != Encryption.NONE:
        return Opaque(data, "数据已加密")
    if frame.command == Command.LOGIN and len(data) == _LOGIN:
        return Login(moment(data[:SIZE]), int.from_bytes(data[SIZE:8], "big"), data[8:].decode("latin-1"))
    if frame.command == Command.LOGOUT and len(data) == _LOGOUT:
        return Logout(moment(data[:SIZE]), int.from_bytes(data[SIZE:], "big"))
    if frame.command == Command.CLOCK and not data:
        return ClockAsked()
    if frame.command in {Command.REALTIME, Command.RESENT} and len(data) >= SIZE:
        return read_report(data, layout)
    return Opaque(data, "命令不认识或数据长度不符")


def content_bytes(content: Login | Logout | ClockAsked | Report, layout: Layout) -> bytes:
    """The data of a frame; ValueError for a login without a moment or with an ICCID that is not of 20 characters."""
    if isinstance(content, Report):
        return report_bytes(content, layout)
    if isinstance(content, ClockAsked):
        return b""
    if content.time is None:
        msg = "a login or logout has a moment"
        raise ValueError(msg)
    front = moment_bytes(content.time) + content.serial.to_bytes(2, "big")
    if isinstance(content, Logout):
        return front
    iccid = content.iccid.encode("latin-1")
    if len(front + iccid) != _LOGIN:
        msg = f"an ICCID has 20 characters, not {content.iccid!r}"
        raise ValueError(msg)
    return front + iccid
