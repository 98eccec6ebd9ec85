"""Noting on which days a table was written to."""

from __future__ import annotations

from datetime import date

from gongjian.ledgers.models.registers import Touch


def touch(table: str, *days: date) -> None:
    """Something of the table was written on these days; harmless when noted already."""
    Touch.objects.bulk_create([Touch(table=table, day=day) for day in set(days)], ignore_conflicts=True)
