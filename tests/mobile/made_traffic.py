"""Entries and records of mobile sources made in one line: the examples, with what a test says differently."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import count
from typing import Any

from django.utils import timezone
from mobile.ledger_examples import EXAMPLES

from gongjian.indicators.queries.evidence import computed_rows
from gongjian.indicators.queries.values import by_split, value
from gongjian.indicators.registry import find as indicator
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.fields import Kind, specs
from gongjian.ledgers.registry import find, find_records
from gongjian.people.models import Department
from gongjian.standards.identifiers.credit_codes import with_check

_numbers = count(1)


def moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def bureau() -> Department:
    return Department.objects.get_or_create(name="综合执法局")[0]


def firm(number: int = 1, name: str = "亦通物流") -> Any:
    values = {"code": with_check(f"91110102{number:08d}"), "name": name, "department": bureau()}
    return entries.enter(ENTERPRISES, values, by=None, at=moment(date(2019, 1, 2)))


def entered(slug: str, code: str, *, on: date = date(2020, 1, 1), **said: Any) -> Any:
    """An entry in the ledger, and known to be, since a day; what the example points at is left out."""
    values = example(slug) | {"code": code, "department": bureau(), "valid_from": on} | said
    return entries.enter(find(slug), values, by=None, at=moment(on))


def noted(slug: str, on: date, *, known: date | None = None, until: date | None = None, **said: Any) -> Any:
    """A record of a day, known since ``known`` (that day) and replaced on ``until``; the rules are not asked."""
    model = find_records(slug).model
    values = example(slug) | {"on": on, "number": str(next(_numbers)), "department": bureau()} | said
    things = model._meta.get_field("entry").related_model
    values.setdefault("entry", things.objects.filter(code=values["label"]).first())
    return model.objects.create(entered_at=moment(known or on), replaced_at=until and moment(until), **values)


def example(slug: str) -> dict[str, Any]:
    """The example without what it points at."""
    pointing = {name for name, spec in specs(find(slug)).items() if spec.kind is Kind.ENTRY}
    return {name: what for name, what in EXAMPLES[slug].items() if name not in pointing}


def figure(code: str, period: Any, as_of: date | None = None) -> float | None:
    """The value of an indicator."""
    return value(indicator(code), period, as_of).value


def parts(code: str, period: Any, split: str) -> dict[str, float | None]:
    return {key: reading.value for key, reading in by_split(indicator(code), period, split)}


def behind(code: str, period: Any, as_of: date | None = None) -> list[tuple[Any, ...]]:
    """The evidence of a computed indicator."""
    return [tuple(row) for row in computed_rows(indicator(code).formula, period, as_of).rows]
