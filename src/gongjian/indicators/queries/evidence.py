"""The rows behind a figure: those that count for it, those it is counted among, those that say too little, those that came late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import CharField, F, Field, ForeignKey, OneToOneField, Q, QuerySet, TextField
from django.utils import timezone

from gongjian.indicators import columns, covering
from gongjian.indicators.asof import entered_after
from gongjian.indicators.formulas import Computed, Coverage, Records, Rows
from gongjian.indicators.grammar import Indicator, Split
from gongjian.indicators.periods import Period
from gongjian.indicators.rows import UNNAMED, key_words, records_of, rows, within
from gongjian.indicators.sources import hops, model_of

CHUNK = 2000


class Which(StrEnum):
    """Which of the rows."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MISSING = "missing"
    LATE = "late"

    def words(self, indicator: Indicator) -> str:
        """In Chinese."""
        return (_OF_THINGS if isinstance(indicator.formula, Coverage) else _OF_RECORDS)[self.value]


_OF_RECORDS = {"numerator": "计入的记录", "denominator": "基数记录", "missing": "缺内容未计入的记录", "late": "期后补录的记录"}
_OF_THINGS = {"numerator": "已覆盖的对象", "denominator": "应覆盖的对象", "missing": "未覆盖的对象", "late": "期后补录才有记录的对象"}


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a reader narrows rows to: parts of splits, by the split's name, as the database holds them."""

    parts: tuple[tuple[str, str], ...] = ()

    def q(self, indicator: Indicator) -> Q:
        """The condition; splits the indicator does not have are passed over."""
        chosen = Q()
        for name, key in self.parts:
            if split := indicator.split(name):
                chosen &= _unnamed(indicator, split) if key == UNNAMED else Q(**{split.path: key})
        return chosen


def _unnamed(indicator: Indicator, split: Split) -> Q:
    empty = isinstance(hops(model_of(records_of(indicator)), split.path)[-1], CharField | TextField)
    return Q(**{f"{split.path}__isnull": True}) | (Q(**{split.path: ""}) if empty else Q())


def rows_behind(indicator: Indicator, period: Period, which: Which, as_of: date | None = None) -> QuerySet[Any]:
    """The rows of a figure from records, in order of day, to be filtered and exported; TypeError for a computed one."""
    if isinstance(indicator.formula, Coverage):
        found = _things_behind(indicator, indicator.formula, period, which, as_of)
    else:
        found = _records_behind(indicator, period, which, as_of)
    ordered: QuerySet[Any] = found.select_related(*_relations(indicator)).order_by(records_of(indicator).dated, "pk")
    return ordered


def _records_behind(indicator: Indicator, period: Period, which: Which, as_of: date | None) -> QuerySet[Any]:
    records, question = records_of(indicator), columns.asked(indicator)
    if which is Which.LATE:
        late_ones = question.rows("considered") & entered_after(records, period.last)
        return within(records, *indicator.span(period)).filter(late_ones)
    found = rows(indicator, *indicator.span(period), as_of)
    match which:
        case Which.NUMERATOR:
            return found.filter(question.rows("part"))
        case Which.DENOMINATOR:
            return found.filter(question.rows("usable"))
    silent: QuerySet[Any] = found.filter(question.rows("considered")).exclude(pk__in=found.filter(question.rows("usable")).values("pk"))
    return silent


def _things_behind(indicator: Indicator, formula: Coverage, period: Period, which: Which, as_of: date | None) -> QuerySet[Any]:
    """The things of a coverage, each with the day it was first covered and how often."""
    found = rows(indicator, *indicator.span(period), as_of)
    match which:
        case Which.NUMERATOR:
            found = found.filter(covering.covered(formula, period, as_of))
        case Which.MISSING:
            found = found.exclude(covering.covered(formula, period, as_of))
        case Which.LATE:
            found = found.filter(covering.covered_late(formula, period, as_of))
    annotated: QuerySet[Any] = found.annotate(**covering.told(formula, period, as_of))
    return annotated


def late(indicator: Indicator, period: Period) -> int:
    """How many rows (of a coverage: things) ``Which.LATE`` has; 0 for a computed figure, whose room tells its own."""
    return 0 if isinstance(indicator.formula, Computed) else rows_behind(indicator, period, Which.LATE).count()


def choices(indicator: Indicator, period: Period, name: str) -> list[tuple[str, str]]:
    """The parts of a split that occur in a period, as the database holds them and as they are called; one query."""
    split = indicator.split(name)
    if split is None or isinstance(indicator.formula, Computed):
        return []
    words = key_words(indicator, split)
    keys = rows(indicator, *indicator.span(period)).values_list(F(split.path), flat=True).distinct()
    return sorted({(UNNAMED if key in (None, "") else str(key), words(key)) for key in keys})


def table(indicator: Indicator, found: QuerySet[Any] | Sequence[Any]) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Headings and rows as a page shows them: what ``shown`` says, and the splits that lie across a relation.

    Of a coverage also the day a thing was first covered and how often.
    """
    records = records_of(indicator)
    fields = shown(records)
    across = [split for split in indicator.splits if "__" in split.path]
    labels = {split.path: key_words(indicator, split) for split in across}
    told = ((covering.FIRST, "首次记录日期"), (covering.TIMES, "记录次数")) if isinstance(indicator.formula, Coverage) else ()
    titles = (*(_title(field, records) for field in fields), *(split.title for split in across), *(title for _, title in told))
    each = found.iterator(chunk_size=CHUNK) if isinstance(found, QuerySet) else iter(found)
    return titles, (
        (
            *(_cell(row, field) for field in fields),
            *(labels[split.path](_along(row, split.path)) for split in across),
            *(getattr(row, name) for name, _ in told),
        )
        for row in each
    )


def shown(records: Records) -> list[Field[Any, Any]]:
    """The fields of a record that mean something to a reader, its parents' too.

    No keys, no links to a parent's row, and of what no form may change only the days and moments that the records name.
    """
    named = {records.dated, records.until, records.entered, records.replaced}
    return [
        field
        for field in model_of(records)._meta.concrete_fields  # noqa: SLF001 - Django's public name
        if not field.primary_key and not _is_parent_link(field) and (field.editable or field.name in named)
    ]


def _is_parent_link(field: Field[Any, Any]) -> bool:
    return isinstance(field, OneToOneField) and bool(field.remote_field.parent_link)


def computed_rows(formula: Computed, period: Period, as_of: date | None = None) -> Rows:
    """The rows behind a computed figure; without any where its room gives none."""
    if formula.evidence is None:
        return Rows((), ())
    return formula.evidence(*formula.reach(period), as_of)


def _title(field: Field[Any, Any], records: Records) -> str:
    named: Mapping[str, str] = {records.entered: "录入时间", records.replaced: "更正时间"}
    return named.get(field.name, str(field.verbose_name))


def _cell(row: Any, field: Field[Any, Any]) -> Any:
    value = getattr(row, field.name)
    if isinstance(field, ForeignKey):
        return "" if value is None else str(value)
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


def _along(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = None if row is None else getattr(row, part)
    return row


def _relations(indicator: Indicator) -> set[str]:
    """What must be read with the rows so that showing them asks nothing more."""
    model = model_of(records_of(indicator))
    direct = {field.name for field in shown(records_of(indicator)) if isinstance(field, ForeignKey)}
    crossed = {split.path.rsplit("__", 1)[0] for split in indicator.splits if len(hops(model, split.path)) > 1}
    return direct | crossed
