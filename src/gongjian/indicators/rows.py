"""The rows an indicator looks at: of a span of days, as of a past day; and how parts of a split are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Q, QuerySet, Value

from gongjian.indicators import columns
from gongjian.indicators.asof import standing
from gongjian.indicators.formulas import Latest, Records
from gongjian.indicators.grammar import Indicator, Split
from gongjian.indicators.latest import Said
from gongjian.indicators.sources import hops, model_of

UNNAMED = "未填写"
YES_NO = {"True": "是", "False": "否", "true": "是", "false": "否", "1": "是", "0": "否"}  # as Python and either database write them
Found = QuerySet[Any]


def records_of(indicator: Indicator) -> Records:
    """Where it reads; TypeError for a computed one."""
    if indicator.records is None:
        msg = f"{indicator.code} is not computed from records"
        raise TypeError(msg)
    return indicator.records


def within(records: Records, first: date, last: date) -> Found:
    """Every version, in force or replaced, of the records of the days given; of things, of those that hold on at least one of them."""
    found = model_of(records)._default_manager.order_by()  # noqa: SLF001 - Django's public name
    if not records.until:
        return found.filter(**{f"{records.dated}__range": (first, last)})
    return found.filter(Q(**{f"{records.until}__isnull": True}) | Q(**{f"{records.until}__gt": first}), **{f"{records.dated}__lte": last})


def rows(indicator: Indicator, first: date, last: date, as_of: date | None = None) -> Found:
    """The records in force by the end of ``as_of`` that the indicator looks at."""
    records = records_of(indicator)
    return within(records, first, last).filter(standing(records, as_of) & columns.asked(indicator).where)


def key_words(indicator: Indicator, split: Split) -> Callable[[Any], str]:
    """How a part is called: the label of a choice, else the value itself; and what was not filled in."""
    field = hops(model_of(records_of(indicator)), split.path)[-1]
    labels = {str(key): str(label) for key, label in field.flatchoices or ()} or (YES_NO if isinstance(field, BooleanField) else {})
    return lambda key: UNNAMED if key in (None, "") else labels.get(str(key), str(key))


def said(indicator: Indicator, formula: Latest, found: Found, split: str = "") -> Iterator[tuple[Said, Any]]:
    """The records as ``latest`` takes them, each with its part of a split."""
    records = records_of(indicator)
    per, key = (F(path) if path else Value("") for path in (formula.per, split))
    names = (records.dated, records.entered, "pk", "tally_per", formula.of, "tally_part")
    for day, entered, row, of, value, part in found.annotate(tally_per=per, tally_part=key).values_list(*names):
        yield Said(day, entered, row, str(of), None if value is None else float(value)), part
