"""What a packet means, by its command: one class for each kind of message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongjian.protocols.hj212.codes import UPLOADS, Command, ExecutionResult, RequestResult
from gongjian.protocols.hj212.events import Packet, Reading
from gongjian.protocols.hj212.moments import precise
from gongjian.protocols.hj212.requests import Interval


@dataclass(frozen=True, slots=True)
class Data:
    """Readings; ``begins_period`` tells whether ``time`` is the start of a period or an instant."""

    command: Command
    time: datetime
    begins_period: bool
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Periods asked for."""

    command: Command
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock told, asked for or to be set; ``time`` is None where it is asked for. ``factor`` names an analyser's own clock."""

    command: Command
    time: datetime | None
    factor: str | None


@dataclass(frozen=True, slots=True)
class IntervalLength:
    """An interval told, asked for or to be set: seconds of real-time data, minutes of minute data; None where it is asked for."""

    command: Command
    which: Interval
    length: int | None


@dataclass(frozen=True, slots=True)
class Boot:
    """The instrument started."""

    time: datetime | None
    restarted_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestAnswer:
    """9011. ``result`` is UNKNOWN for codes the standard does not list."""

    result: RequestResult


@dataclass(frozen=True, slots=True)
class ExecutionAnswer:
    """9012. ``result`` is None for codes the standard does not list."""

    result: ExecutionResult | None


@dataclass(frozen=True, slots=True)
class Plain:
    """A message that is told by its command alone: 9013, 9014, 9015, 9021, 2012, a request for real-time data, a private one.

    ``fields`` are whatever it carried besides.
    """

    cn: str
    fields: tuple[tuple[str, str], ...]


Content = Data | HistoryQuery | Clock | IntervalLength | Boot | RequestAnswer | ExecutionAnswer | Plain


def content_of(packet: Packet) -> Content:
    """The message; ``Plain`` where fields its command needs are not there or make no sense."""
    fields = dict(packet.others)
    made = _MAKERS[packet.command](packet, fields) if packet.command in _MAKERS else None
    return made or Plain(packet.head.cn, packet.others)


def _data(packet: Packet, fields: dict[str, str]) -> Content | None:
    command = Command(packet.head.cn)
    if packet.time is not None:
        return Data(command, packet.time, packet.time_begins_period, packet.readings)
    begin, end = precise(fields.get("BeginTime", "")), precise(fields.get("EndTime", ""))
    return HistoryQuery(command, begin, end) if begin and end else None


def _clock(packet: Packet, fields: dict[str, str]) -> Content:
    return Clock(Command(packet.head.cn), precise(fields.get("SystemTime", "")), fields.get("PolId"))


def _interval(packet: Packet, fields: dict[str, str]) -> Content:
    command = Command(packet.head.cn)
    which = next(one for one in Interval if command in one.value)
    return IntervalLength(command, which, _whole(fields.get(which.value[2], "")))


def _boot(packet: Packet, fields: dict[str, str]) -> Content:
    return Boot(packet.time, precise(fields.get("RestartTime", "")))


def _request_answer(_: Packet, fields: dict[str, str]) -> Content:
    number = _whole(fields.get("QnRtn", ""))
    return RequestAnswer(RequestResult(number) if number in list(RequestResult) else RequestResult.UNKNOWN)


def _execution_answer(_: Packet, fields: dict[str, str]) -> Content:
    number = _whole(fields.get("ExeRtn", ""))
    return ExecutionAnswer(ExecutionResult(number) if number in list(ExecutionResult) else None)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 - no code is as long


_MAKERS: Final[dict[Command | None, Callable[[Packet, dict[str, str]], Content | None]]] = {
    **dict.fromkeys(UPLOADS, _data),
    **dict.fromkeys((Command.GET_CLOCK, Command.SET_CLOCK), _clock),
    **dict.fromkeys((command for one in Interval for command in one.value[:2]), _interval),
    Command.BOOT: _boot,
    Command.REQUEST_ANSWER: _request_answer,
    Command.EXECUTION_ANSWER: _execution_answer,
}
