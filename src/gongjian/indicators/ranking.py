"""Where a row lies among the days asked about, told by the database as one number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, F, Func, IntegerField, Value
from django.db.models.expressions import Combinable

from gongjian.indicators.asof import end_of
from gongjian.indicators.formulas import Records
from gongjian.indicators.slices import Slices


class Rank(Func):
    """The number of the first of ``edges`` (ascending) that a column is ``op`` (< or <=) of; that of them all where of none.

    ``empty`` is the rank of a column without a value. The CASE halves the edges at each step: a row is compared with a few of them only.
    """

    output_field = IntegerField()

    def __init__(self, path: str, op: str, edges: Sequence[date | datetime], empty: int | None = None) -> None:
        self.op, self.empty = op, empty
        kind: Any = DateTimeField() if any(isinstance(edge, datetime) for edge in edges) else DateField()
        super().__init__(F(path), *(Value(edge, output_field=kind) for edge in edges))

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # noqa: ARG002 - Django's signature
        """Nested CASEs over the compiled column."""
        (column, params), *edges = (compiler.compile(source) for source in self.get_source_expressions())
        if params:
            msg = "only a column can be ranked"
            raise ValueError(msg)
        sql, found = self._halved(column, edges, 0, len(edges))
        return (sql, found) if self.empty is None else (f"CASE WHEN {column} IS NULL THEN {self.empty:d} ELSE {sql} END", found)

    def _halved(self, column: str, edges: Sequence[tuple[str, Sequence[Any]]], low: int, high: int) -> tuple[str, list[Any]]:
        if low == high:
            return str(low), []
        middle = (low + high) // 2
        (edge, params), below, above = (
            edges[middle],
            self._halved(column, edges, low, middle),
            self._halved(column, edges, middle + 1, high),
        )
        return f"CASE WHEN {column} {self.op} {edge} THEN {below[0]} ELSE {above[0]} END", [*params, *below[1], *above[1]]


def place(records: Records, slices: Slices) -> Combinable:
    """The place of a row of ``records`` among ``slices``, as ``Slices.place`` reads it."""
    moments = [end_of(day) for day in slices.as_of if day is not None]
    sizes = slices.sizes
    begins = Rank(records.dated, "<=", slices.lasts)
    lasting = Rank(records.until, "<=", slices.firsts, len(slices.firsts)) if records.until else Rank(records.dated, "<", slices.firsts)
    since = Rank(records.entered, "<", moments)
    until = Rank(records.replaced, "<", moments, len(slices.as_of))
    return begins + sizes.begins * (lasting + sizes.ends * (since + sizes.since * until))
