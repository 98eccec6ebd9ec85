"""Many indicators, many days, one query: each indicator's groups as one branch of a UNION ALL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, DateTimeField, F, FloatField, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from gongjian.indicators import columns
from gongjian.indicators.folding import Group, folded
from gongjian.indicators.formulas import Distinct, Latest
from gongjian.indicators.grammar import Records
from gongjian.indicators.latest import Said
from gongjian.indicators.measuring import Found, key_words, records_of, versions
from gongjian.indicators.standing import Standing, Wish, periods_on
from gongjian.indicators.tallies import Tally
from gongjian.trail.office_day import end_of

PREFIX = "tally_"


class Row(NamedTuple):
    """One group (for Latest one record) as every branch hands it over."""

    wish: int
    key: str | None
    day: date
    since: int
    until: int
    thing: str | None
    rows: int
    considered: int
    usable: int
    top: float | None
    bottom: float | None
    moment: Any
    number: int


def standings_of_records(wishes: Sequence[Wish], days: Sequence[date]) -> list[list[Standing]]:
    """For each wish its standing on each of ``days`` (ascending), for figures from records. One query for all of them."""
    if not wishes or not days:
        return [[] for _ in wishes]
    branches = [_branch(number, wish, days) for number, wish in enumerate(wishes)]
    groups: list[list[Group]] = [[] for _ in wishes]
    words = [_key_words(wish) for wish in wishes]
    for found in branches[0].union(*branches[1:], all=True):
        row = Row(*found)
        groups[row.wish].append(_group(wishes[row.wish], row, words[row.wish]))
    return [folded(wish.indicator, mine, days, by_key=bool(wish.split)) for wish, mine in zip(wishes, groups, strict=True)]


def _key_words(wish: Wish) -> Callable[[Any], str]:
    split = wish.indicator.split(wish.split)
    return key_words(wish.indicator, split) if split else lambda _: ""


def _group(wish: Wish, row: Row, words: Callable[[Any], str]) -> Group:
    said = None
    if isinstance(wish.indicator.formula, Latest):
        said = Said(row.day, row.moment, row.number, row.thing or "", row.top)
    keys = frozenset({row.thing}) if row.thing and isinstance(wish.indicator.formula, Distinct) else frozenset()
    top = 0.0 if isinstance(wish.indicator.formula, Distinct) else float(row.top or 0)
    tally = Tally(row.rows, row.considered, row.usable, top, float(row.bottom or 0), keys)
    return Group(words(row.key), row.day, row.since, row.until, tally, said)


def _branch(number: int, wish: Wish, days: Sequence[date]) -> Found:
    indicator = wish.indicator
    records, question = records_of(indicator), columns.asked(indicator)
    spans = [period for day in days for period in periods_on(indicator, day)]
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    found = versions(indicator, first, last).filter(question.where & _lived(records, days))
    split = indicator.split(wish.split)
    labels: Mapping[str, Any] = {
        "wish": Value(number, output_field=IntegerField()),
        "key": Cast(F(split.path), CharField()) if split else Value("", output_field=CharField()),
        "day": F(records.dated),
        "since": _since(records, days),
        "until": _until(records, days),
        "thing": _thing(indicator.formula, question),
    }
    figures = _record(indicator.formula, records) if isinstance(indicator.formula, Latest) else _sums(wish)
    named = {f"{PREFIX}{name}": labels[name] for name in labels}
    grouped = found.annotate(**named).values(*named).annotate(**{f"{PREFIX}{name}": figure for name, figure in figures.items()})
    branch: Found = grouped.values_list(*(f"{PREFIX}{name}" for name in Row._fields))
    return branch


def _thing(formula: Any, question: columns.Asked) -> Any:
    """What a Distinct counts or a Latest is of, as text; nothing for the others."""
    if isinstance(formula, Distinct):
        counts = Q(**{f"{formula.of}__isnull": False}) & question.rows("part")
        return Case(When(counts, then=Cast(F(formula.of), CharField())), default=Value(""), output_field=CharField())
    if isinstance(formula, Latest) and formula.per:
        return Cast(F(formula.per), CharField())
    return Value("", output_field=CharField())


def _sums(wish: Wish) -> dict[str, Any]:
    """Aggregates in the fixed layout; what is not asked for on its own repeats what it equals."""
    asked = columns.columns(wish.indicator)
    rows = asked[columns.ROWS]
    considered = asked.get(columns.CONSIDERED, rows)
    usable = asked.get(columns.USABLE, considered)
    top = usable if isinstance(wish.indicator.formula, Distinct) else asked.get(columns.TOP, usable)
    return {
        "rows": rows,
        "considered": considered,
        "usable": usable,
        "top": Cast(top, FloatField()),
        "bottom": Cast(asked.get(columns.BOTTOM, usable), FloatField()),
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
        "moment": F(records.entered),
        "number": F("pk"),
    }


def _lived(records: Records, days: Sequence[date]) -> Q:
    """Versions entered by the last day and still in force by the end of the first."""
    gone = Q(**{f"{records.replaced}__lt": end_of(days[0])})
    return Q(**{f"{records.entered}__lt": end_of(days[-1])}) & ~gone


def _since(records: Records, days: Sequence[date]) -> Case:
    """The number of the first day by whose end a version had been entered; most rows are old and settle at the first WHEN."""
    whens = [When(**{f"{records.entered}__lt": end_of(day)}, then=Value(number)) for number, day in enumerate(days)]
    return Case(*whens, default=Value(len(days)), output_field=IntegerField())


def _until(records: Records, days: Sequence[date]) -> Case:
    """The number of the first day by whose end it had been replaced; beyond the last where it had not."""
    never = When(**{f"{records.replaced}__isnull": True}, then=Value(len(days)))
    whens = [When(**{f"{records.replaced}__lt": end_of(day)}, then=Value(number)) for number, day in enumerate(days)]
    return Case(never, *whens, default=Value(len(days)), output_field=IntegerField())
