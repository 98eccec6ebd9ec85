"""One whole frame: check code, head and body, held against a profile."""

from __future__ import annotations

from functools import partial
from typing import Final

from gongjian.protocols.hj212.body import read_body
from gongjian.protocols.hj212.crc import crc_text, modbus
from gongjian.protocols.hj212.events import Packet, Reason, Refused
from gongjian.protocols.hj212.heading import qn_needs, read_heading
from gongjian.protocols.hj212.profiles import SEGMENT, Profile
from gongjian.protocols.hj212.refusing import Fault, mn_of, not_allowed, refused
from gongjian.protocols.hj212.sealing import is_sealed, unsealed
from gongjian.protocols.hj212.tolerances import CRC_KINDS, NONE, Tolerance, tolerance_of

_OPENING: Final = b";CP=&&"
_QN: Final = 20  # bytes of ``QN=`` and 17 digits
_packet = partial(tuple.__new__, Packet)  # the named tuple's own maker costs a call in Python


def read_frame(raw: bytes, profile: Profile, needed: int = 0) -> Packet | Refused:
    """A frame that begins with ``##`` and ends with CR LF; ``needed`` is the mask its framing took."""
    segment = raw[6:-6]
    try:
        opened = profile.key is not None or (profile.keys is not None and is_sealed(segment))
        if opened:
            segment = unsealed(segment, _key(raw, profile))
        if crc_text(segment) != raw[-6:-2]:
            needed |= crc_needs(segment, raw[-6:-2])
            if needed & Tolerance.CRC_UNCHECKED.value and opened and segment != raw[6:-6]:
                return refused(raw, Reason.SEAL, "CP 解密后校验码不符，密钥不是该设备的，或校验码不是按明文计算的")
            lacking = needed & ~profile.allowed.value
            if lacking & CRC_KINDS.value:
                return not_allowed(raw, tolerance_of(lacking))
        if len(segment) > SEGMENT:
            needed |= Tolerance.LONG_SEGMENT.value
        return _read(raw, segment, needed, profile)
    except Fault as fault:
        return refused(raw, fault.reason, fault.clause)


def _key(raw: bytes, profile: Profile) -> bytes:
    """The key of the device that says it sent this; Fault where there is none."""
    key = profile.key or (profile.keys and profile.keys(mn_of(raw) or ""))
    if not key:
        raise Fault(Reason.SEAL, "CP 是加密的，本平台没有该设备可用的密钥")
    return key


def _read(raw: bytes, segment: bytes, needed: int, profile: Profile) -> Packet | Refused:
    front, opening, rest = segment.partition(_OPENING)
    if not opening or rest[-2:] != b"&&":
        raise Fault(Reason.SHAPE, "数据段中没有“CP=&&…&&”")
    if front[:3] == b"QN=" and front[_QN : _QN + 1] == b";":
        qn: bytes | None = front[3:_QN]
        head, second, mask = read_heading(front[_QN + 1 :])
        if second is not None:
            raise Fault(Reason.REPEATED, "报文头中 QN 出现两次")
    else:
        head, qn, mask = read_heading(front)
    mask |= Tolerance.MISSING_QN.value if qn is None else qn_needs(qn)
    time, columns, others, loose = read_body(rest[:-2])
    needed |= mask | loose
    if not segment.isascii():
        needed |= Tolerance.NOT_ASCII.value
    if not needed:
        return _packet((raw, qn.decode(), head, time, columns, others, NONE))  # type: ignore[union-attr] # missing would be needed
    if lacking := needed & ~profile.allowed.value:
        return not_allowed(raw, tolerance_of(lacking))
    return _packet((raw, None if qn is None else qn.decode(), head, time, columns, others, tolerance_of(needed)))


def crc_needs(segment: bytes, given: bytes) -> int:
    """Which family a check code that is not the standard's belongs to, as a mask."""
    upper = given.upper()
    case = Tolerance.CRC_LOWER_CASE.value if upper != given else 0
    if upper == crc_text(segment):
        return case
    other = modbus(segment)
    if upper == b"%04X" % other:
        return case | Tolerance.CRC_MODBUS.value
    if upper == other.to_bytes(2, "little").hex().upper().encode():
        return case | Tolerance.CRC_MODBUS_SWAPPED.value
    return Tolerance.CRC_UNCHECKED.value
