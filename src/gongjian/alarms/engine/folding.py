"""The state machine of one cause: verdicts in order of their labels go in, episodes come out.

A cause is quiet until ``need`` bad periods lie within ``among`` periods; the episode then begins with the first of these. It ends with
the ``heal``-th good period in a row. What says nothing (a flag, no value, no limit) neither opens nor ends anything.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gongjian.standards.quality.series import Moments, Values

VOID, GOOD, BAD = 0, 1, 2  # what a period says
Verdicts = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Watch:
    """How many bad periods of how many open an episode, and how many good ones end it; ``period`` in seconds."""

    need: int
    among: int
    heal: int
    period: int

    def __post_init__(self) -> None:
        """Refuse what could never open or never end."""
        if not 1 <= self.need <= self.among or self.heal < 1 or self.period < 1:
            msg = f"{self.need} of {self.among} periods, {self.heal} to heal: no such rule"
            raise ValueError(msg)

    @property
    def reach(self) -> int:
        """How far back a period counts, in seconds."""
        return self.among * self.period


@dataclass(frozen=True, slots=True)
class Episode:
    """One stretch of badness, moments in seconds.

    ``begin`` is when its first bad period began, ``since`` the label at which the rule was fulfilled, ``last`` the label of the latest bad
    period, ``bad`` how many there were; ``peak`` is the largest measure and ``peak_at`` its label; ``ended`` None while it lasts.
    """

    begin: int
    since: int
    last: int
    bad: int
    peak: float
    peak_at: int
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a cause stands between two batches: bad periods that may still count, the episode that lasts, good periods in a row."""

    bads: tuple[tuple[int, float], ...] = ()
    lasting: Episode | None = None
    good: int = 0


QUIET = Standing()


def advance(standing: Standing, labels: Moments, verdicts: Verdicts, measures: Values, watch: Watch) -> tuple[Standing, list[Episode]]:
    """Feed a batch, labels ascending and later than all before; where the cause stands now, and the episodes that ended.

    Work is done only at bad periods and while an episode lasts, so that a quiet day costs next to nothing.
    """
    ended: list[Episode] = []
    bads = np.flatnonzero(verdicts == BAD)
    place = 0
    while place < len(verdicts):
        if standing.lasting is None:
            following = np.searchsorted(bads, place)
            if following == len(bads):
                break
            place = int(bads[following])
            standing = _worse(standing, int(labels[place]), float(measures[place]), watch)
            place += 1
            continue
        standing, place, over = _through(standing, labels, verdicts, measures, watch, place)
        ended += over
    return standing, ended


def episodes(labels: Moments, verdicts: Verdicts, measures: Values, watch: Watch) -> list[Episode]:
    """Every episode of a series, the lasting one last."""
    standing, ended = advance(QUIET, labels, verdicts, measures, watch)
    return [*ended, standing.lasting] if standing.lasting else ended


def _worse(standing: Standing, label: int, measure: float, watch: Watch) -> Standing:
    """A bad period while quiet: one more that counts, or the one that opens an episode."""
    counting = (*(one for one in standing.bads if one[0] > label - watch.reach), (label, measure))
    if len(counting) < watch.need:
        return Standing(counting)
    peak_at, peak = max(counting, key=lambda one: (one[1], -one[0]))
    return Standing((), Episode(counting[0][0] - watch.period, label, label, len(counting), peak, peak_at))


def _through(
    standing: Standing, labels: Moments, verdicts: Verdicts, measures: Values, watch: Watch, place: int
) -> tuple[Standing, int, list[Episode]]:
    """While an episode lasts, to its end or that of the batch: where the cause stands, the place gone on from, what ended."""
    lasting, good = standing.lasting, standing.good
    assert lasting is not None  # noqa: S101 - asked by the only caller  # nosec B101
    for at in range(place, len(verdicts)):
        verdict = verdicts[at]
        if verdict == GOOD:
            good += 1
            if good == watch.heal:
                return QUIET, at + 1, [replace(lasting, ended=int(labels[at]))]
        elif verdict == BAD:
            good = 0
            lasting = _longer(lasting, int(labels[at]), float(measures[at]))
    return Standing((), lasting, good), len(verdicts), []


def _longer(lasting: Episode, label: int, measure: float) -> Episode:
    if measure > lasting.peak:
        return replace(lasting, last=label, bad=lasting.bad + 1, peak=measure, peak_at=label)
    return replace(lasting, last=label, bad=lasting.bad + 1)
