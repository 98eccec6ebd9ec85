"""What a search looks through: the text of an entry, folded, so that the same words are found however they were typed."""

from __future__ import annotations

import unicodedata
from typing import Any

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import spec

ALWAYS = ("code", "name", "address", "street")
GAP = "\n"  # between two fields, so that no search matches across them


def folded(text: str) -> str:
    """Full-width letters and digits made plain, capitals small, blanks gone."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def sought(ledger: Ledger, entry: Any) -> str:
    """The text of an entry that a search looks through."""
    return GAP.join(filter(None, (folded(_words(ledger, entry, name)) for name in (*ALWAYS, *ledger.searched))))


def _words(ledger: Ledger, entry: Any, name: str) -> str:
    value = getattr(entry, name)
    return "" if value is None else str(dict(spec(ledger, name).choices).get(value, value))
