"""Which limit holds at which label: dated lines, the strictest of those in force on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gongjian.standards.quality.series import Moments, Values
from gongjian.telemetry.moments import DAY, OFFSET


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit from the day numbered ``first`` (``telemetry.moments``) to before ``until`` (None: on and on); None: no such bound."""

    first: int
    until: int | None
    lower: float | None
    upper: float | None

    def holds_on(self, day: int) -> bool:
        """Whether it is in force on a day."""
        return self.first <= day and (self.until is None or day < self.until)


def limits_at(lines: Iterable[LimitLine], labels: Moments) -> tuple[Values, Values]:
    """Lower and upper limit at each label (nan: none). Where several hold, the strictest: the permit and the standard both bind.

    A label belongs to the day its period lies in: midnight to the day that ends with it.
    """
    lower, upper = np.full(len(labels), np.nan), np.full(len(labels), np.nan)
    days = (labels + (OFFSET - 1)) // DAY
    for line in lines:
        holds = (days >= line.first) & (days < line.until if line.until is not None else True)
        if line.lower is not None:
            lower[holds] = np.fmax(lower[holds], line.lower)
        if line.upper is not None:
            upper[holds] = np.fmin(upper[holds], line.upper)
    return lower, upper
