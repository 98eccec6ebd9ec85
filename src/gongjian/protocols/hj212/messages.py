"""A message as it is to be sent, field by field, and its bytes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gongjian.protocols.hj212.crc import crc_text, modbus
from gongjian.protocols.hj212.events import Packet
from gongjian.protocols.hj212.profiles import HARD_CAP, SEGMENT
from gongjian.protocols.hj212.sealing import sealed, unsealed
from gongjian.protocols.hj212.tolerances import NONE, Tolerance

Field = tuple[str, str]
_KEY: Final = re.compile(r"[!-%'-+\--:<>-~]{1,64}")  # no separator: & , ; =
_VALUE: Final = re.compile(r"[ -%'-+\--:<>-~]*")


class Message(NamedTuple):
    """One message, in the standard's order of fields. ``items`` are the groups of CP: fields joined by ``,``, groups by ``;``.

    ``flag`` None, ``qn`` None and an empty ``pw`` make what a strict reader refuses: for devices to be imitated.
    """

    qn: str | None
    st: str
    cn: str
    pw: str
    mn: str
    flag: int | None
    items: tuple[tuple[Field, ...], ...] = ()
    total: int | None = None
    part: int | None = None


def send(message: Message, *, habits: Tolerance = NONE, longest: int = SEGMENT, key: bytes | None = None) -> bytes:
    """The frame of a message, its CP sealed where there is a key.

    ``habits`` are a device's own ways with check code and length, to imitate it: lower case, CRC-16/MODBUS, plain or swapped, six bytes
    too many. ValueError for what cannot stand on the wire: separators inside a field, a segment over ``longest`` bytes.
    """
    plain = segment_of(message)
    data = plain if key is None else sealed(plain, key)
    if len(data) > min(longest, HARD_CAP):
        msg = f"a data segment of {len(data)} bytes is longer than {longest}: split it"
        raise ValueError(msg)
    length = len(data) + (6 if Tolerance.LENGTH_OFF_BY_SIX in habits else 0)
    return b"##%04d%b%b\r\n" % (length, data, _check(plain, habits))


def segment_of(message: Message) -> bytes:
    """The data segment of a message, plain."""
    head = [("QN", message.qn), ("ST", message.st), ("CN", message.cn), ("PW", message.pw), ("MN", message.mn)]
    head += [(key, None if number is None else str(number)) for key, number in _numbers(message)]
    front = ";".join(_field(key, value) for key, value in head if value is not None)
    groups = ";".join(",".join(_field(*field) for field in item) for item in message.items)
    return f"{front};CP=&&{groups}&&".encode("ascii")


def message_of(packet: Packet, key: bytes | None = None) -> Message:
    """The message a packet was, for packets that read without tolerances: ``send`` of it gives the same bytes."""
    segment = packet.raw[6:-6]
    plain = segment if key is None else unsealed(segment, key)
    inner = plain.partition(b";CP=&&")[2][:-2].decode("ascii")
    items = tuple(tuple(_pair(field) for field in item.split(",")) for item in inner.split(";")) if inner else ()
    head = packet.head
    return Message(packet.qn, head.st, head.cn, head.pw, head.mn, head.flag, items, head.total, head.part)


def _numbers(message: Message) -> tuple[tuple[str, int | None], ...]:
    return ("Flag", message.flag), ("PNUM", message.total), ("PNO", message.part)


def _pair(field: str) -> Field:
    key, _, value = field.partition("=")
    return key, value


def _field(key: str, value: str) -> str:
    if not _KEY.fullmatch(key) or not _VALUE.fullmatch(value):
        msg = f"cannot stand on the wire: {key!r}={value!r}"
        raise ValueError(msg)
    return f"{key}={value}"


def _check(plain: bytes, habits: Tolerance) -> bytes:
    text = crc_text(plain)
    if Tolerance.CRC_MODBUS_SWAPPED in habits:
        text = modbus(plain).to_bytes(2, "little").hex().upper().encode()
    elif Tolerance.CRC_MODBUS in habits:
        text = b"%04X" % modbus(plain)
    return text.lower() if Tolerance.CRC_LOWER_CASE in habits else text
