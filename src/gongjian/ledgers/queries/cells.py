"""The values of rows as words, with the names of what they point at: two queries for any number of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongjian.ledgers.declaration import Table
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.fields import FieldSpec, Kind, spec
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department
from gongjian.ui.figures import iso, minute, thousands

LONG = 60  # characters from which on a text may take several lines
FIGURES = (Kind.INTEGER, Kind.NUMBER)


@dataclass(slots=True)
class Names:
    """How departments and entries are called, by id; ``learn`` asks for those not known yet."""

    departments: dict[int, str] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)

    def learn(self, shown: Sequence[FieldSpec], rows: Iterable[Mapping[str, Any]]) -> None:
        """Take in whatever the rows point at."""
        pointing = [one.name for one in shown if one.kind is Kind.ENTRY]
        wanted = {row[stored(name)] for row in rows for name in pointing} - {None} - self.entries.keys()
        if wanted:
            self.entries |= Entry.objects.only("code", "name", "kind").in_bulk(list(wanted))
        if not self.departments and any(one.kind is Kind.DEPARTMENT for one in shown):
            self.departments = {one.pk: one.label for one in Department.objects.all()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as shown: its words (empty: not filled in), whether it is a figure, and the entry it leads to."""

    words: str
    figure: bool = False
    to: Entry | None = None
    short: bool = False  # never worth a second line


def stored(name: str) -> str:
    """The column a pointing field is read from."""
    return f"{name}_id"


def columns_of(table: Table, names: Iterable[str]) -> list[str]:
    """The columns of the database that these fields are shown from."""
    pointing = (Kind.ENTRY, Kind.DEPARTMENT)
    return [stored(name) if spec(table, name).kind in pointing else name for name in names]


def cell(one: FieldSpec, row: Mapping[str, Any], names: Names) -> Cell:
    """One value of a row."""
    if one.kind is Kind.ENTRY:
        pointed = names.entries.get(row[stored(one.name)])
        return Cell(called(pointed), to=pointed)
    if one.kind is Kind.DEPARTMENT:
        return Cell(names.departments.get(row[stored(one.name)], ""), short=True)
    return Cell(words(one, row[one.name]), one.kind in FIGURES, short=one.kind is not Kind.TEXT or (one.longest or LONG) < LONG)


def called(entry: Entry | None) -> str:
    """What an entry is called where it is pointed at: an enterprise by name, anything else by code."""
    if entry is None:
        return ""
    return (entry.name if entry.kind == ENTERPRISES.slug else "") or str(entry)


def words(one: FieldSpec, value: Any) -> str:
    """A value of the field's own type as a reader sees it; empty where nothing is filled in."""
    if value is None or value == "":
        return ""
    if one.kind in FIGURES:
        return _figure(one, value)
    if isinstance(value, datetime):
        return minute(value)
    if isinstance(value, date):
        return iso(value)
    said = {Kind.CHOICE: dict(one.choices), Kind.BOOLEAN: {True: "是", False: "否"}}.get(one.kind, {})
    return "已绘制范围" if one.kind is Kind.SHAPE else str(said.get(value, value))


def _figure(one: FieldSpec, value: Any) -> str:
    """Thousands separated; coordinates to a metre, other numbers as they were given."""
    if one.name in ("lon", "lat"):
        return f"{value:.6f}"
    if one.decimals is not None:
        return thousands(value, one.decimals)
    text = f"{value:,.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else thousands(value)
    return text or "0"
