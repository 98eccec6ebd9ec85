"""What the host asks of a device: clock, intervals, data of now and of the past. Each is answered 9011, then data, then 9012.

``at`` is the moment of asking; it becomes QN, by which the answers are known, so two requests to one device need two milliseconds.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final, NamedTuple

from gongjian.protocols.hj212.codes import PERIODS, Command, Edition
from gongjian.protocols.hj212.messages import Field, Message
from gongjian.protocols.hj212.moments import written, written_precisely

ASK: Final = 1  # bit A of Flag
MINUTES: Final = frozenset({1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30})


class Address(NamedTuple):
    """Whom a message concerns: the device's MN, what it watches (ST), its password, the edition it speaks."""

    mn: str
    st: str
    pw: str
    edition: Edition = Edition.Y2017


class Interval(Enum):
    """Which interval: of real-time data in seconds (30 to 3600), of minute data in minutes (divisors of an hour up to 30)."""

    REALTIME = (Command.GET_REALTIME_INTERVAL, Command.SET_REALTIME_INTERVAL, "RtdInterval")
    MINUTE = (Command.GET_MINUTE_INTERVAL, Command.SET_MINUTE_INTERVAL, "MinInterval")

    def allows(self, length: int) -> bool:
        """Whether the standard knows an interval of this length."""
        return length in MINUTES if self is Interval.MINUTE else 30 <= length <= 3600  # noqa: PLR2004 - seconds, HJ 212-2017


def message(to: Address, at: datetime, command: Command, *groups: tuple[Field, ...], flag: int = ASK) -> Message:
    """Any message: ``flag`` holds the bits A and D, the edition's bits are added."""
    return Message(written_precisely(at), to.st, command, to.pw, to.mn, to.edition << 2 | flag, groups)


def ask_clock(to: Address, at: datetime, factor: str | None = None) -> Message:
    """What time the instrument keeps, or the analyser of one factor."""
    return message(to, at, Command.GET_CLOCK, *_of(factor))


def set_clock(to: Address, at: datetime, clock: datetime, factor: str | None = None) -> Message:
    """Put the clock to this moment."""
    return message(to, at, Command.SET_CLOCK, *_of(factor), (("SystemTime", written(clock)),))


def ask_interval(to: Address, at: datetime, which: Interval) -> Message:
    """How often it sends."""
    return message(to, at, which.value[0])


def set_interval(to: Address, at: datetime, which: Interval, length: int) -> Message:
    """How often it is to send; ValueError for a length the standard does not know."""
    if not which.allows(length):
        msg = f"no interval of the standard: {which.name} {length}"
        raise ValueError(msg)
    return message(to, at, which.value[1], ((which.value[2], str(length)),))


def ask_realtime(to: Address, at: datetime) -> Message:
    """Begin to send real-time data."""
    return message(to, at, Command.REALTIME)


def stop(to: Address, at: datetime, command: Command = Command.STOP_REALTIME) -> Message:
    """Stop sending real-time data (2012) or states (2022): a notice, answered 9013. ValueError for another command."""
    if command not in {Command.STOP_REALTIME, Command.STOP_STATE}:
        msg = f"{command} stops nothing"
        raise ValueError(msg)
    return message(to, at, command)


def ask_history(to: Address, at: datetime, command: Command, begin: datetime, end: datetime) -> Message:
    """The periods that begin from ``begin`` to ``end``; ``command`` is 2051 minute, 2061 hour, 2031 day or 2041 run-time.

    ValueError for another command, or an end before the beginning. Begin and end are groups of their own; the annex's examples join
    them by a comma, against its own grammar, and readers of ours take that with a tolerance.
    """
    if command not in PERIODS or end < begin:
        msg = f"no history of {command} from {begin} to {end}"
        raise ValueError(msg)
    return message(to, at, command, (("BeginTime", written(begin)),), (("EndTime", written(end)),))


def _of(factor: str | None) -> tuple[tuple[Field, ...], ...]:
    return ((("PolId", factor),),) if factor else ()
