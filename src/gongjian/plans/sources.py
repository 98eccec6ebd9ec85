"""Where the facts come from that commitments are judged by: a source for each kind, asked once for all measures and all days.

A source is given the commitments of its kind (every version in force on one of the days) and the days, ascending. It answers with
what was known by the end of each day, and asks the database a fixed number of times. A kind without a source stays grey.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from gongjian.plans.facts import Fact
from gongjian.plans.history import MeasureHistory, Promised
from gongjian.plans.planfile.model import CommitmentKind

Facts = Mapping[int, Mapping[date, Fact]]  # by the id of the version, then by day


class Source(Protocol):
    """Knows the facts of one kind of commitment, or of several."""

    def __call__(self, promised: Sequence[Promised], days: Sequence[date]) -> Facts:
        """What is known of each on each day; what is not known is absent."""
        ...


_SOURCES: dict[CommitmentKind, Source] = {}


def connect(source: Source, *kinds: CommitmentKind) -> None:
    """Let ``source`` answer for these kinds; the house connects them at start."""
    for kind in kinds:
        _SOURCES[kind] = source


def tell(histories: Iterable[MeasureHistory], days: Sequence[date]) -> None:
    """Let every history know the facts of its commitments on these days; each source is asked once."""
    every = list(histories)
    wanted: dict[Source, list[Promised]] = defaultdict(list)
    for history in every:
        for promised in history.promised:
            if (source := _SOURCES.get(promised.promise.kind)) and any(promised.span.covers(day) for day in days):
                wanted[source].append(promised)
    known: dict[int, Mapping[date, Fact]] = {}
    for source, commitments in wanted.items():
        known |= source(commitments, days)
    for history in every:
        history.known = {promised.row: known[promised.row] for promised in history.promised if promised.row in known}
