"""Tallies of one indicator from its records: of a period, by day, by month, by split, as of a past day. One query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import CharField, F, Func

from gongjian.indicators import columns
from gongjian.indicators.formulas import Coverage, Distinct, Latest
from gongjian.indicators.grammar import Indicator, Split
from gongjian.indicators.latest import Said, latest_tally
from gongjian.indicators.periods import Period, month
from gongjian.indicators.rows import key_words, records_of, rows, said
from gongjian.indicators.tallies import Tally, total
from gongjian.indicators.unions import folded
from gongjian.kernel.months import Month

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


def tally(indicator: Indicator, period: Period, as_of: date | None = None) -> Tally:
    """The tally of a period."""
    if isinstance(indicator.formula, Coverage):
        return folded(indicator, [(period, as_of)]).whole(0)
    found = rows(indicator, *indicator.span(period), as_of)
    if isinstance(indicator.formula, Latest):
        return latest_tally(record for record, _ in said(indicator, indicator.formula, found))
    return columns.tally(indicator, found.aggregate(**columns.columns(indicator)))


def by_month(indicator: Indicator, first: Month, last: Month, as_of: date | None = None) -> Mapping[Month, Tally]:
    """The tally of every month that has records; of what holds, of every month."""
    records = records_of(indicator)
    if records.until:
        months = list(first.through(last))
        found_by_month = folded(indicator, [(month(each), as_of) for each in months])
        return {each: found_by_month.whole(number) for number, each in enumerate(months)}
    found = rows(indicator, first.first, last.last, as_of)
    if isinstance(indicator.formula, Latest):
        return _newest((Month.of(record.day), record) for record, _ in said(indicator, indicator.formula, found))
    if isinstance(indicator.formula, Distinct):
        grouped = found.values(tally_month=MonthOf(F(records.dated))).annotate(**columns.columns(indicator))
        return {Month.parse(row["tally_month"]): columns.tally(indicator, row) for row in grouped}
    return _by_month_of_days(by_day(indicator, first.first, last.last, as_of))


def by_day(indicator: Indicator, first: date, last: date, as_of: date | None = None) -> dict[date, Tally]:
    """The tally of every day that has records; they add up for all kinds but Distinct and Latest. TypeError for what holds.

    Grouped on the bare column, which is quicker than cutting a month out of every row.
    """
    records = records_of(indicator)
    if records.until:
        msg = f"{indicator.code}: what holds from day to day does not add up by day"
        raise TypeError(msg)
    grouped = rows(indicator, first, last, as_of).values(tally_day=F(records.dated)).annotate(**columns.columns(indicator))
    return {row["tally_day"]: columns.tally(indicator, row) for row in grouped}


def by_key(indicator: Indicator, period: Period, split: Split, as_of: date | None = None) -> Mapping[str, Tally]:
    """The tally of each part of a split."""
    if isinstance(indicator.formula, Coverage):
        return folded(indicator, [(period, as_of)], split.name).parts(0)
    words = key_words(indicator, split)
    found = rows(indicator, *indicator.span(period), as_of)
    if isinstance(indicator.formula, Latest):
        return _newest((words(key), record) for record, key in said(indicator, indicator.formula, found, split.path))
    grouped = found.values(tally_key=F(split.path)).annotate(**columns.columns(indicator))
    parts: dict[str, list[Tally]] = defaultdict(list)
    for row in grouped:  # NULL and "" are two groups to a database and one to a reader
        parts[words(row["tally_key"])].append(columns.tally(indicator, row))
    return {key: total(tallies) for key, tallies in parts.items()}


def _by_month_of_days(days: Mapping[date, Tally]) -> Mapping[Month, Tally]:
    months: dict[Month, list[Tally]] = defaultdict(list)
    for day, found in days.items():
        months[Month.of(day)].append(found)
    return {month: total(tallies) for month, tallies in months.items()}


def _newest(records: Iterable[tuple[Key, Said]]) -> Mapping[Key, Tally]:
    groups: dict[Key, list[Said]] = defaultdict(list)
    for key, record in records:
        groups[key].append(record)
    return {key: latest_tally(group) for key, group in groups.items()}
