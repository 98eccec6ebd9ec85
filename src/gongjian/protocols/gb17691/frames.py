"""The envelope: start, command, VIN, software version, encryption, length, data, check byte."""

from __future__ import annotations

import struct
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

STARTS: Final = (b"##", b"~~")  # 2323 of Annex Q, 7E7E of HJ 1239.3
FRONT: Final = 24  # bytes before the data
AROUND: Final = FRONT + 1  # the check byte follows
VIN: Final = 17
HARD_CAP: Final = 65_535  # bytes of data: no more fits into the length
LONGEST: Final = 4096  # bytes of data a frame has at most unless the decoder is told otherwise; real ones stay under 1,000
_HEAD: Final = struct.Struct(">2sB17sBBH")


class Command(IntEnum):
    """What a frame is for."""

    LOGIN = 1
    REALTIME = 2
    RESENT = 3
    LOGOUT = 4
    CLOCK = 5


class Encryption(IntEnum):
    """How the data are encrypted; only NONE is read, the others are kept as bytes."""

    NONE = 1
    RSA = 2
    SM2 = 3


class Frame(NamedTuple):
    """An event: a frame whose length and check byte hold. ``command`` may be one the standard does not list."""

    start: bytes
    command: int
    vin: str
    software: int
    encryption: int
    data: bytes


class Reason(StrEnum):
    """Why bytes that looked like a frame were refused."""

    CHECK = "check"
    NOT_OURS = "gb32960"
    TOO_LONG = "too-long"
    HALF = "half"


class Refused(NamedTuple):
    """An event: what looked like a frame and is none, with one Chinese sentence: what, where, what to do."""

    raw: bytes
    reason: Reason
    sentence: str


class Rubbish(NamedTuple):
    """An event: so many bytes that belonged to no frame."""

    size: int


Event = Frame | Refused | Rubbish


def check_byte(data: bytes) -> int:
    """BCC: the xor of all bytes, from the command to the last of the data."""
    word, size = int.from_bytes(data, "big"), len(data)
    while size > 1:  # folded in halves, which a Python integer does in C
        size = (size + 1) // 2
        word = (word >> 8 * size) ^ (word & (1 << 8 * size) - 1)
    return word


def frame_bytes(frame: Frame) -> bytes:
    """The frame on the wire; ValueError for what does not fit: an odd start, a VIN not of 17 characters, too much data."""
    vin = frame.vin.encode("ascii")
    if frame.start not in STARTS or len(vin) != VIN or len(frame.data) > HARD_CAP:
        msg = f"no frame: start {frame.start!r}, VIN {frame.vin!r}, {len(frame.data)} bytes of data"
        raise ValueError(msg)
    head = _HEAD.pack(frame.start, frame.command, vin, frame.software, frame.encryption, len(frame.data))
    covered = head[2:] + frame.data
    return frame.start + covered + bytes([check_byte(covered)])


def read_frame(raw: bytes) -> Frame:
    """The parts of a frame that was checked."""
    start, command, vin, software, encryption, size = _HEAD.unpack_from(raw)
    return Frame(start, command, vin.decode("ascii"), software, encryption, raw[FRONT : FRONT + size])
