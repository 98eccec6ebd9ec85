"""Many indicators, many periods, one query: every table's groups as one branch of a UNION ALL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from gongjian.indicators import columns
from gongjian.indicators.branches import Branch, Labels, Side, merged, sides_of
from gongjian.indicators.folding import Covered, Folded, Group
from gongjian.indicators.formulas import Latest
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.latest import Said
from gongjian.indicators.periods import Period
from gongjian.indicators.rows import key_words
from gongjian.indicators.slices import Slice
from gongjian.indicators.standing import Standing, Wish
from gongjian.indicators.tallies import Tally, reading_of

VARIABLES = 8_000  # in a query; SQLite takes 32,766, but no more than a million characters, some eighty for each
BRANCHES = 200  # SQLite takes 500 parts of a union
A_DAY = 7  # variables that one day of a branch takes: two periods, each with a first and a last day, entry and replacement
A_SIDE = 30  # and the conditions of each of its indicators


def standings_of_records(wishes: Sequence[Wish], days: Sequence[date]) -> list[list[Standing]]:
    """For each wish its standing on each of ``days`` (ascending), for figures from records.

    One query for all of them, unless they are more than a database takes at once.
    """
    if not wishes or not days:
        return [[] for _ in wishes]
    wanted = [[(period, day) for day in days for period in wish.periods(day)] for wish in wishes]
    found = _folded(list(zip(wishes, wanted, strict=True)))
    return [
        [_standing(wish, asked, held, number) for number in range(0, len(asked), 2)]
        for wish, asked, held in zip(wishes, wanted, found, strict=True)
    ]


def folded(indicator: Indicator, wanted: Sequence[Slice], split: str = "") -> Folded | Covered:
    """The groups of one indicator, to be asked for each of the periods ``wanted`` by its number; one query."""
    return _folded([(Wish(indicator, split), wanted)])[0]


def _standing(wish: Wish, asked: Sequence[tuple[Period, date]], held: Folded | Covered, number: int) -> Standing:
    """The period at ``number`` and the one it is compared with, which follows it."""
    indicator, ((shown, day), (past, _)) = wish.indicator, asked[number : number + 2]
    parts = held.parts(number) if wish.split else {}
    return Standing(
        day,
        reading_of(indicator, held.whole(number), shown, day),
        reading_of(indicator, held.whole(number + 1), past, day),
        tuple((key, reading_of(indicator, tally, shown, day, key)) for key, tally in parts.items()),
    )


def _folded(asked: Sequence[tuple[Wish, Sequence[Slice]]]) -> list[Folded | Covered]:
    sides = [sides_of(wish, wanted) for wish, wanted in asked]
    groups = _groups([side for mine in sides for side in mine])
    return [_put_together(mine, groups) for mine in sides]


def _put_together(sides: Sequence[Side], groups: dict[int, list[Group]]) -> Folded | Covered:
    first, *covering = [Folded(side.slices, groups[id(side)]) for side in sides]
    return Covered(first, covering[0]) if covering else first


def _groups(sides: Sequence[Side]) -> dict[int, list[Group]]:
    """The groups of each side, by its identity."""
    groups: dict[int, list[Group]] = {id(side): [] for side in sides}
    for branches in _at_once(merged(sides)):
        words = [_words(branch.sides[0]) for branch in branches]
        for row, numbers, texts in _union(branches):
            for side, group in _read(branches[row.branch], row, words[row.branch](row.key), numbers, texts):
                groups[id(side)].append(group)
    return groups


def _at_once(branches: Iterable[Branch]) -> Iterator[list[Branch]]:
    """As many branches together as a database takes in one query."""
    held: list[Branch] = []
    room = VARIABLES
    for branch in branches:
        needed = A_DAY * len(branch.sides[0].slices.wanted) + A_SIDE * len(branch.sides)
        if held and (needed > room or len(held) == BRANCHES):
            yield held
            held, room = [], VARIABLES
        held.append(branch)
        room -= needed
    if held:
        yield held


def _union(branches: Sequence[Branch]) -> Iterator[tuple[Labels, Sequence[Any], Sequence[Any]]]:
    """The rows of all of them, each as labels, numbers and texts."""
    numbers = max(1, *(len(branch.numbers) for branch in branches))
    queries = [branch.query(at, (numbers, max(len(branch.texts) for branch in branches))) for at, branch in enumerate(branches)]
    begin, end = len(Labels._fields), len(Labels._fields) + numbers
    for found in queries[0].union(*queries[1:], all=True):
        yield Labels(*found[:begin]), found[begin:end], found[end:]


def _words(side: Side) -> Callable[[Any], str]:
    split = side.indicator.split(side.wish.split)
    return key_words(side.indicator, split) if split and side.path else lambda _: ""


def _read(branch: Branch, row: Labels, key: str, numbers: Sequence[Any], texts: Sequence[Any]) -> Iterator[tuple[Side, Group]]:
    """What one row says to each side of its branch; a group without any of a side's rows says nothing to it."""
    first = branch.sides[0]
    place = first.slices.place(row.place)
    if isinstance(first.indicator.formula, Latest):
        yield first, Group(key, place, Tally(1, 1, 1), Said(row.day, row.moment, row.number or 0, row.thing or "", numbers[0]))
        return
    for side, read in zip(branch.sides, branch.read, strict=True):
        found = {name: (texts if name == columns.KEYS else numbers)[at] for name, at in read.items()}
        tally = columns.tally(side.indicator, found)
        if tally.rows or tally.keys:
            yield side, Group(key, place, tally)
