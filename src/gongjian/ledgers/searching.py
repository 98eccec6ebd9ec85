"""What a search looks through: the text of an entry, folded, so that the same words are found however they were typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import spec

ALWAYS = ("code", "name", "address", "street")
GAP = "\n"  # between two fields, so that no search matches across them


def folded(text: str) -> str:
    """Full-width letters and digits made plain, capitals small, blanks gone."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.lower().split())


def sought(ledger: Ledger, entry: Any) -> str:
    """The text of an entry that a search looks through."""
    return GAP.join(filter(None, (folded(_words(getattr(entry, name), choices)) for name, choices in _looked_in(ledger))))


@cache
def _looked_in(ledger: Ledger) -> tuple[tuple[str, Mapping[Any, str]], ...]:
    """The fields that are looked in, with the words of their choices: asked for fifty thousand times in an import."""
    return tuple((name, dict(spec(ledger, name).choices)) for name in (*ALWAYS, *ledger.searched))


def _words(value: Any, choices: Mapping[Any, str]) -> str:
    return "" if value is None else str(choices.get(value, value) if choices else value)
