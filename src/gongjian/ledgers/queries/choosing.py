"""Which of several conditions SQLite shall go by. It would go by any, however many rows hold it; PostgreSQL counts, and needs no help.

A condition that few rows hold is gone by. Where every one holds for many, none is: all are then decided within the one index that has all
the filters (``models.record.found_by``), which reads no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from gongjian.ledgers.queries.sieves import Term

FEW = 4_000  # rows: to look each of them up costs less than to read a year of the index


def conditions(found: Sequence[Term], source: QuerySet[Any]) -> list[Any]:
    """The conditions of a list of records as the database is to be told them; at most one query more."""
    choosable = [term for term in found if term.beside is not None]
    if connection.vendor != "sqlite" or len(found) < 2 or not choosable:  # noqa: PLR2004 - one alone needs no choice
        return [term.plain for term in found]
    first = next((term for term in found if term.few), None) or _fewest(choosable[1:], source)
    if first is None and len(choosable) == 2 == len(found):  # noqa: PLR2004 - a period and one filter: its index has both
        return [term.plain for term in found]
    period = choosable[0] if first is None or not first.few else None
    return [term.plain if term in (first, period) or term.beside is None else term.beside for term in found]


def go_by_few(found: Sequence[Term]) -> list[Any]:
    """The conditions of a list of entries: by the one that few hold, where there is one, elsewhere as the database likes."""
    few = connection.vendor == "sqlite" and any(term.few for term in found)
    return [term.beside if few and term.beside is not None else term.plain for term in found]


def _fewest(among: Sequence[Term], source: QuerySet[Any]) -> Term | None:
    """The one that fewest rows hold, where those are few: counted for all at once, each within its index and no further than that."""
    if len(among) < 2:  # noqa: PLR2004 - same
        return among[0] if among else None
    probes = [source.filter(term.plain).order_by().values("pk")[:FEW].query.sql_with_params() for term in among]
    asked = " UNION ALL ".join(f"SELECT {place}, (SELECT COUNT(*) FROM ({sql}))" for place, (sql, _) in enumerate(probes))  # noqa: S608 - compiled by Django, values apart  # nosec B608 # compiled by Django, values apart
    with connection.cursor() as cursor:
        cursor.execute(asked, [value for _, values in probes for value in values])
        number, place = min((number, place) for place, number in cursor.fetchall())
    return among[place] if number < FEW else None
