"""Tallies of one indicator from its records: of a period, by day, by month, by split, as of a past day. One query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import CharField, F, Func, Q, QuerySet, Value

from gongjian.indicators import columns
from gongjian.indicators.asof import standing
from gongjian.indicators.formulas import Distinct, Latest
from gongjian.indicators.grammar import Indicator, Records, Split
from gongjian.indicators.latest import Said, latest_tally
from gongjian.indicators.periods import Period
from gongjian.indicators.sources import hops, model_of
from gongjian.indicators.tallies import Tally, total
from gongjian.kernel.months import Month

UNNAMED = "未填写"
Found = QuerySet[Any]
Key = TypeVar("Key")


class MonthOf(Func):
    """The month of a day column as ``2020-09``, without leaving the database."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Days are stored as ISO text."""
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """Days are a type of their own."""
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **extra)


def records_of(indicator: Indicator) -> Records:
    """Where it reads; TypeError for a computed one."""
    if indicator.records is None:
        msg = f"{indicator.code} is not computed from records"
        raise TypeError(msg)
    return indicator.records


def versions(indicator: Indicator, first: date, last: date) -> Found:
    """Every version, in force or replaced, of the records that belong to the days given."""
    records = records_of(indicator)
    return model_of(records)._default_manager.filter(Q(**{f"{records.dated}__range": (first, last)})).order_by()  # noqa: SLF001 - Django's public name


def rows(indicator: Indicator, first: date, last: date, as_of: date | None = None) -> Found:
    """The records in force by the end of ``as_of`` that the indicator looks at."""
    return versions(indicator, first, last).filter(standing(records_of(indicator), as_of) & columns.asked(indicator).where)


def tally(indicator: Indicator, period: Period, as_of: date | None = None) -> Tally:
    """The tally of a period."""
    found = rows(indicator, period.first, period.last, as_of)
    if isinstance(indicator.formula, Latest):
        return latest_tally(record for record, _ in said(indicator, indicator.formula, found))
    return columns.tally(indicator, found.aggregate(**columns.columns(indicator)))


def by_month(indicator: Indicator, first: Month, last: Month, as_of: date | None = None) -> Mapping[Month, Tally]:
    """The tally of every month that has records."""
    found, dated = rows(indicator, first.first, last.last, as_of), records_of(indicator).dated
    if isinstance(indicator.formula, Latest):
        return _newest((Month.of(record.day), record) for record, _ in said(indicator, indicator.formula, found))
    if isinstance(indicator.formula, Distinct):
        grouped = found.values(tally_month=MonthOf(F(dated))).annotate(**columns.columns(indicator))
        return {Month.parse(row["tally_month"]): columns.tally(indicator, row) for row in grouped}
    return _folded(by_day(indicator, first.first, last.last, as_of))


def by_day(indicator: Indicator, first: date, last: date, as_of: date | None = None) -> dict[date, Tally]:
    """The tally of every day that has records; they add up for all kinds but Distinct and Latest.

    Grouped on the bare column, which is quicker than cutting a month out of every row.
    """
    grouped = rows(indicator, first, last, as_of).values(tally_day=F(records_of(indicator).dated)).annotate(**columns.columns(indicator))
    return {row["tally_day"]: columns.tally(indicator, row) for row in grouped}


def by_key(indicator: Indicator, period: Period, split: Split, as_of: date | None = None) -> Mapping[str, Tally]:
    """The tally of each part of a split."""
    words = key_words(indicator, split)
    found = rows(indicator, period.first, period.last, as_of)
    if isinstance(indicator.formula, Latest):
        return _newest((words(key), record) for record, key in said(indicator, indicator.formula, found, split.path))
    grouped = found.values(tally_key=F(split.path)).annotate(**columns.columns(indicator))
    parts: dict[str, list[Tally]] = defaultdict(list)
    for row in grouped:  # NULL and "" are two groups to a database and one to a reader
        parts[words(row["tally_key"])].append(columns.tally(indicator, row))
    return {key: total(tallies) for key, tallies in parts.items()}


def key_words(indicator: Indicator, split: Split) -> Callable[[Any], str]:
    """How a part is called: the label of a choice, else the value itself; and what was not filled in."""
    choices = dict(hops(model_of(records_of(indicator)), split.path)[-1].flatchoices or ())
    return lambda key: UNNAMED if key in (None, "") else str(choices.get(key, key))


def said(indicator: Indicator, formula: Latest, found: Found, split: str = "") -> Iterator[tuple[Said, Any]]:
    """The records as ``latest`` takes them, each with its part of a split."""
    records = records_of(indicator)
    per, key = (F(path) if path else Value("") for path in (formula.per, split))
    names = (records.dated, records.entered, "pk", "tally_per", formula.of, "tally_part")
    for day, entered, row, of, value, part in found.annotate(tally_per=per, tally_part=key).values_list(*names):
        yield Said(day, entered, row, str(of), None if value is None else float(value)), part


def _folded(days: Mapping[date, Tally]) -> Mapping[Month, Tally]:
    months: dict[Month, list[Tally]] = defaultdict(list)
    for day, found in days.items():
        months[Month.of(day)].append(found)
    return {month: total(tallies) for month, tallies in months.items()}


def _newest(records: Iterable[tuple[Key, Said]]) -> Mapping[Key, Tally]:
    groups: dict[Key, list[Said]] = defaultdict(list)
    for key, record in records:
        groups[key].append(record)
    return {key: latest_tally(group) for key, group in groups.items()}
