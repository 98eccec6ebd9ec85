"""What Django's expressions lack: a rank among days, the different values of a group, a typed nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, DateField, DateTimeField, F, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast


class Rank(Func):
    """The number of the first of ``edges`` (ascending) that a column is ``op`` (< or <=) of; that of them all where of none.

    ``empty`` is the rank of a column without a value. The CASE halves the edges at each step: a row is compared with a few of them only.
    """

    output_field = IntegerField()

    def __init__(self, path: str, op: str, edges: Sequence[date | datetime], empty: int | None = None) -> None:
        self.op, self.empty = op, empty
        kind: Any = DateTimeField() if any(isinstance(edge, datetime) for edge in edges) else DateField()
        super().__init__(F(path), *(Value(edge, output_field=kind) for edge in edges))

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **extra: Any) -> tuple[str, tuple[str | int, ...]]:  # noqa: ARG002 - Django's signature
        """Nested CASEs over the compiled column."""
        (column, params), *edges = (compiler.compile(source) for source in self.get_source_expressions())
        if params:
            msg = "only a column can be ranked"
            raise ValueError(msg)
        sql, found = self._halved(column, edges, 0, len(edges))
        return sql if self.empty is None else f"CASE WHEN {column} IS NULL THEN {self.empty:d} ELSE {sql} END", tuple(found)

    def _halved(self, column: str, edges: Sequence[tuple[str, Sequence[Any]]], low: int, high: int) -> tuple[str, list[Any]]:
        if low == high:
            return str(low), []
        middle = (low + high) // 2
        edge, params = edges[middle]
        below, above = self._halved(column, edges, low, middle), self._halved(column, edges, middle + 1, high)
        return f"CASE WHEN {column} {self.op} {edge} THEN {below[0]} ELSE {above[0]} END", [*params, *below[1], *above[1]]


class Keys(Aggregate):
    """The different values of a group as the text of one JSON array, so that a group stays one row however many there are."""

    output_field = TextField()
    allow_distinct = True

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """SQLite's own name for it."""
        return self.as_sql(compiler, connection, function="json_group_array", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """PostgreSQL's own name for it."""
        return self.as_sql(compiler, connection, function="json_agg", **extra)


class Nothing(Func):
    """NULL of a type: what one part of a union has to say where another has a column. It groups nothing."""

    template = "%(expressions)s"

    def __init__(self, kind: Any) -> None:
        super().__init__(Cast(Value(None), kind), output_field=kind)

    def get_group_by_cols(self) -> list[Any]:
        """A constant makes no groups; Django would sort every row by it."""
        return []
