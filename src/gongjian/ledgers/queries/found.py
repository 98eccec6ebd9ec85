"""What is found in all ledgers at once: the first of each, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.searching import search
from gongjian.ledgers.registry import ledgers
from gongjian.ledgers.searching import folded

FIRST = 8  # entries of each ledger


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of one ledger that are found: how many, and the first of them by code."""

    ledger: Ledger
    number: int
    first: list[Entry]


def found_everywhere(text: str) -> list[Found]:
    """By ledger, in the order of the catalogue; two queries. Nothing where the text says nothing."""
    if not folded(text):
        return []
    numbered = (
        search(None, text)
        .select_related("enterprise")
        .annotate(
            place=Window(RowNumber(), partition_by=F("kind"), order_by=F("code").asc()), number=Window(Count("id"), partition_by=F("kind"))
        )
    )
    by_kind: dict[str, list[Entry]] = {}
    for entry in numbered.filter(place__lte=FIRST).order_by("kind", "code"):
        by_kind.setdefault(entry.kind, []).append(entry)
    return [
        Found(ledger, by_kind[ledger.slug][0].number, by_kind[ledger.slug])  # type: ignore[attr-defined] # annotated above
        for ledger in ledgers()
        if ledger.slug in by_kind
    ]
