"""Getting many rows into the observation table quickly, on either database.

``executemany`` in batches of 10,000 on SQLite, COPY on PostgreSQL: Django's ``bulk_create`` is five times slower. Rows that arrive
here are new: what is there already was sorted out before, under the lock that ``hold`` takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

BATCH = 10_000  # rows
Row = tuple[int, int, int, int, float | None, str, int]  # in the order of INSERT: series, label, then the fields of a Version
COPY = "COPY telemetry_observation (series_id, at, entered_at, replaced_at, value, flag, source_id) FROM STDIN"
INSERT = """
    INSERT INTO telemetry_observation (series_id, at, entered_at, replaced_at, value, flag, source_id) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
DELETE = "DELETE FROM telemetry_observation WHERE series_id = %s AND at = %s"
MARK = """
    INSERT INTO telemetry_daymark (series_id, day, sequence) VALUES (%s, %s, %s)
    ON CONFLICT (series_id, day) DO UPDATE SET sequence = excluded.sequence
"""
LOCK = 7_001  # of the floor of telemetry


def hold() -> None:
    """Wait until no other writer is at work, and keep others waiting until the transaction ends; SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def insert(rows: Sequence[Row]) -> None:
    """Add rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(COPY) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        cursor.executemany(INSERT, rows)


def forget(series: int, labels: Sequence[int]) -> None:
    """Take out every version of these labels: their longer chains are about to be written."""
    with connection.cursor() as cursor:
        cursor.executemany(DELETE, [(series, at) for at in labels])


def mark(series: int, days: Iterable[int], sequence: int) -> None:
    """Note that these days were written to."""
    with connection.cursor() as cursor:
        cursor.executemany(MARK, [(series, day, sequence) for day in sorted(days)])
