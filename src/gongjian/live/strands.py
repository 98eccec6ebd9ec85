"""One factor over time as it is drawn and listed: values at labels, which of them may be used, and why not. Pure.

Labels name the END of a period, as in ``telemetry.moments``; the live store's moments name its beginning and are moved on by a period
before they come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.live.flags import flag_words
from gongjian.telemetry.judged import MIXED_WORDS
from gongjian.telemetry.live.port import NO_FLAG, NOT_SENT, USABLE, Table
from gongjian.telemetry.live.reading import thinned

_GOOD: Final = np.isin(np.arange(256), np.frombuffer(USABLE, np.uint8))  # of every flag byte whether it says nothing against a value
_DIGITS: Final = 4  # significant ones of a value that is only drawn
BANDS: Final = 200  # stretches of unusable values that are told apart


@dataclass(frozen=True, slots=True, eq=False)
class Strand:
    """``moments`` (labels, seconds, ascending), ``values`` (nan: none) and ``flags`` (bytes) have one place a label.

    ``step`` is the length of a period in seconds: labels further apart are not joined. ``basis`` says where values, all or some, are those
    reckoned to the reference oxygen; "" for as measured.
    """

    code: str
    name: str
    unit: str
    step: int
    moments: NDArray[np.int64]
    values: NDArray[np.float64]
    flags: NDArray[np.uint8]
    basis: str = ""

    def __len__(self) -> int:
        return len(self.moments)

    @property
    def usable(self) -> NDArray[np.bool_]:
        """Which values count: there, and nothing said against them."""
        return _GOOD[self.flags] & ~np.isnan(self.values)


class Stretch(NamedTuple):
    """Values that do not count, from before the first label to the last, and why."""

    first: int
    last: int
    words: str


def empty(code: str, name: str, unit: str, step: int) -> Strand:
    """Nothing measured."""
    return Strand(code, name, unit, step, np.empty(0, np.int64), np.empty(0), np.empty(0, np.uint8))


def joined(below: Strand, above: Strand) -> Strand:
    """Both together; where both have a label the one above stands."""
    if not len(below):
        return above
    if not len(above):
        return below
    moments = np.concatenate((above.moments, below.moments))
    found, places = np.unique(moments, return_index=True)  # the first of equal ones: the one above
    values = np.concatenate((above.values, below.values))[places]
    flags = np.concatenate((above.flags, below.flags))[places]
    basis = above.basis if above.basis == below.basis else MIXED_WORDS
    return replace(above, moments=found, values=values, flags=flags, basis=basis)


def within(strand: Strand, first: int, last: int) -> Strand:
    """Labels after ``first`` up to ``last``."""
    low, high = np.searchsorted(strand.moments, (first, last), side="right")
    return replace(strand, moments=strand.moments[low:high], values=strand.values[low:high], flags=strand.flags[low:high])


def counted(strand: Strand) -> Strand:
    """Only what counts is a number: everything else becomes nan, so that a line breaks there."""
    return replace(strand, values=np.where(strand.usable, strand.values, np.nan))


def gapped(strand: Strand) -> Strand:
    """With one label of nan in the middle of every hole, so that a thinned line breaks there too."""
    holes = np.flatnonzero(np.diff(strand.moments) > strand.step * 3 // 2)
    if not len(holes):
        return strand
    between = (strand.moments[holes] + strand.moments[holes + 1]) // 2
    return replace(
        strand,
        moments=np.insert(strand.moments, holes + 1, between),
        values=np.insert(strand.values, holes + 1, np.nan),
        flags=np.insert(strand.flags, holes + 1, 0),
    )


def thin(strand: Strand, most: int) -> Strand:
    """What draws the same with about ``most`` points: of each stretch the lowest, the highest, and a gap."""
    found = thinned(Table(strand.moments, strand.values, strand.flags), most)
    return replace(strand, moments=found.moments, values=found.values, flags=found.flags)


def stretches(strand: Strand) -> list[Stretch]:
    """The stretches of values that do not count, with the words of their flag; the longest ``BANDS``, by time."""
    bad = ~strand.usable
    bad &= strand.flags != NOT_SENT  # what was never sent is a gap, not a flag
    if not bad.any():
        return []
    codes = np.where(bad, np.where(_GOOD[strand.flags], NO_FLAG, strand.flags), 0)  # normal, but no number
    edges = np.flatnonzero(np.diff(codes, prepend=0, append=0))
    found = []
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if codes[begin]:
            words = flag_words(int(codes[begin])) or "无数值"
            found.append(Stretch(int(strand.moments[begin]) - strand.step, int(strand.moments[end - 1]), words))
    longest = sorted(found, key=lambda one: one.first - one.last)[:BANDS]
    return sorted(longest)


def payload(strands: Sequence[Strand]) -> dict[str, Any]:
    """What a browser needs to say which value is under the pointer: labels as differences, values with four digits, null for none."""
    return {"lines": [_line(strand) for strand in strands]}


def _line(strand: Strand) -> dict[str, Any]:
    steps = np.diff(strand.moments, prepend=0).tolist()
    return {"name": strand.name, "unit": strand.unit, "step": strand.step, "at": steps, "values": list(_short(strand.values))}


def _short(values: NDArray[np.float64]) -> Iterator[float | None]:
    for value in values.tolist():
        yield None if value != value else float(f"{value:.{_DIGITS}g}")  # noqa: PLR0124 - only nan is not itself
