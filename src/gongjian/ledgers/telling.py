"""How rows are named and told: in the log, in refusals, and by the number of a record that was given none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongjian.ledgers.declaration import RecordKind, Table
from gongjian.ledgers.fields import Kind, specs
from gongjian.ledgers.models import Entry


def taken(ledger: Table, standing: Entry) -> str:
    """That a code is in the ledger already, and under whom."""
    under = f"，所属单位是{standing.enterprise.name}" if standing.enterprise else ""
    gone = f"，已于{standing.valid_to:%Y-%m-%d}退出，可在其页面恢复" if standing.valid_to else ""
    return f"{specs(ledger)['code'].title}“{standing.code}”已在{ledger.title}中{under}{gone}；请打开该条目修改。"


def told(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the log keeps them: filled ones only, people, departments and entries by name."""
    pointing = (Kind.DEPARTMENT, Kind.ENTRY)
    known = specs(table)
    return {
        name: str(value) if name in known and known[name].kind in pointing else value
        for name, value in values.items()
        if value not in (None, "")
    }


def number_of(kind: RecordKind, values: Mapping[str, Any]) -> str:
    """The number of a record that was given none: its key, the same each time."""
    return "·".join(_plain(values[name]) for name in kind.key)[:96]


def _plain(value: Any) -> str:
    return "" if value is None else str(getattr(value, "pk", value))
