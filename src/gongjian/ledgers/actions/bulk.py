"""Getting many rows into a table quickly, on either database: ``executemany`` on SQLite, COPY on PostgreSQL.

Rows that come here have been held to their table before; nothing is checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models

from gongjian.ledgers.actions.keeping import keep_versions
from gongjian.ledgers.actions.touching import touch
from gongjian.ledgers.declaration import Ledger, RecordKind
from gongjian.ledgers.models import Entry
from gongjian.ledgers.searching import sought
from gongjian.trail.clock import local_day

BATCH = 5_000  # rows
Adapt = Callable[[Any], Any]


def insert_entries(ledger: Ledger, entries: Sequence[Any]) -> list[int]:
    """Put unsaved entries of a ledger into its tables and their first versions beside them; their ids, in order.

    Inside a transaction. IntegrityError, with nothing written, where a code is there already.
    """
    for entry, number in zip(entries, _numbers(Entry, len(entries)), strict=True):
        entry.pk = entry.id = number
        entry.kind = ledger.slug
        entry.sought = sought(ledger, entry)
    _insert(Entry, entries)
    _insert(ledger.model, entries)
    ids = [entry.pk for entry in entries]
    keep_versions(ledger, ids)
    touch(ledger.slug, *_days(entries))
    return ids


def insert_records(kind: RecordKind, records: Iterable[Any]) -> int:
    """Put unsaved records of a kind into its table, a batch at a time; how many there were. Inside a transaction."""
    count, days = 0, set[date]()
    for batch in _batches(records):
        count += _insert(kind.model, batch)
        days |= _days(batch)
    touch(kind.slug, *days)
    return count


def _numbers(model: type[models.Model], count: int) -> list[int]:
    """Ids nobody has; on SQLite the one writer knows them, on PostgreSQL the sequence gives them out."""
    table = model._meta.db_table  # noqa: SLF001 - Django's public name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + 1 + count))


def _insert(model: type[models.Model], things: Sequence[Any]) -> int:
    """Insert the columns of a model's own table; the id too, where the things have one."""
    meta = model._meta  # noqa: SLF001 - Django's public name
    fields = [field for field in meta.local_concrete_fields if not (field.primary_key and things and things[0].pk is None)]
    names, adapts = [field.attname for field in fields], [_adapt(field) for field in fields]
    rows = [[adapt(getattr(thing, name)) for name, adapt in zip(names, adapts, strict=True)] for thing in things]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608 - names come from the model # nosec B608
    return len(things)


def _adapt(field: Any) -> Adapt:
    """How a value of a field is handed to the database: mostly as it is."""
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    if isinstance(field, (models.DecimalField, models.JSONField)):
        return lambda value: field.get_db_prep_save(value, connection)
    return lambda value: value


@lru_cache(maxsize=20_000)
def _moment(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


@lru_cache(maxsize=20_000)
def _day(value: date | None) -> Any:
    return connection.ops.adapt_datefield_value(value)


def _batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch


def amend_entries(ledger: Ledger, entries: Sequence[Any], names: Sequence[str]) -> None:
    """Write the fields ``names`` of changed entries, each change as of its entry's ``entered_at``; their versions go on.

    Inside a transaction, and only when nobody else has changed them since they were read: ``version`` must have been counted on.
    """
    always = ("version", "source", "entered_at", "entered_by", "sought")
    for entry in entries:
        entry.sought = sought(ledger, entry)
    _close(ledger, entries)
    spine = {field.name for field in Entry._meta.local_concrete_fields}  # noqa: SLF001 - Django's public name
    _update(Entry, [*(name for name in names if name in spine), *always], entries)
    _update(ledger.model, [name for name in names if name not in spine], entries)
    keep_versions(ledger, [entry.pk for entry in entries])
    touch(ledger.slug, *_days(entries))


def _days(things: Iterable[Any]) -> set[date]:
    """The days on which they were entered."""
    return {local_day(moment) for moment in {thing.entered_at for thing in things}}


def _close(ledger: Ledger, entries: Sequence[Any]) -> None:
    table = connection.ops.quote_name(ledger.versions._meta.db_table)  # noqa: SLF001 - Django's public name
    rows = [(_moment(entry.entered_at), entry.pk) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET replaced_at = %s WHERE entry_id = %s AND replaced_at IS NULL", rows)  # noqa: S608 # nosec B608 - names come from the model


def _update(model: type[models.Model], names: Sequence[str], things: Sequence[Any]) -> None:
    meta = model._meta  # noqa: SLF001 - Django's public name
    fields: list[Any] = [meta.get_field(name) for name in names]
    if not fields:
        return
    adapts = [_adapt(field) for field in fields]
    rows = [(*(adapt(getattr(thing, field.attname)) for field, adapt in zip(fields, adapts, strict=True)), thing.pk) for thing in things]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    key = quote(str(meta.pk and meta.pk.column))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {key} = %s", rows)  # noqa: S608 # nosec B608 - names come from the model
