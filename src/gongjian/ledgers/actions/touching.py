"""Noting on which days a table was written to, and how often."""

from __future__ import annotations

from datetime import date

from django.db import connection

SQL = """
    INSERT INTO ledgers_touch ("table", day, writes, note) VALUES (%s, %s, 1, '')
    ON CONFLICT ("table", day) DO UPDATE SET writes = ledgers_touch.writes + 1
"""


def touch(table: str, *days: date) -> None:
    """Something of the table was written on these days; inside the transaction of the write."""
    with connection.cursor() as cursor:
        cursor.executemany(SQL, [(table, day) for day in sorted(set(days))])
