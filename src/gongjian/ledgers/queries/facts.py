"""One row in words, its fields in groups; and what changed between two states of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongjian.ledgers.declaration import Ledger, Table
from gongjian.ledgers.fields import FieldSpec, Kind, spec, specs
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.cells import Cell, Names, cell, columns_of, words

GENERAL, OWN, LIFE = "基本情况", "业务信息", "在册情况"
_LIFE = ("status", "valid_from", "valid_to")
_PLACE = ("lon", "lat", "shape")


@dataclass(frozen=True, slots=True)
class Fact:
    """One field as shown; ``lacking`` where it is empty and an entry without it is not complete."""

    title: str
    cell: Cell
    unit: str = ""
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of a change, as the diff component takes it."""

    name: str
    before: str
    after: str


def facts(table: Table, state: Any, names: Names) -> list[tuple[str, list[Fact]]]:
    """The fields of a row in their groups; what is empty is there too, but not where a field is of no use to the kind."""
    inherited = {field.name for field in Entry._meta.concrete_fields}  # noqa: SLF001 - Django's public name
    if not isinstance(table, Ledger):
        return [(GENERAL, _facts(table, [*specs(table)], state, names))]
    shown = [name for name in specs(table) if name not in (*_LIFE, *_PLACE)]
    general = [name for name in shown if name in inherited]
    own = [name for name in shown if name not in inherited]
    groups = [(GENERAL, general), (OWN, own), (LIFE, list(_LIFE))]
    return [(title, _facts(table, among, state, names)) for title, among in groups if among]


def changes(table: Table, old: Any, new: Any, names: Names) -> list[Changed]:
    """The fields in which two states of a row differ."""
    among = [*specs(table), *(["status", "valid_to"] if isinstance(table, Ledger) else [])]
    found = (spec(table, name) for name in among if getattr(old, _column(table, name)) != getattr(new, _column(table, name)))
    return [_changed(one, table, old, new, names) for one in found]


def learn(table: Table, states: Iterable[Any], names: Names) -> None:
    """Take in the names of whatever the states point at."""
    known = list(specs(table).values())
    names.learn(known, [_values(table, state) for state in states])


def _changed(one: FieldSpec, table: Table, old: Any, new: Any, names: Names) -> Changed:
    if one.kind is Kind.SHAPE:
        return Changed(one.title, words(one, old.shape), "范围已调整" if new.shape else "")
    before, after = (cell(one, _values(table, state), names).words for state in (old, new))
    return Changed(one.title, before, after)


def _facts(table: Table, among: Sequence[str], state: Any, names: Names) -> list[Fact]:
    values = _values(table, state)
    needed = table.needed if isinstance(table, Ledger) else ()
    found = []
    for name in among:
        one = spec(table, name)
        shown = cell(one, values, names)
        found.append(Fact(one.title, shown, one.unit if shown.words else "", lacking=not shown.words and name in needed))
    return found


def _values(table: Table, state: Any) -> dict[str, Any]:
    among = [*specs(table), *(["status", "valid_to"] if isinstance(table, Ledger) else [])]
    return {column: getattr(state, column) for column in columns_of(table, among)}


def _column(table: Table, name: str) -> str:
    return columns_of(table, [name])[0]
