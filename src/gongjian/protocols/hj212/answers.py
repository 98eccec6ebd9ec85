"""The four answers. Each repeats QN, PW and MN of what it answers; by those it finds its question."""

from __future__ import annotations

from typing import Final

from gongjian.protocols.hj212.codes import Command, ExecutionResult, RequestResult, System
from gongjian.protocols.hj212.events import Packet
from gongjian.protocols.hj212.messages import Field, Message

_VERSION: Final = 0b1100  # of Flag
_VERSION_2017: Final = 4


def data_received(packet: Packet) -> Message:
    """9014, by the host: an upload that wanted an answer has arrived; each part of a split packet is answered with its own QN."""
    return _answer(packet, Command.DATA_ANSWER, st=System.SYSTEM)


def request_taken(packet: Packet, result: RequestResult = RequestResult.READY) -> Message:
    """9011, by the device: whether the request is taken on."""
    return _answer(packet, Command.REQUEST_ANSWER, ("QnRtn", str(result.value)))


def request_done(packet: Packet, result: ExecutionResult = ExecutionResult.DONE) -> Message:
    """9012, by the device: how the request went, after all its data."""
    return _answer(packet, Command.EXECUTION_ANSWER, ("ExeRtn", str(result.value)))


def notice_taken(packet: Packet) -> Message:
    """9013: a notice has arrived, from either side; also the answer to a heartbeat (second-hand, 2025)."""
    return _answer(packet, Command.NOTICE_ANSWER)


def _answer(packet: Packet, command: Command, *fields: Field, st: str = System.SYSTEM) -> Message:
    """With the version the question claims, 2017's where it claims none, and no answer wanted."""
    head = packet.head
    flag = _VERSION_2017 if head.flag is None else head.flag & _VERSION
    return Message(packet.qn, st, command, head.pw, head.mn, flag, tuple((field,) for field in fields))
