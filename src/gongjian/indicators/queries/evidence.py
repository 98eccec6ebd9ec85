"""The rows behind a figure: those that count for it, those it is counted among, those that say too little, those that came late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import F, Field, ForeignKey, Q, QuerySet
from django.utils import timezone

from gongjian.indicators import columns
from gongjian.indicators.asof import entered_after
from gongjian.indicators.formulas import Computed, Rows
from gongjian.indicators.grammar import Indicator, Records
from gongjian.indicators.measuring import UNNAMED, key_words, records_of, rows, versions
from gongjian.indicators.periods import Period
from gongjian.indicators.sources import hops, model_of

CHUNK = 2000
HIDDEN = ("id",)


class Which(StrEnum):
    """Which of the rows."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    MISSING = "missing"
    LATE = "late"

    def words(self) -> str:
        """In Chinese."""
        return {"numerator": "计入的记录", "denominator": "基数记录", "missing": "缺内容未计入的记录", "late": "期后补录的记录"}[self.value]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a reader narrows rows to: parts of splits, by the split's name, as the database holds them."""

    parts: tuple[tuple[str, str], ...] = ()

    def q(self, indicator: Indicator) -> Q:
        """The condition; splits the indicator does not have are passed over."""
        chosen = Q()
        for name, key in self.parts:
            if split := indicator.split(name):
                unnamed = Q(**{f"{split.path}__isnull": True}) | Q(**{split.path: ""})
                chosen &= unnamed if key == UNNAMED else Q(**{split.path: key})
        return chosen


def rows_behind(indicator: Indicator, period: Period, which: Which, as_of: date | None = None) -> QuerySet[Any]:
    """The rows of a figure from records, in order of day, to be filtered and exported; TypeError for a computed one."""
    records, question = records_of(indicator), columns.asked(indicator)
    if which is Which.LATE:
        found = versions(indicator, period.first, period.last).filter(question.rows("considered") & entered_after(records, period.last))
    else:
        found = rows(indicator, period.first, period.last, as_of)
    match which:
        case Which.NUMERATOR:
            found = found.filter(question.rows("part"))
        case Which.DENOMINATOR:
            found = found.filter(question.rows("usable"))
        case Which.MISSING:
            found = found.filter(question.rows("considered")).exclude(pk__in=found.filter(question.rows("usable")).values("pk"))
    return found.select_related(*_relations(indicator)).order_by(records.dated, "pk")


def late(indicator: Indicator, period: Period) -> int:
    """How many rows were entered after the period was over; 0 for a computed figure, whose room tells its own."""
    return 0 if isinstance(indicator.formula, Computed) else rows_behind(indicator, period, Which.LATE).count()


def choices(indicator: Indicator, period: Period, name: str) -> list[tuple[str, str]]:
    """The parts of a split that occur in a period, as the database holds them and as they are called; one query."""
    split = indicator.split(name)
    if split is None or isinstance(indicator.formula, Computed):
        return []
    words = key_words(indicator, split)
    keys = rows(indicator, period.first, period.last).values_list(F(split.path), flat=True).distinct()
    return sorted({(UNNAMED if key in (None, "") else str(key), words(key)) for key in keys})


def table(indicator: Indicator, found: QuerySet[Any] | Sequence[Any]) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Headings and rows as a page shows them: every field of the record, and the splits that lie across a relation."""
    records = records_of(indicator)
    model = model_of(records)
    fields = [field for field in model._meta.concrete_fields if field.name not in HIDDEN]  # noqa: SLF001 - Django's public name
    across = [split for split in indicator.splits if "__" in split.path]
    labels = {split.path: key_words(indicator, split) for split in across}
    titles = (*(_title(field, records) for field in fields), *(split.title for split in across))
    each = found.iterator(chunk_size=CHUNK) if isinstance(found, QuerySet) else iter(found)
    return titles, (
        (*(_cell(row, field) for field in fields), *(labels[split.path](_along(row, split.path)) for split in across)) for row in each
    )


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
    direct = {field.name for field in model._meta.concrete_fields if isinstance(field, ForeignKey)}  # noqa: SLF001 - Django's public name
    crossed = {split.path.rsplit("__", 1)[0] for split in indicator.splits if len(hops(model, split.path)) > 1}
    return direct | crossed
