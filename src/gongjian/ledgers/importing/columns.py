"""The columns a sheet of a table may have, by the headings people print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from gongjian.documents.headings import heading
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import POINT, spec, specs

DATUM, STATUS = "@datum", "@status"  # columns that are no field: what coordinates are in, and what an export says of the entry's life
NUMBER, LABEL = "number", "label"
_MARKS = {DATUM: ("坐标系", "坐标系统", "坐标基准", "坐标类型"), STATUS: ("状态",)}


@cache
def wanted(table: Table) -> Mapping[str, Sequence[str]]:
    """For each field, and for the marks beside them, the headings it is known by, the one of exports and templates first.

    A heading that two fields would claim belongs to the one that is titled so.
    """
    fields = list(specs(table).values())
    claims = {one.name: [one.heading] for one in fields}
    claims |= {mark: list(names) for mark, names in _MARKS.items() if _has(table, mark)}
    taken = {heading(names[0]) for names in claims.values()}
    for one in fields:
        for name in one.headings:
            if heading(name) not in taken:
                taken.add(heading(name))
                claims[one.name].append(name)
    return claims


def title(table: Table, key: str) -> str:
    """What a column is called in a sentence."""
    return _MARKS[key][0] if key in _MARKS else spec(table, key).title


def identifying(table: Table) -> tuple[str, ...]:
    """The fields without whose columns nobody could say which entry or record a row is."""
    return ("on", LABEL) if isinstance(table, RecordKind) else ("code",)


def has_place(table: Table) -> bool:
    """Whether a sheet of the table gives coordinates."""
    return set(POINT) <= specs(table).keys()


def _has(table: Table, mark: str) -> bool:
    return has_place(table) if mark == DATUM else isinstance(table, Ledger)
