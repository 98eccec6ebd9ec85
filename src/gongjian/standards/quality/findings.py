"""What a detector is given, what it answers, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from gongjian.standards.quality.parameters import Parameters
from gongjian.standards.quality.series import Mask, Moments, Series, Values


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong from ``first`` to ``last`` (seconds).

    ``evidence`` are places in the series it was seen at, ``figures`` the numbers the sentence ``words`` speaks of.
    """

    first: int
    last: int
    evidence: tuple[int, ...]
    figures: Mapping[str, float] = field(hash=False)
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A series and what is known around it, from ``first`` to ``last`` (seconds).

    ``upper`` is the limit in force at each label (nan: none), ``others`` are series of other devices of the same factor and period by
    their names, ``unit`` is that of the values.
    """

    factor: str
    unit: str
    series: Series
    first: int
    last: int
    parameters: Parameters
    upper: Values
    others: Mapping[str, Series] = field(default_factory=dict)

    @property
    def over(self) -> Mask:
        """Where a value is over the limit, whatever its flag; the limit itself still passes."""
        found: Mask = np.greater(self.series.values, self.upper, where=np.isfinite(self.upper), out=np.zeros(len(self.series), bool))
        return found


@dataclass(frozen=True, slots=True)
class Detector:
    """One way of looking. ``why`` says why it matters, ``basis`` where it is asked for; ``whole`` looks at a whole window at once."""

    slug: str
    title: str
    why: str
    basis: str
    look: Callable[[Subject], Sequence[Finding]]
    whole: bool = False


def stretches(places: Sequence[int], moments: Moments, period: int) -> list[tuple[int, int]]:
    """Places in a row, without a label missing between them, as pairs of first and last place."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place == found[-1][1] + 1 and moments[place] - moments[place - 1] == period:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
