"""The port to the live store and the words it speaks; ``gongjian.telemetry.live`` says what is promised. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.live.holding import Archived, Forgotten, Holding
from gongjian.telemetry.store import Period

NO_FLAG: Final = ord("-")  # a value came without a flag
NOT_SENT: Final = 0  # there was no such value
USABLE: Final = b"N3-"  # normal by either edition, or nothing said against it


class Stream(IntEnum):
    """What kind of upload: CN of HJ 212; below 1000 what vehicles send: their seconds, logins and logouts."""

    VEHICLE = 1
    LOGIN = 2
    LOGOUT = 4
    REAL_TIME = 2011
    STATE = 2021
    DAY = 2031
    RUN_TIME = 2041
    MINUTE = 2051
    HOUR = 2061
    BOOT = 2081


STREAMS: Final = {
    Period.REAL_TIME: Stream.REAL_TIME,
    Period.MINUTE: Stream.MINUTE,
    Period.HOUR: Stream.HOUR,
    Period.DAY: Stream.DAY,
}


class Column(NamedTuple):
    """One of the values of an upload: the factor as sent, and what of it (Rtd, Min, Avg, Max, Cou, ZsAvg …)."""

    factor: str
    statistic: str


Shape = tuple[Column, ...]
VEHICLE_SHAPE: Final[Shape] = ()  # the body of a vehicle's second is the data of its frame, byte for byte


class Row(NamedTuple):
    """One upload as it is kept, made by ``packing.packed``.

    ``moment`` in seconds, ``received`` in microseconds since 1970; ``shape`` is the number of its ``Shape`` (``packing.shape_number``);
    ``marks`` are the tolerances the packet needed and ``packing.RESENT``; ``extra`` is JSON of what has no column, None mostly.
    """

    device: int
    stream: int
    moment: int
    digest: int
    received: int
    marks: int
    shape: int
    body: bytes
    extra: bytes | None


class Heard(NamedTuple):
    """One upload as it is read. ``seq`` orders what became durable; values stand in the order of ``columns``, NaN where there is none."""

    seq: int
    device: int
    stream: int
    moment: int
    received: int
    marks: int
    columns: Shape
    values: tuple[float, ...]
    flags: bytes
    extra: bytes | None
    body: bytes

    def value(self, column: Column) -> float | None:
        """The value of a column; None where there is none."""
        found = self.values[self.columns.index(column)] if column in self.columns else None
        return None if found is None or found != found else found  # noqa: PLR0124 - only NaN is not itself


class Table(NamedTuple):
    """Columns over time. ``moments`` ascend (seconds, int64); ``values`` (float64) and ``flags`` (uint8) have a row a moment."""

    moments: NDArray[np.int64]
    values: NDArray[np.float64]
    flags: NDArray[np.uint8]


class RefusedFrame(NamedTuple):
    """A frame that was not taken: ``at`` in microseconds, ``reason`` a stable code, ``sentence`` Chinese.

    ``missing`` is the mask of the tolerances that would have let it in.
    ``name`` is MN or VIN as far as it can be told, "" otherwise; ``device`` 0 where it is nobody known.
    """

    at: int
    protocol: str
    device: int
    name: str
    peer: str
    reason: str
    sentence: str
    missing: int
    raw: bytes


class KeptRefusal(NamedTuple):
    """A refused frame as it is kept; ``replayed`` in microseconds, None while it waits."""

    number: int
    frame: RefusedFrame
    replayed: int | None


class Condition(NamedTuple):
    """How a device is: moments in microseconds, ``skew`` its clock against ours in milliseconds (None unknown), sums since ever.

    ``tolerated`` is every tolerance its packets ever needed.
    """

    device: int
    first_seen: int
    last_seen: int
    skew: int | None
    tolerated: int
    packets: int
    refused: int
    peer: str


class Stranger(NamedTuple):
    """A device nobody has registered, and how often it spoke; moments in microseconds."""

    protocol: str
    name: str
    first_seen: int
    last_seen: int
    frames: int
    peer: str


class NotStoredError(Exception):
    """What was handed over is not durable: ``str()`` is one Chinese sentence. ``full`` tells that the disk has no room."""

    def __init__(self, sentence: str, *, full: bool = False) -> None:
        super().__init__(sentence)
        self.full = full


class UnreadableError(Refusal):
    """A file that holds archived months is lost or damaged: what it holds is not told, and never less in its place."""


class SpoiltError(Exception):
    """Something in a batch no database takes, now or ever: nothing of it was written."""


class Batch(NamedTuple):
    """What is written in one go. ``shapes`` are those the store may not know; ``conditions`` add to what is known of a device."""

    rows: Sequence[Row] = ()
    shapes: Mapping[int, Shape] = {}
    refused: Sequence[RefusedFrame] = ()
    conditions: Sequence[Condition] = ()
    strangers: Sequence[Stranger] = ()


class LiveStore(Protocol):
    """A store of what devices upload; the package's docstring says what each of them promises."""

    def append(self, batch: Batch) -> int:
        """Write, durable on return, all or nothing; how many rows were new.

        NotStoredError where it is not durable, SpoiltError where it never could be.
        """

    def latest(self, devices: Sequence[int], stream: int) -> dict[int, Heard]:
        """The newest moment of each device with all that was heard of it; devices never heard are absent."""

    def table(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Table:
        """What stands of these columns from ``first`` until before ``last`` (seconds); rows without any of them are left out."""

    def columns(self, device: int, stream: int) -> list[Column]:
        """Every column a device ever sent in a stream, sorted."""

    def since(self, cursor: int, limit: int = 10_000, streams: Sequence[int] = ()) -> tuple[int, list[Heard]]:
        """What became durable after a cursor, oldest first, at most ``limit``; and the cursor to go on from. No streams: all of them."""

    def newest(self) -> int:
        """A cursor from which ``since`` tells only what becomes durable from now on; 0 while there is nothing."""

    def between(self, device: int, stream: int, first: int, last: int, limit: int = 20_000) -> list[Heard]:
        """Every upload of moments from ``first`` until before ``last`` (seconds), corrections too, by moment, then ``seq``.

        Where there are more than ``limit``, the latest of them.
        """

    def cursor(self, name: str) -> int:
        """Where a named sweep got to; 0 at first."""

    def move_cursor(self, name: str, to: int) -> None:
        """Note where a named sweep got to."""

    def last_moments(self, streams: Sequence[int]) -> dict[tuple[int, int], int]:
        """The newest moment of every (device, stream)."""

    def conditions(self, devices: Sequence[int] = ()) -> dict[int, Condition]:
        """How these devices are; of all of them without any."""

    def strangers(self, limit: int = 200) -> list[Stranger]:
        """Who spoke without being registered, the latest first."""

    def forget_stranger(self, protocol: str, name: str) -> None:
        """Take one off that list: somebody has registered it."""

    def refusals(self, *, device: int | None = None, name: str = "", waiting: bool = False, limit: int = 200) -> list[KeptRefusal]:
        """Refused frames, the latest first; ``waiting``: only those not replayed."""

    def replayed(self, numbers: Iterable[int], at: int) -> None:
        """Note that these refused frames were taken after all."""

    def pack(self, before: int, most: int = 1000) -> int:
        """Pack days that ended before a moment (seconds) and that every named sweep has read; how many days of devices, at most ``most``.

        Nothing that is read changes, but ``since`` no longer tells what is packed.
        """

    def archive(self, before: int, *, at: int, devices: Mapping[int, Mapping[str, object]], most: int = 1) -> list[Archived]:
        """Move months that ended before a moment (seconds) into files, as far as every named sweep has read; at most ``most`` files.

        ``at`` (microseconds) is noted, ``devices`` is what files say of devices to whoever reads them elsewhere. Nothing that is read
        changes, as with ``pack``. What comes late for an archived month is read with it and moved in the next time. Refusal where
        another process is at it, or where an earlier file cannot be read.
        """

    def to_archive(self, before: int) -> list[tuple[int, int]]:
        """What ``archive`` would move: streams with the moments their months begin with, each as often as files would be written."""

    def archived(self) -> list[Archived]:
        """Every file there should be, by stream and month."""

    def check_files(self, most: int, *, at: int) -> list[str]:
        """Compare at most ``most`` files with what was written, those not looked at longest; a sentence for each that is not the same."""

    def holdings(self) -> list[Holding]:
        """How much there is of every stream, and how it is kept. Looks at all of it: for people who wait."""

    def forget(self, stream: int, before: int) -> Forgotten:
        """Delete what a stream has before a moment (seconds), packed days and archived months as wholes."""

    def forget_refused(self, before: int) -> int:
        """Delete refused frames of before a moment (microseconds); how many."""

    def close(self) -> None:
        """Let go of connections."""
