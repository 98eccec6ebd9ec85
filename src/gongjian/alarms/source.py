"""The port through which alarms see what was written: what is new since a cursor, and the series around it.

Labels are the END of a period, in seconds, as in ``telemetry.moments``. What is told may be told again, never left out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from gongjian.standards.quality.series import Series
from gongjian.telemetry.store import SeriesKey


class Touched(NamedTuple):
    """Something was written to a series: the earliest label, and when it arrived (both seconds)."""

    key: SeriesKey
    first: int
    heard: int


class Source(Protocol):
    """A store observations are read from. Its ``name`` is the name of the cursor."""

    name: str

    def since(self, cursor: int, stations: Collection[str]) -> tuple[int, Sequence[Touched]]:
        """What was written of these stations after a cursor position, as much as is right to judge at once; and the position reached."""

    def judged(self, cursor: int) -> None:
        """What was written up to this position was judged, and the verdicts are kept."""

    def length(self, key: SeriesKey) -> int:
        """The length of a period of this series in seconds: minute data come every so many minutes."""

    def window(self, key: SeriesKey, after: int, until: int | None = None) -> Series:
        """The values that stand now of the labels greater than ``after``, up to ``until`` (None: the newest)."""

    def keys(self, stations: Collection[str]) -> Sequence[SeriesKey]:
        """The series there are of these stations."""
