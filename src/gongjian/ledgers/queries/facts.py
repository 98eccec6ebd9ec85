"""One row in words, its fields in groups; and what changed between two states of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gongjian.ledgers.declaration import Ledger, Table
from gongjian.ledgers.fields import FieldSpec, Kind, spec, specs
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.cells import Cell, Names, cell, columns_of, words

GENERAL, OWN, PLACE, LIFE = "基本情况", "业务信息", "位置", "在册情况"
_LIFE = ("status", "valid_from", "valid_to")
_PLACE = ("lon", "lat", "shape")
_INHERITED = {field.name for field in Entry._meta.concrete_fields}  # noqa: SLF001 - Django's public name


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
    if not isinstance(table, Ledger):
        return [(GENERAL, _facts(table, [*specs(table)], state, names))]
    groups = [(title, [name for name in specs(table) if group_of(name) == title]) for title in (GENERAL, OWN)]
    groups.append((LIFE, [*_LIFE, *(name for name in specs(table) if name == "note")]))
    return [(title, _facts(table, among, state, names)) for title, among in groups if among]


def changes(table: Table, old: Any, new: Any, names: Names) -> list[Changed]:
    """The fields in which two states of a row differ."""
    among = [*specs(table), *(["status", "valid_to"] if isinstance(table, Ledger) else [])]
    found = (spec(table, name) for name in among if getattr(old, _column(table, name)) != getattr(new, _column(table, name)))
    return [_changed(one, table, old, new, names) for one in found]


def group_of(name: str) -> str:
    """The group a field of a ledger is shown in."""
    if name in _PLACE:
        return PLACE
    if name in (*_LIFE, "note"):
        return LIFE
    return GENERAL if name in _INHERITED else OWN


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
