"""The declarations a field of work writes: a ledger, and a kind of record. Everything else follows from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from gongjian.ledgers.models import Entry, Record

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
NOTHING: Mapping[str, Any] = MappingProxyType({})
Check = Callable[[str], str]  # the canonical form of an identifier; ValueError whose words say what is wrong with it
Parse = Callable[[str], Any]  # the stored choice that a word means; ValueError whose words say what is wrong with it
Rule = Callable[[Mapping[str, Any]], tuple[str, str] | None]  # of a whole row: the field and what is wrong with it, or None


class Placed(StrEnum):
    """Where the things of a ledger are."""

    NOWHERE = "nowhere"  # a vehicle
    POINT = "point"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What ledgers and kinds of record have in common: a typed table with its words.

    Headings, help, choices and what must be filled come from the model's fields; ``titles`` says a heading differently and ``aliases``
    names others that sheets print. ``columns`` are those of the list page, ``filters`` what it can be narrowed by, ``hidden`` the
    fields of the spine this kind has no use for. ``checks`` are for identifiers, ``rules`` for what only a whole row can break.
    ``parses`` read the words of a choice as people write it in sheets (国Ⅳ, 国4), beyond label and value. ``unit`` is the measure word
    things are counted in.
    """

    slug: str
    title: str
    about: str
    unit: str
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING, hash=False)
    units: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    helps: Mapping[str, str] = field(default_factory=lambda: NOTHING, hash=False)
    checks: Mapping[str, Check] = field(default_factory=lambda: NOTHING, hash=False)
    parses: Mapping[str, Parse] = field(default_factory=lambda: NOTHING, hash=False)
    rules: tuple[Rule, ...] = ()
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be an address."""
        if not _SLUG.fullmatch(self.slug):
            msg = f"{self.slug!r} is not a slug"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(Table):
    """One kind of entry.

    ``searched`` are the fields besides code, name, address, street and enterprise in which a search looks. ``needed`` are those that may be
    empty in the database but without which an entry is not complete. ``period_days`` is how long the ledger may rest before it is stale.
    ``names`` are the names plans call it by. ``symbol`` is its icon in lists; ``sign`` the one character by which its things are told on
    the map, chosen from the title where left out. ``anywhere``: a thing may lie outside the district.
    """

    model: type[Entry]
    versions: type[Model]
    searched: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    placed: Placed = Placed.NOWHERE
    anywhere: bool = False
    symbol: str = "point"
    sign: str = ""
    period_days: int = 92
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind(Table):
    """One kind of record, about entries of the ledger whose slug is ``ledger``.

    ``key`` are the fields that make a record's number where a sheet gives none, so that the same sheet twice is the same records. With
    ``strangers`` a record may be of a thing that is in no ledger. ``result`` is the field that says how it came out, for the timeline;
    ``bad`` are its values that mean something was found.
    """

    model: type[Record]
    ledger: str
    key: tuple[str, ...]
    strangers: bool = False
    result: str = ""
    bad: tuple[Any, ...] = ()
