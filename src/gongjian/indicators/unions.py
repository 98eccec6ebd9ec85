"""Many indicators, many periods, one query: each indicator's groups as one branch of a UNION ALL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateField, DateTimeField, F, FloatField, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from gongjian.indicators import columns
from gongjian.indicators.asof import standing
from gongjian.indicators.compiling import compiled
from gongjian.indicators.folding import Covered, Folded, Group
from gongjian.indicators.formulas import Coverage, Distinct, Latest, Records
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.latest import Said
from gongjian.indicators.periods import Period
from gongjian.indicators.ranking import place
from gongjian.indicators.rows import Found, key_words, records_of, within
from gongjian.indicators.slices import Slice, Slices
from gongjian.indicators.standing import Standing, Wish
from gongjian.indicators.tallies import Tally, reading_of

PREFIX = "tally_"
VARIABLES = 16_000  # SQLite takes 32,766 in a query unless built otherwise
BRANCHES = 200  # and 500 parts of a union
A_DAY = 12  # variables one day takes in one branch, no more
A_BRANCH = 60  # and everything else


class Row(NamedTuple):
    """One group (for Latest one record) as every branch hands it over."""

    branch: int
    key: str | None
    place: int
    thing: str | None
    rows: int
    considered: int
    usable: int
    top: float | None
    bottom: float | None
    day: Any
    moment: Any
    number: int


class _Branch(NamedTuple):
    """One side of one indicator: its own rows, or for a coverage what covers them."""

    wish: Wish
    slices: Slices
    covering: bool = False

    @property
    def records(self) -> Records:
        formula = self.wish.indicator.formula
        return formula.records if self.covering and isinstance(formula, Coverage) else records_of(self.wish.indicator)


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
    sides = [list(_branches(wish, wanted)) for wish, wanted in asked]
    groups = _groups([branch for mine in sides for branch in mine])
    return [_put_together(mine, groups) for mine in sides]


def _branches(wish: Wish, wanted: Sequence[Slice]) -> Iterator[_Branch]:
    yield _Branch(wish, Slices.of(wanted, [wish.indicator.span(period) for period, _ in wanted]))
    if isinstance(wish.indicator.formula, Coverage):
        yield _Branch(wish, Slices.of(wanted, [(period.first, period.last) for period, _ in wanted]), covering=True)


def _put_together(sides: Sequence[_Branch], groups: Iterator[list[Group]]) -> Folded | Covered:
    first, *covering = [Folded(side.slices, next(groups)) for side in sides]
    return Covered(first, covering[0]) if covering else first


def _groups(branches: Sequence[_Branch]) -> Iterator[list[Group]]:
    """The groups of each branch, in their order."""
    longest = max((len(branch.slices.wanted) for branch in branches), default=1)
    at_once = max(1, min(BRANCHES, VARIABLES // (A_DAY * longest + A_BRANCH)))
    for start in range(0, len(branches), at_once):
        yield from _groups_at_once(branches[start : start + at_once])


def _groups_at_once(branches: Sequence[_Branch]) -> list[list[Group]]:
    queries = [_query(number, branch) for number, branch in enumerate(branches)]
    words = [_words(branch.wish) for branch in branches]
    groups: list[list[Group]] = [[] for _ in branches]
    for found in queries[0].union(*queries[1:], all=True):
        row = Row(*found)
        groups[row.branch].append(_group(branches[row.branch], row, words[row.branch](row.key)))
    return groups


def _words(wish: Wish) -> Any:
    split = wish.indicator.split(wish.split)
    return key_words(wish.indicator, split) if split else lambda _: ""


def _group(branch: _Branch, row: Row, key: str) -> Group:
    formula = branch.wish.indicator.formula
    said = Said(row.day, row.moment, row.number, row.thing or "", row.top) if isinstance(formula, Latest) else None
    keyed = isinstance(formula, Distinct | Coverage)
    keys = frozenset({row.thing}) if row.thing and keyed else frozenset()
    tally = Tally(row.rows, row.considered, row.usable, 0.0 if keyed else float(row.top or 0), float(row.bottom or 0), keys)
    return Group("" if branch.covering else key, branch.slices.place(row.place), tally, said)


def _query(number: int, branch: _Branch) -> Found:
    indicator, records, slices = branch.wish.indicator, branch.records, branch.slices
    formula, split = indicator.formula, indicator.split(branch.wish.split)
    narrowed = compiled(formula.where) if branch.covering and isinstance(formula, Coverage) else columns.asked(indicator).where
    found = within(records, slices.firsts[0], slices.lasts[-1]).filter(narrowed & standing(records, *slices.as_of))
    labels: Mapping[str, Any] = {
        "branch": Value(number, output_field=IntegerField()),
        "key": Cast(F(split.path), CharField()) if split and not branch.covering else Value("", output_field=CharField()),
        "place": place(records, slices),
        "thing": _thing(branch),
    }
    figures = _record(formula, records) if isinstance(formula, Latest) else _sums(indicator)
    named = {f"{PREFIX}{name}": labels[name] for name in labels}
    grouped = found.annotate(**named).values(*named).annotate(**{f"{PREFIX}{name}": figure for name, figure in figures.items()})
    query: Found = grouped.values_list(*(f"{PREFIX}{name}" for name in Row._fields))
    return query


def _thing(branch: _Branch) -> Any:
    """What a Distinct or Coverage counts or a Latest is of, as text; nothing for the others."""
    match branch.wish.indicator.formula:
        case Coverage(thing=thing, by=by):
            return Cast(F(by if branch.covering else thing), CharField())
        case Distinct(of=of):
            counting = Q(**{f"{of}__isnull": False}) & columns.asked(branch.wish.indicator).rows("part")
            return Case(When(counting, then=Cast(F(of), CharField())), default=Value(""), output_field=CharField())
        case Latest(per=per) if per:
            return Cast(F(per), CharField())
    return Value("", output_field=CharField())


def _sums(indicator: Indicator) -> dict[str, Any]:
    """Aggregates in the fixed layout; what is not asked for on its own repeats what it equals."""
    asked = columns.columns(indicator)
    rows = asked[columns.ROWS]
    considered = asked.get(columns.CONSIDERED, rows)
    usable = asked.get(columns.USABLE, considered)
    top = usable if isinstance(indicator.formula, Distinct) else asked.get(columns.TOP, usable)
    return {
        "rows": rows,
        "considered": considered,
        "usable": usable,
        "top": Cast(top, FloatField()),
        "bottom": Cast(asked.get(columns.BOTTOM, usable), FloatField()),
        "day": Cast(Value(None), DateField()),
        "moment": Cast(Value(None), DateTimeField()),
        "number": Value(0, output_field=IntegerField()),
    }


def _record(formula: Latest, records: Records) -> dict[str, Any]:
    """One record in the fixed layout."""
    one = Value(1, output_field=IntegerField())
    value = Cast(F(formula.of), FloatField())
    return {
        "rows": one,
        "considered": one,
        "usable": one,
        "top": value,
        "bottom": value,
        "day": F(records.dated),
        "moment": F(records.entered),
        "number": F("pk"),
    }
