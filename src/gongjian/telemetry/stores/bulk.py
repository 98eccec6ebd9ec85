"""Getting many rows into the observation table quickly, on either database.

``executemany`` in batches of 10,000 on SQLite, COPY on PostgreSQL: Django's ``bulk_create`` is five times slower. Rows that arrive
here are new: what is there already was sorted out before, under the lock that ``hold`` takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

BATCH = 10_000  # rows
Row = tuple[int, int, int, int, float | None, str, int]  # in the order of COLUMNS: series, label, then the fields of a Version
TABLE = "telemetry_observation"
COLUMNS = "series_id, at, entered_at, replaced_at, value, flag, source_id"
WITHIN = f"SELECT at, entered_at, replaced_at, value, flag, source_id FROM {TABLE} WHERE series_id = %s AND at > %s AND at <= %s"  # noqa: S608
LOCK = 7_001  # of the floor of telemetry


def hold() -> None:
    """Wait until no other writer is at work, and keep others waiting until the transaction ends; SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def insert(rows: Sequence[Row]) -> None:
    """Add rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {TABLE} ({COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        cursor.executemany(f"INSERT INTO {TABLE} ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)  # noqa: S608 - constants


def forget(series: int, labels: Sequence[int]) -> None:
    """Take out every version of these labels: their longer chains are about to be written."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE series_id = %s AND at = %s", [(series, at) for at in labels])  # noqa: S608


def mark(series: int, days: Iterable[int], sequence: int) -> None:
    """Note that these days were written to."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO telemetry_daymark (series_id, day, sequence) VALUES (%s, %s, %s) "
            "ON CONFLICT (series_id, day) DO UPDATE SET sequence = excluded.sequence",
            [(series, day, sequence) for day in sorted(days)],
        )
