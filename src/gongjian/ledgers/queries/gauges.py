"""How often each table of ledgers and records was written to: a number that changes with every write; one query."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model, Sum

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.models import Touch
from gongjian.ledgers.registers import derived_registers
from gongjian.ledgers.registry import ledgers, record_kinds

MEMBERSHIP, TOUCH = "ledgers.Membership", "ledgers.Touch"


def written_tables() -> set[str]:
    """The tables ``writes`` tells of; no query."""
    return {_label(model) for table in (*ledgers(), *record_kinds()) for model in _models(table)} | {MEMBERSHIP, TOUCH}


def writes() -> Mapping[str, int]:
    """By "app.Model": of every ledger and its versions, of every kind of record, of derived registers, and of these numbers themselves."""
    counted = dict(Touch.objects.order_by().values("table").annotate(n=Sum("writes")).values_list("table", "n"))
    found = {_label(model): counted.get(table.slug, 0) for table in (*ledgers(), *record_kinds()) for model in _models(table)}
    found[MEMBERSHIP] = sum(counted.get(register.slug, 0) for register in derived_registers())
    found[TOUCH] = sum(counted.values())
    return found


def _models(table: object) -> tuple[type[Model], ...]:
    return (table.model, table.versions) if isinstance(table, Ledger) else (table.model,)  # type: ignore[attr-defined] # a kind of record else


def _label(model: type[Model]) -> str:
    return f"{model._meta.app_label}.{model.__name__}"  # noqa: SLF001 - Django's public name
