"""What is asked of a list, in canonical form: from an address, a saved view or an interface alike. Nonsense asks for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import Kind, spec, specs
from gongjian.ledgers.queries.sieves import ALL, sensible, sieves

TEXT, SORT, PAGE, COLUMNS, ENTRY = "text", "sort-by", "page", "cols", "entry"
MORE = ("status", "valid_to", "entered_at", "source")  # shown on demand besides what people fill
LONGEST = 100  # characters of a value


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of one table as known by the end of the day ``on``; ``past`` where that is not the present day.

    ``given`` are the filters by parameter, sensible ones only. ``sort`` is a field, with a minus downwards; empty as the table opens.
    """

    table: Table
    on: date
    past: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    sort: str = ""
    page: int = 1
    columns: tuple[str, ...] = ()

    def query(self, **changes: str) -> str:
        """The canonical query string, with some parameters said otherwise (empty: left out); without page and day unless named."""
        columns = "" if self.columns == self.table.columns else ",".join(self.columns)
        said = {**self.given, TEXT: self.text, SORT: self.sort, COLUMNS: columns} | changes
        return urlencode({name: value for name, value in said.items() if value})

    def only(self, **changes: str) -> Asked:
        """The same list with other filters beside."""
        return replace(self, given={**self.given, **changes})

    @property
    def narrowed(self) -> bool:
        """Whether anything but what the list opens with is asked for."""
        opening = opens_with(self.table, self.on)
        return bool(self.text) or any(opening.get(name) != value for name, value in self.given.items())


def opens_with(table: Table, on: date) -> dict[str, str]:
    """The filters a list opens with: records of this year."""
    return {"on-from": date(on.year, 1, 1).isoformat(), "on-to": on.isoformat()} if isinstance(table, RecordKind) else {}


def asked(table: Table, given: Mapping[str, str], on: date, *, past: bool = False) -> Asked:
    """What the parameters ask for."""
    columns = tuple(name for name in dict.fromkeys(given.get(COLUMNS, "").split(",")) if name in showable(table))
    page = given.get(PAGE, "")
    return Asked(
        table,
        on,
        past,
        _filters(table, given, on),
        given.get(TEXT, "").strip().replace("\x00", "")[:LONGEST],
        _sort(table, given.get(SORT, "")),
        max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 9 else 1,  # noqa: PLR2004 - a page nobody has
        columns or table.columns,
    )


def showable(table: Table) -> tuple[str, ...]:
    """The fields a list can show."""
    life = MORE if isinstance(table, Ledger) else MORE[2:]
    return tuple(dict.fromkeys((*specs(table), *table.columns, *life)))


def sortable(table: Table, name: str) -> bool:
    """Whether a list can be sorted by the field."""
    return name in showable(table) and spec(table, name).kind is not Kind.SHAPE


def _filters(table: Table, given: Mapping[str, str], on: date) -> dict[str, str]:
    found = {}
    for sieve in sieves(table):
        for parameter in sieve.parameters:
            value = given.get(parameter, "").strip()[:LONGEST]
            if value and sensible(sieve, value):
                found[parameter] = value
    if isinstance(table, RecordKind):
        if (about := given.get(ENTRY, "")).isdecimal() and len(about) < 12:  # noqa: PLR2004 - beyond any id
            found[ENTRY] = about
        elif not {"on-from", "on-to"} & found.keys() and given.get("on-from") != ALL:
            found |= opens_with(table, on)
    return found


def _sort(table: Table, wanted: str) -> str:
    return wanted if sortable(table, wanted.removeprefix("-")) else ""
