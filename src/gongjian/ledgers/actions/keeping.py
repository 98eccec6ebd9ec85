"""The tables of versions: the present state of entries copied into them by the database itself, one entry or fifty thousand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from gongjian.ledgers.actions.finding import keep_findable
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.models.versions import LEFT_OUT

CHUNK = 10_000  # ids named in one statement


def close_versions(ledger: Ledger, entries: Sequence[int], at: datetime) -> None:
    """The standing versions of these entries give way at ``at``."""
    for ids in _chunks(entries):
        ledger.versions._default_manager.filter(entry_id__in=ids, replaced_at=None).update(replaced_at=at)  # noqa: SLF001 - Django's public name


def keep_versions(ledger: Ledger, entries: Sequence[int]) -> None:
    """Copy the entries as they are now into the versions, and keep them findable; those that stood before must have been closed."""
    head = _copying(ledger)
    with connection.cursor() as cursor:
        for ids in _chunks(entries):
            marks = ", ".join(["%s"] * len(ids))
            cursor.execute(f"{head} WHERE child.entry_ptr_id IN ({marks})", list(ids))  # nosec B608 # names come from the model
            keep_findable(ids)


@cache
def _copying(ledger: Ledger) -> str:
    quote = connection.ops.quote_name
    spine, child = ledger.model._meta.get_field("code").model._meta, ledger.model._meta  # noqa: SLF001 - Django's public name
    sources = (
        {"entry_id": "child.entry_ptr_id"} | _columns(spine.local_concrete_fields, "spine") | _columns(child.local_concrete_fields, "child")
    )
    targets = ", ".join(quote(name) for name in sources)
    table = quote(_table(ledger.versions))
    return (
        f"INSERT INTO {table} ({targets}) SELECT {', '.join(sources.values())} "  # nosec B608 # names come from the model  # noqa: S608 - same
        f"FROM {quote(child.db_table)} AS child JOIN {quote(spine.db_table)} AS spine ON spine.id = child.entry_ptr_id"
    )


def _columns(fields: Sequence[Any], of: str) -> dict[str, str]:
    return {field.column: f"{of}.{connection.ops.quote_name(field.column)}" for field in fields if field.name not in LEFT_OUT}


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django's public name


def _chunks(entries: Sequence[int]) -> Iterator[Sequence[int]]:
    return (entries[start : start + CHUNK] for start in range(0, len(entries), CHUNK))
