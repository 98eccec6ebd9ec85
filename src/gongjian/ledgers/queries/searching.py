"""Finding entries by words: every entry whose text has them anywhere, and every entry of a company that has.

The law: an entry is found exactly when ``folded(text) in entry.sought``, or in its enterprise's. An index of pairs of characters names
the few that may have the words; the text itself decides. Words so frequent that the index would name a whole ledger are looked for in
the texts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.grams import SHORTEST, pairs, tokens
from gongjian.ledgers.models import Entry
from gongjian.ledgers.searching import folded

FREQUENT = 5_000  # entries named by the index, from which on reading the texts is quicker

_NAMED = {
    "sqlite": "SELECT rowid >> 20 FROM ledgers_grams WHERE ledgers_grams MATCH %s",
    "postgresql": "SELECT id FROM ledgers_entry WHERE ledgers_grams(sought) @> %s",
}
_HAVING = {"sqlite": "instr(sought, %s) > 0", "postgresql": "strpos(sought, %s) > 0"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text to look for, folded, with what the database is asked for it."""

    text: str
    frequent: bool

    def of(self, key: str = "pk") -> Q:
        """The condition that the entry ``key`` points at is found by them."""
        return Q(**{f"{key}__in": RawSQL(*self.ids())})  # noqa: S611 - our own text, values apart  # nosec B611 # our own text, values apart

    def here(self, *, owned: bool = True) -> Any:
        """The same on a table of entries itself; reads row by row where the words are frequent.

        ``owned`` False leaves companies aside, for things that have none.
        """
        if not self.frequent:
            return self.of()
        own = Q(GreaterThan(StrIndex(F("sought"), Value(self.text)), 0))
        return own | Q(enterprise__in=RawSQL(*self._enterprises())) if owned else own  # noqa: S611 - same  # nosec B611 # our own text, values apart

    def ids(self) -> tuple[str, list[Any]]:
        """The statement that names the entries, and its values."""
        own, values = self._having()
        enterprises, more = self._enterprises()
        return f"SELECT id FROM ledgers_entry WHERE {own} UNION SELECT id FROM ledgers_entry WHERE enterprise_id IN ({enterprises})", [  # noqa: S608 - same  # nosec B608 # our own text, values apart
            *values,
            *more,
        ]

    def _enterprises(self) -> tuple[str, list[Any]]:
        own, values = self._having()
        return f"SELECT id FROM ledgers_entry WHERE kind = %s AND {own}", [ENTERPRISES.slug, *values]  # noqa: S608 - same  # nosec B608 # our own text, values apart

    def _having(self) -> tuple[str, list[Any]]:
        having = _HAVING[connection.vendor]
        if self.frequent:
            return having, [self.text]
        return f"id IN ({_NAMED[connection.vendor]}) AND {having}", [_asked(self.text), self.text]


def words(text: str) -> Words | None:
    """What to look for; None where the text says nothing. One query, to see how frequent it is."""
    wanted = folded(text).replace("\x00", "")
    if not wanted:
        return None
    return Words(wanted, len(wanted) < SHORTEST or _frequent(wanted))


def search(ledger: Ledger | None, text: str) -> QuerySet[Entry]:
    """The entries of a ledger (None: of all) that are found by ``text``; all of them where it says nothing."""
    found = Entry.objects.all() if ledger is None else Entry.objects.filter(kind=ledger.slug)
    wanted = words(text)
    return found.filter(wanted.here()) if wanted else found


def _asked(text: str) -> Any:
    """The pairs as the vendor's index is asked for them."""
    return " AND ".join(tokens(text).split()) if connection.vendor == "sqlite" else pairs(text)


def _frequent(text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({_NAMED[connection.vendor]} LIMIT {FREQUENT}) AS named", [_asked(text)])  # noqa: S608 - same  # nosec B608 # our own text, values apart
        return int(cursor.fetchone()[0]) >= FREQUENT
