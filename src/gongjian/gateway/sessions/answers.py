"""The answer to an upload, made quickly: but for QN and check code it is the same for every packet of a device."""

from __future__ import annotations

from typing import Final

from gongjian.gateway.remembering import ByIdentity
from gongjian.protocols.hj212.answers import data_received, notice_taken
from gongjian.protocols.hj212.crc import crc_text
from gongjian.protocols.hj212.events import Head, Packet
from gongjian.protocols.hj212.messages import send
from gongjian.protocols.hj212.tolerances import CRC_KINDS

_QN: Final = 17
_VERSION: Final = 0b1100  # of Flag


def _around(head: Head) -> tuple[bytes, bytes]:
    """What stands before QN's digits, the frame's front included, and after them."""
    rest = f";ST=91;CN=9014;PW={head.pw};MN={head.mn};Flag={(head.flag or 0) & _VERSION};CP=&&&&".encode("ascii", "replace")
    return b"##%04dQN=" % (3 + _QN + len(rest)), rest


_known: ByIdentity[tuple[bytes, bytes]] = ByIdentity(_around)


def acknowledgement(packet: Packet) -> bytes:
    """9014, in the device's own way with check codes where it has one; empty where it wants none, or none can be written."""
    head, qn = packet.head, packet.qn
    if not (head.flag or 0) & 1:
        return b""
    if packet.tolerated or qn is None or len(qn) != _QN:
        return _in_its_way(packet, notice=False)
    front, rest = _known(head)
    tail = b"QN=%b%b" % (qn.encode(), rest)
    return b"%b%b%b\r\n" % (front[:6], tail, crc_text(tail))


def taken(packet: Packet) -> bytes:
    """9013: a notice or a heartbeat has arrived."""
    return _in_its_way(packet, notice=True)


def _in_its_way(packet: Packet, *, notice: bool) -> bytes:
    try:
        return send(notice_taken(packet) if notice else data_received(packet), habits=packet.tolerated & CRC_KINDS)
    except ValueError:  # a password or a name that cannot stand on the wire came past a tolerance
        return b""
