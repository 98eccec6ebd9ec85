"""Groups of rows that lie at the same place, folded into the tallies of many periods at once. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from gongjian.indicators.latest import Said, latest_tally
from gongjian.indicators.slices import Place, Slices, counts
from gongjian.indicators.tallies import Tally, counted, total


class Group(NamedTuple):
    """Rows of one part of a split that count for the same periods; for Latest one record, which ``said`` something."""

    key: str
    place: Place
    tally: Tally
    said: Said | None = None


@dataclass(slots=True)
class _Pile:
    tallies: list[Tally] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Folded:
    """The groups of an indicator, asked by the number of a period in ``slices``."""

    def __init__(self, slices: Slices, groups: Iterable[Group]) -> None:
        piles: dict[tuple[str, Place], _Pile] = defaultdict(_Pile)
        for group in groups:
            pile = piles[group.key, group.place]
            pile.tallies.append(group.tally)
            if group.said is not None:
                pile.said.append(group.said)
        self._slices = slices
        self._piles = [(key, place, total(pile.tallies), pile.said) for (key, place), pile in piles.items()]

    def whole(self, number: int) -> Tally:
        """The tally of a period."""
        return _tally((tally, said) for _, tally, said in self._alive(number))

    def parts(self, number: int) -> dict[str, Tally]:
        """The tally of each part that occurs in a period."""
        parts: dict[str, list[tuple[Tally, list[Said]]]] = defaultdict(list)
        for key, tally, said in self._alive(number):
            parts[key].append((tally, said))
        return {key: _tally(parts[key]) for key in sorted(parts)}

    def _alive(self, number: int) -> list[tuple[str, Tally, list[Said]]]:
        asked = self._slices.asked_at(number)
        return [(key, tally, said) for key, place, tally, said in self._piles if counts(place, asked)]


class Covered:
    """Things and what covers them, asked the same way."""

    def __init__(self, things: Folded, covering: Folded) -> None:
        self._things, self._covering = things, covering

    def whole(self, number: int) -> Tally:
        """How many things there are in a period and how many of them are covered."""
        return _covered(self._things.whole(number), self._covering.whole(number))

    def parts(self, number: int) -> dict[str, Tally]:
        """The same of each part."""
        by = self._covering.whole(number)
        return {key: _covered(things, by) for key, things in self._things.parts(number).items()}


def _covered(things: Tally, by: Tally) -> Tally:
    among = len(things.keys)
    return Tally(among, among, among, float(len(things.keys & by.keys)), float(among))


def _tally(held: Iterable[tuple[Tally, list[Said]]]) -> Tally:
    tallies, said = [], []
    for tally, records in held:
        tallies.append(tally)
        said += records
    if said:
        return latest_tally(said)
    whole = total(tallies)
    return counted(whole) if whole.keys else whole
