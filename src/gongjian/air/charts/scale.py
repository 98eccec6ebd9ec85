"""From values to places: a value axis that begins at zero and ends at a round number. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

STEPS = (1, 2, 2.5, 5, 10)
TICKS = 5
SMALLEST = 1e-6  # below this there is nothing to see


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from 0 at ``bottom`` to ``top`` at ``top_at`` (both places on the drawing), with a line every ``step``."""

    top: float
    step: float
    bottom: float
    top_at: float

    def place(self, value: float) -> float:
        """Where a value lies."""
        return self.bottom - (self.bottom - self.top_at) * value / self.top

    def ticks(self) -> list[float]:
        """The values that get a line, from 0 up."""
        return [self.step * number for number in range(round(self.top / self.step) + 1)]


def scale_for(values: Iterable[float | None], bottom: float, top_at: float) -> Scale:
    """An axis on which every value finds room, in about five steps of 1, 2, 2.5 or 5 times a power of ten."""
    highest = max((value for value in values if value is not None), default=0.0)
    highest = highest if highest > SMALLEST else 1.0
    magnitude = 10.0 ** floor(log10(highest / TICKS))
    step = next(factor * magnitude for factor in STEPS if factor * magnitude * TICKS >= highest)
    count = next(number for number in range(1, TICKS + 1) if number * step >= highest)
    return Scale(step * count, step, bottom, top_at)
