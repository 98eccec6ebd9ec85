"""One factor of one device over one period, as arrays: what every detector looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

NORMAL = "N"  # flags of HJ 212-2017: this one takes part in means and judgements, no other does
STOPPED = "F"
CALIBRATION = "C"
CLOCK = timezone(timedelta(hours=8), "CST")  # Chinese monitoring keeps one clock all year
Moments = NDArray[np.int64]
Values = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Labels (seconds since 1970, each the END of its period, ascending, none twice), values (nan: none), flags of one letter.

    ``period`` is in seconds. ValueError for arrays of different lengths and for labels out of order.
    """

    moments: Moments
    values: Values
    flags: NDArray[np.str_]
    period: int

    def __post_init__(self) -> None:
        """Refuse what is no series."""
        if not len(self.moments) == len(self.values) == len(self.flags) or self.period < 1:
            msg = "a series has one value and one flag for each label, and a period"
            raise ValueError(msg)
        if len(self.moments) > 1 and (np.diff(self.moments) <= 0).any():
            msg = "labels ascend and come once"
            raise ValueError(msg)

    def __len__(self) -> int:
        return len(self.moments)

    @property
    def valid(self) -> Mask:
        """Which values may be judged: there is one, and the device said it is well."""
        found: Mask = (self.flags == NORMAL) & np.isfinite(self.values)
        return found

    def within(self, after: int, until: int) -> Series:
        """The part whose labels are greater than ``after``, up to ``until``."""
        first, last = np.searchsorted(self.moments, [after, until], side="right")
        return Series(self.moments[first:last], self.values[first:last], self.flags[first:last], self.period)


def series_of(rows: Iterable[tuple[int, float | None, str]], period: int) -> Series:
    """A series from rows of label, value and flag in any order; of two rows of one label the later one counts."""
    known = {moment: (value, flag) for moment, value, flag in rows}
    moments = sorted(known)
    values = [np.nan if (value := known[moment][0]) is None else value for moment in moments]
    flags = [known[moment][1] for moment in moments]
    return Series(np.array(moments, np.int64), np.array(values, np.float64), np.array(flags, dtype="U1"), period)


def said(moment: int) -> str:
    """A moment as a sentence says it: 10月31日 09:00."""
    local = datetime.fromtimestamp(moment, UTC).astimezone(CLOCK)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
