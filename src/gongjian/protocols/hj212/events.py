"""What reading a connection gives: packets, refusals, rubbish."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Final, NamedTuple

from gongjian.protocols.hj212.codes import PERIODS, Command, DataFlag, Statistic
from gongjian.protocols.hj212.moments import precise
from gongjian.protocols.hj212.tolerances import Tolerance

_COMMANDS: Final = {command.value: command for command in Command}


class Reason(StrEnum):
    """Why a frame was refused. Codes are stable; DEPARTURE and CRC come with the tolerance that would have let it in."""

    LENGTH = "length"
    TOO_LONG = "too-long"
    HALF = "half"
    CRC = "crc"
    DEPARTURE = "departure"
    SHAPE = "shape"
    HEAD = "head"
    FIELD = "field"
    REPEATED = "repeated"
    TIME = "time"
    SEAL = "seal"


class Reading(NamedTuple):
    """One value. ``value`` is None where a tolerated text was no number; ``flag`` is None where none was sent.

    ``eflag`` is the maker's own code; ``sampled_at`` the moment the sample was taken, where it differs from the packet's time.
    The unit is not on the wire: see ``factors``.
    """

    factor: str
    statistic: Statistic
    value: float | None
    flag: DataFlag | None = None
    eflag: str | None = None
    sampled_at: datetime | None = None


_reading = partial(tuple.__new__, Reading)  # a named tuple's own maker costs a call in Python


class Head(NamedTuple):
    """What stands before CP but for QN. ``flag`` is None where none was sent, the part numbers where the packet is whole."""

    st: str
    cn: str
    pw: str
    mn: str
    flag: int | None
    total: int | None = None
    part: int | None = None
    resent: bool = False
    others: tuple[tuple[str, str], ...] = ()


class Columns(NamedTuple):
    """The readings of a packet as columns of one length. ``eflags`` and ``sampled_at`` are empty where the packet has none at all."""

    factors: tuple[str, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    values: tuple[float | None, ...] = ()
    flags: tuple[DataFlag | None, ...] = ()
    eflags: tuple[str | None, ...] = ()
    sampled_at: tuple[datetime | None, ...] = ()


class Packet(NamedTuple):
    """A frame that was read: checked, decoded, with the departures that were tolerated.

    ``time`` is DataTime: the instant of 2011 and 2021, the START of the period of 2031, 2041, 2051 and 2061, Beijing time.
    ``others`` are the fields of CP that are no readings, as text, in their order: QnRtn, RestartTime, statistics of the maker's own.
    ``raw`` is the frame as it came.
    """

    raw: bytes
    qn: str | None
    head: Head
    time: datetime | None
    columns: Columns
    others: tuple[tuple[str, str], ...]
    tolerated: Tolerance

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings row by row."""
        factors, statistics, values, flags, eflags, sampled = self.columns
        empty = (None,) * len(factors)
        rows = zip(factors, statistics, values, flags, eflags or empty, sampled or empty, strict=True)
        return tuple(map(_reading, rows))

    @property
    def command(self) -> Command | None:
        """CN as a known command; None for another, which ``head.cn`` names."""
        return _COMMANDS.get(self.head.cn)

    @property
    def wants_answer(self) -> bool:
        """Bit A of Flag."""
        return bool((self.head.flag or 0) & 1)

    @property
    def version(self) -> int | None:
        """The version bits of Flag, see ``codes.Edition``; None without Flag."""
        return None if self.head.flag is None else self.head.flag >> 2

    @property
    def time_begins_period(self) -> bool:
        """Whether ``time`` is the start of a period rather than an instant."""
        return self.head.cn in PERIODS

    @property
    def sent_at(self) -> datetime | None:
        """The device's clock when it sent, by QN; None where QN tells no moment."""
        return precise(self.qn) if self.qn else None

    def clock_error(self, received_at: datetime) -> timedelta | None:
        """How far the device's clock runs ahead of the receiver's; years, at times. None where QN tells no moment."""
        sent = self.sent_at
        return None if sent is None else sent - received_at


class Refused(NamedTuple):
    """Bytes that looked like a frame and were not read: what they were, why, and what would have let them in.

    ``sentence`` is Chinese: what, where, what to do. ``missing`` are the tolerances the profile lacks: the diagnosis, where there is one.
    ``mn`` is the device as far as it can be told.
    """

    raw: bytes
    reason: Reason
    sentence: str
    missing: Tolerance
    mn: str | None


class Rubbish(NamedTuple):
    """So many bytes that belonged to no frame."""

    size: int


Event = Packet | Refused | Rubbish
