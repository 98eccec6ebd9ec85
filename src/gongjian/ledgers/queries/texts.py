"""Words typed over a list: of entries those that are found by them, of records those about such an entry or about something so called."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Q

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.queries.asking import Asked
from gongjian.ledgers.queries.searching import words
from gongjian.ledgers.queries.sieves import Term
from gongjian.ledgers.searching import folded

LAST = "\U0010ffff"  # after every character: what begins with a text stands before the text with this behind it


def text_terms(asked: Asked) -> Iterator[Term]:
    """The condition, if any words were typed."""
    wanted = words(asked.text)
    if wanted is None:
        return
    if isinstance(asked.table, Ledger):
        yield Term(wanted.of("entry") if asked.past else wanted.here())
    else:
        yield Term(_begins(asked.text) | wanted.of("entry"))


def _begins(text: str) -> Q:
    """That the thing is called something beginning with the text, as typed or in capitals."""
    found = Q()
    for form in dict.fromkeys((text, folded(text).upper())):
        found |= Q(label__startswith=form) if connection.vendor == "postgresql" else Q(label__gte=form, label__lt=form + LAST)
    return found
