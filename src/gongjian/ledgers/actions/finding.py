"""Keeping entries findable: after every write their pairs of characters go into the index a search asks first.

PostgreSQL keeps its index itself. In SQLite it is a full-text table that stores no text: nothing can be taken out of it, so whatever an
entry once said still leads to it, and the search then looks at what it says now.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from gongjian.ledgers.grams import tokens

# each text of an entry is a document of its own, numbered entry × 2²⁰ + 1, + 2, …
_KEEP = """
    INSERT INTO ledgers_grams (rowid, grams)
    SELECT COALESCE((SELECT MAX(id) FROM ledgers_grams_docsize WHERE id BETWEEN entry.id << 20 AND (entry.id << 20) + 1048575),
        entry.id << 20) + 1, ledgers_tokens(entry.sought)
    FROM ledgers_entry AS entry
"""


def keep_findable(entries: Sequence[int]) -> None:
    """Take the present text of these entries into the index."""
    marks = ", ".join(["%s"] * len(entries))
    _run(f"{_KEEP} WHERE entry.id IN ({marks})", list(entries))


def keep_all_findable() -> None:
    """Make the index anew from what is there, rid of what entries said long ago."""
    _run("INSERT INTO ledgers_grams (ledgers_grams) VALUES ('delete-all')")
    _run(_KEEP)


def _run(statement: str, values: Sequence[int] = ()) -> None:
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    connection.connection.create_function("ledgers_tokens", 1, tokens, deterministic=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
