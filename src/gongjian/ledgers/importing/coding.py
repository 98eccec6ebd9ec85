"""Planned rows as lines of text and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from gongjian.ledgers.declaration import Table
from gongjian.ledgers.fields import Kind, specs
from gongjian.ledgers.importing.verdicts import FieldChange, RowPlan, Verdict

Decode = Callable[[Any], Any]
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda value: _plain(value)).encode  # noqa: PLW0108 - defined below


def encoded(plan: RowPlan) -> str:
    """One line."""
    said: dict[str, Any] = {"row": plan.row, "called": plan.called}
    if plan.values:
        said["values"] = plan.values
    if plan.reasons:
        said["reasons"] = plan.reasons
    if plan.changes:
        said["changes"] = [(one.name, one.before, one.after) for one in plan.changes]
    if plan.remark:
        said["remark"] = plan.remark
    if plan.pk is not None:
        said |= {"pk": plan.pk, "version": plan.version}
    return _ENCODE(said)


def decoded(table: Table, verdict: Verdict, line: str) -> RowPlan:
    """The row of a line, its values of the fields' own types."""
    said = json.loads(line)
    return RowPlan(
        said["row"],
        verdict,
        said["called"],
        reasons=tuple(said.get("reasons", ())),
        changes=tuple(FieldChange(*one) for one in said.get("changes", ())),
        remark=said.get("remark", ""),
        values=_typed(table, said.get("values", {})),
        pk=said.get("pk"),
        version=said.get("version", 0),
    )


def _typed(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    decoders = _decoders(table)
    for name in decoders.keys() & values.keys():
        if values[name] is not None:
            values[name] = decoders[name](values[name])
    return values


@cache
def _decoders(table: Table) -> Mapping[str, Decode]:
    exact = {one.name: Decimal for one in specs(table).values() if one.decimals is not None}
    return exact | {one.name: _BY_KIND[one.kind] for one in specs(table).values() if one.kind in _BY_KIND}


_BY_KIND: Mapping[Kind, Decode] = {Kind.DATE: date.fromisoformat, Kind.MOMENT: datetime.fromisoformat}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)
