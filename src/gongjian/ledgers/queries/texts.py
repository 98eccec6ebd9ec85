"""Words typed over a list: of entries those that are found by them, of records those about such an entry or about something so called."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from gongjian.ledgers.declaration import Ledger, RecordKind
from gongjian.ledgers.queries.asking import Asked
from gongjian.ledgers.queries.searching import FREQUENT, Words, words
from gongjian.ledgers.queries.sieves import Term
from gongjian.ledgers.searching import folded

LAST = "\U0010ffff"  # after every character: what begins with a text stands before the text with this behind it


def text_terms(asked: Asked) -> Iterator[Term]:
    """The condition, if any words were typed."""
    wanted = words(asked.text)
    if wanted is None:
        return
    table = asked.table
    if isinstance(table, Ledger):
        found = wanted.of("entry") if asked.past else wanted.here(owned="enterprise" not in table.hidden)
        yield Term(found, few=not wanted.frequent)
    elif isinstance(table, RecordKind):
        yield _of_records(table, wanted, _begins(asked.text))


def _of_records(kind: RecordKind, wanted: Words, begins: Q) -> Term:
    """Few are gone for directly: SQLite would read through a whole period to look for either of the two."""
    called = kind.model._default_manager.filter(begins)  # noqa: SLF001 - Django's public name
    if wanted.frequent or called[FREQUENT : FREQUENT + 1].exists():
        return Term(begins | wanted.of("entry"))
    named, values = called.order_by().values("pk").query.sql_with_params()
    table = connection.ops.quote_name(kind.model._meta.db_table)  # noqa: SLF001 - same
    entries, more = wanted.ids()
    either = f"{named} UNION SELECT id FROM {table} WHERE entry_id IN ({entries})"  # noqa: S608 - our own names, values apart  # nosec B608 # our own text, values apart
    return Term(Q(pk__in=RawSQL(either, [*values, *more])), few=True)  # noqa: S611 - same  # nosec B611 # our own text, values apart


def _begins(text: str) -> Q:
    """That the thing is called something beginning with the text, as typed or in capitals."""
    found = Q()
    for form in dict.fromkeys((text, folded(text).upper())):
        found |= Q(label__startswith=form) if connection.vendor == "postgresql" else Q(label__gte=form, label__lt=form + LAST)
    return found
