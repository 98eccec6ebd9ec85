"""Periods, each as of a day, and where a row lies among them. Pure.

A row begins by a day, lasts to another, was entered by the end of one and replaced after that of another: four ranks among the days asked
about. Rows of the same four ranks count for the same periods, so a database adds them up before it hands them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gongjian.indicators.periods import Period

Slice = tuple[Period, date | None]  # None: as of now


class Place(NamedTuple):
    """Where a row lies.

    ``begins``: how many of the last days come before it; ``ends``: how many of the first days it lasts beyond. ``since``: how many of the
    days as of which come before its entry; ``until``: how many are over by the time it was replaced.
    """

    begins: int
    ends: int
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Slices:
    """The periods asked about, by number, with the days a row is ranked among: ``as_of`` ends with None where now is asked about."""

    wanted: tuple[Slice, ...]
    spans: tuple[tuple[date, date], ...]
    firsts: tuple[date, ...]
    lasts: tuple[date, ...]
    as_of: tuple[date | None, ...]

    @classmethod
    def of(cls, wanted: Iterable[Slice], spans: Sequence[tuple[date, date]]) -> Slices:
        """Each period with the days from which to which a row counts for it."""
        asked = tuple(wanted)
        known = {as_of for _, as_of in asked}
        return cls(
            asked,
            tuple(spans),
            tuple(sorted({first for first, _ in spans})),
            tuple(sorted({last for _, last in spans})),
            (*sorted(day for day in known if day is not None), *([None] if None in known else ())),
        )

    @property
    def sizes(self) -> Place:
        """How many ranks there are of each kind."""
        return Place(len(self.lasts) + 1, len(self.firsts) + 1, len(self.as_of) + 1, len(self.as_of) + 1)

    def number(self, place: Place) -> int:
        """A place as one number."""
        sizes = self.sizes
        return place.begins + sizes.begins * (place.ends + sizes.ends * (place.since + sizes.since * place.until))

    def place(self, number: int) -> Place:
        """The place that has this number."""
        sizes = self.sizes
        number, begins = divmod(number, sizes.begins)
        number, ends = divmod(number, sizes.ends)
        until, since = divmod(number, sizes.since)
        return Place(begins, ends, since, until)

    def asked_at(self, number: int) -> Place:
        """The ranks of a period's own days: what ``counts`` holds the place of a row against."""
        first, last = self.spans[number]
        known = self.as_of.index(self.wanted[number][1])
        return Place(self.lasts.index(last), self.firsts.index(first), known, known)


def counts(place: Place, asked: Place) -> bool:
    """Whether a row at ``place`` counts for the period ``asked`` about."""
    return place.begins <= asked.begins and asked.ends < place.ends and place.since <= asked.since and asked.until < place.until
