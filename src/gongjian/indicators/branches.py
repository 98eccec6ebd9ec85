"""The parts of a union: what several indicators ask of the same rows, asked in one pass over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DateTimeField, F, FloatField, IntegerField, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from gongjian.indicators import columns
from gongjian.indicators.asof import standing
from gongjian.indicators.compiling import compiled
from gongjian.indicators.expressions import Keys, Nothing, Rank
from gongjian.indicators.formulas import Coverage, Distinct, Latest, Records
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.rows import Found, records_of, within
from gongjian.indicators.slices import Slice, Slices
from gongjian.indicators.standing import Wish
from gongjian.trail.office_day import end_of

PREFIX = "tally_"
TOGETHER = 10  # indicators in one pass: every part of a union has as many columns as the widest


class Labels(NamedTuple):
    """What every row of a union begins with; the last four are a Latest's record."""

    branch: int
    key: str | None
    place: int
    thing: str | None
    day: Any
    moment: Any
    number: int | None


@dataclass(frozen=True)
class Side:
    """One indicator's own rows, or for a coverage what covers them."""

    wish: Wish
    slices: Slices
    covering: bool = False

    @property
    def indicator(self) -> Indicator:
        """What asks."""
        return self.wish.indicator

    @property
    def records(self) -> Records:
        """Where it reads."""
        formula = self.indicator.formula
        return formula.records if self.covering and isinstance(formula, Coverage) else records_of(self.indicator)

    @property
    def path(self) -> str:
        """The field it is taken apart by; a covering is never."""
        split = None if self.covering else self.indicator.split(self.wish.split)
        return split.path if split else ""

    @cached_property
    def where(self) -> Q:
        """The rows it looks at."""
        formula = self.indicator.formula
        return compiled(formula.where) if self.covering and isinstance(formula, Coverage) else columns.asked(self.indicator).where

    def figures(self, *, narrowed: bool) -> Mapping[str, Combinable]:
        """The aggregates it asks for; ``narrowed``: of rows that are held to ``where`` already."""
        formula, only = self.indicator.formula, None if narrowed else (self.where or None)
        if isinstance(formula, Latest):
            return {columns.TOP: F(formula.of)}
        if isinstance(formula, Coverage):
            return {columns.KEYS: _keys(formula.by if self.covering else formula.thing, only or Q())}
        found = columns.columns(self.indicator, narrowed=narrowed)
        if isinstance(formula, Distinct):
            del found[columns.TOP]
            found[columns.KEYS] = _keys(formula.of, columns.asked(self.indicator).rows("part"))
        return found


def _keys(path: str, only: Q) -> Combinable:
    return Cast(Keys(Cast(F(path), CharField()), distinct=True, filter=only & Q(**{f"{path}__isnull": False})), TextField())


class Branch:
    """Sides that read the same rows by the same days and parts; figures that two of them share are asked for once."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.sides = sides
        narrowed = all(side.where == sides[0].where for side in sides)
        self._where = sides[0].where if narrowed else Q()
        self.numbers: list[Combinable] = []
        self.texts: list[Combinable] = []
        self.read = [self._placed(side.figures(narrowed=narrowed)) for side in sides]

    def _placed(self, figures: Mapping[str, Combinable]) -> dict[str, int]:
        """In which column each figure stands, among the numbers or the texts."""
        return {name: _index(self.texts if name == columns.KEYS else self.numbers, figure) for name, figure in figures.items()}

    def query(self, number: int, wide: tuple[int, int]) -> Found:
        """Its part of the union, filled up to ``wide`` numbers and texts."""
        side = self.sides[0]
        found = within(side.records, side.slices.firsts[0], side.slices.lasts[-1])
        found = found.filter(self._where & standing(side.records, *side.slices.as_of))
        named = {
            "branch": Value(number, output_field=IntegerField()),
            "key": Cast(F(side.path), CharField()) if side.path else Value("", output_field=CharField()),
            "place": _place(side.records, side.slices),
        }
        figures = [*_filled(self.numbers, wide[0], FloatField()), *_filled(self.texts, wide[1], TextField())]
        rest = _record(side) | {f"figure_{at}": figure for at, figure in enumerate(figures)}
        grouped = found.annotate(**_named(named)).values(*_named(named)).annotate(**_named(rest))
        query: Found = grouped.values_list(*_named(dict.fromkeys((*Labels._fields, *rest))))
        return query


def merged(sides: Iterable[Side]) -> Iterator[Branch]:
    """The sides, together wherever they can be; each record of a Latest is its own group, so it stays alone."""
    together: dict[Any, list[Side]] = defaultdict(list)
    for side in sides:
        alone = id(side) if isinstance(side.indicator.formula, Latest) else 0
        together[side.records, side.path, side.slices, alone].append(side)
    for mine in together.values():
        for start in range(0, len(mine), TOGETHER):
            yield Branch(mine[start : start + TOGETHER])


def sides_of(wish: Wish, wanted: Sequence[Slice]) -> list[Side]:
    """The one side of an indicator, the two of a coverage."""
    own = Side(wish, Slices.of(wanted, [wish.indicator.span(period) for period, _ in wanted]))
    if not isinstance(wish.indicator.formula, Coverage):
        return [own]
    return [own, Side(wish, Slices.of(wanted, [(period.first, period.last) for period, _ in wanted]), covering=True)]


def _index(held: list[Combinable], figure: Combinable) -> int:
    if figure not in held:
        held.append(figure)
    return held.index(figure)


def _named(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{PREFIX}{name}": figure for name, figure in figures.items()}


def _filled(figures: Sequence[Combinable], wide: int, kind: Any) -> list[Combinable]:
    return [*(Cast(figure, kind) for figure in figures), *(Nothing(kind) for _ in range(wide - len(figures)))]


def _record(side: Side) -> dict[str, Any]:
    """What only the record of a Latest says."""
    formula = side.indicator.formula
    if not isinstance(formula, Latest):
        return {
            "thing": Nothing(CharField()),
            "day": Nothing(DateField()),
            "moment": Nothing(DateTimeField()),
            "number": Nothing(IntegerField()),
        }
    thing = Cast(F(formula.per), CharField()) if formula.per else Value("", output_field=CharField())
    return {"thing": thing, "day": F(side.records.dated), "moment": F(side.records.entered), "number": F("pk")}


def _place(records: Records, slices: Slices) -> Combinable:
    """The place of a row among the days asked about, as ``Slices.place`` reads it."""
    moments = [end_of(day) for day in slices.as_of if day is not None]
    sizes = slices.sizes
    begins = Rank(records.dated, "<=", slices.lasts)
    ends = Rank(records.until, "<=", slices.firsts, len(slices.firsts)) if records.until else Rank(records.dated, "<", slices.firsts)
    since = Rank(records.entered, "<", moments)
    until = Rank(records.replaced, "<", moments, len(slices.as_of))
    return begins + sizes.begins * (ends + sizes.ends * (since + sizes.since * until))
