"""Every ledger and kind of record of the house. Each room names its own; they are collected at start."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import check_table

_TABLES: dict[str, Table] = {}


def register(*tables: Table) -> None:
    """Take declarations in; ImproperlyConfigured on one that names a field its model lacks, or takes another's slug.

    Called from a room's ``AppConfig.ready``; ledgers before the records about them. Registering the same again changes nothing.
    """
    for table in tables:
        if _TABLES.get(table.slug, table) is not table:
            msg = f"two tables are called {table.slug}"
            raise ImproperlyConfigured(msg)
        if isinstance(table, RecordKind) and not isinstance(_TABLES.get(table.ledger), Ledger):
            msg = f"{table.slug} is about {table.ledger}, which is no ledger"
            raise ImproperlyConfigured(msg)
        check_table(table)
        _TABLES[table.slug] = table


def forget(*slugs: str) -> None:
    """Take declarations out again; for tests."""
    for slug in slugs:
        _TABLES.pop(slug, None)


def ledgers() -> list[Ledger]:
    """Every ledger, in the order they were named."""
    return [table for table in _TABLES.values() if isinstance(table, Ledger)]


def record_kinds(ledger: str = "") -> list[RecordKind]:
    """Every kind of record, or those about one ledger."""
    return [table for table in _TABLES.values() if isinstance(table, RecordKind) and ledger in ("", table.ledger)]


def find(slug: str) -> Table:
    """The table of that slug; Refusal when there is none."""
    if found := _TABLES.get(slug):
        return found
    msg = f"没有“{slug[:40]}”这个台账，请从“台账”目录进入。"
    raise Refusal(msg)


def find_ledger(slug: str) -> Ledger:
    """The ledger of that slug; Refusal when there is none."""
    found = find(slug)
    if isinstance(found, Ledger):
        return found
    msg = f"“{found.title}”是记录，不是台账，请从“台账”目录进入。"
    raise Refusal(msg)


def find_records(slug: str) -> RecordKind:
    """The kind of record of that slug; Refusal when there is none."""
    found = find(slug)
    if isinstance(found, RecordKind):
        return found
    msg = f"“{found.title}”是台账，不是记录，请从“台账”目录进入。"
    raise Refusal(msg)


def called(name: str) -> Ledger | None:
    """The ledger a plan calls ``name``."""
    return next((ledger for ledger in ledgers() if name in (ledger.title, *ledger.names)), None)
