"""The database's own refusal to change or delete what is in the log, for SQLite and PostgreSQL.

This stops a mistake and a careless script, not somebody who may change the schema: against those there is the sealed chain.
A later migration that rebuilds one of the tables (SQLite does so to alter a column) must call ``install`` again; a test watches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

KEYS = {"trail_event": ("id",), "trail_batch": ("id", "sequence", "previous")}

SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    # INSERT OR REPLACE deletes the standing row without asking a delete trigger
    (
        "CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same_key}) "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    ),
)
POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ),
    "CREATE OR REPLACE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
    # ALWAYS: a session that calls itself a replica is refused as well
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_update",
    "ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate",
)
SPEECH = {
    "sqlite": (SQLITE, "DROP TRIGGER IF EXISTS {name}", "SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": (POSTGRESQL, "DROP TRIGGER IF EXISTS {name} ON {table}", "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"),
}
NAMES = {"sqlite": ("no_update", "no_delete", "no_replace"), "postgresql": ("no_update", "no_truncate")}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the log's tables append-only; harmless when they are."""
    create, _, _ = _speech(connection)
    with connection.cursor() as cursor:
        for table, keys in KEYS.items():
            same_key = " OR ".join(f"{key} = NEW.{key}" for key in keys)
            for statement in create:
                cursor.execute(statement.format(table=table, same_key=same_key))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Lift the refusal."""
    _, drop, _ = _speech(connection)
    with connection.cursor() as cursor:
        for table in KEYS:
            for name in NAMES[connection.vendor]:
                cursor.execute(drop.format(table=table, name=f"{table}_{name}"))


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that should stand and do not."""
    _, _, listing = _speech(connection)
    with connection.cursor() as cursor:
        cursor.execute(listing)
        standing = {row[0] for row in cursor.fetchall()}
    return {f"{table}_{name}" for table in KEYS for name in NAMES[connection.vendor]} - standing


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside, the tables may be emptied: for wiping a whole database, nothing less."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _speech(connection: BaseDatabaseWrapper) -> tuple[tuple[str, ...], str, str]:
    if connection.vendor not in SPEECH:
        msg = f"the trail knows SQLite and PostgreSQL, not {connection.vendor}"
        raise NotSupportedError(msg)
    return SPEECH[connection.vendor]
