"""What every live store on tables stands on: SQL written with ``?``, of which a subclass says how it is run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from gongjian.telemetry.live.packing import heard, shape_of
from gongjian.telemetry.live.port import Heard, Row, Shape


class Ground:
    """A connection, and the shapes that are known."""

    each: ClassVar[str]  # a table of the numbers handed over as one parameter, with a column ``value``

    def __init__(self) -> None:
        self._shapes: dict[int, Shape] = {0: ()}

    def _transaction(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and fetch what it gives."""
        raise NotImplementedError

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        raise NotImplementedError

    def _insert(self, first: int, rows: Sequence[Row]) -> int:
        """Put in rows numbered from ``first``, those not there already; how many."""
        raise NotImplementedError

    def _numbers(self, numbers: Iterable[int]) -> Any:
        """Numbers as the one parameter ``each`` takes."""
        raise NotImplementedError

    def _heard(self, rows: Iterable[tuple[Any, ...]]) -> list[Heard]:
        return [heard(row[0], Row(*row[1:]), self._shape(row[7])) for row in rows]

    def _shape(self, number: int) -> Shape:
        if number not in self._shapes:
            self._shapes |= {known: shape_of(text) for known, text in self._run("SELECT shape, text FROM live_shape")}
        return self._shapes[number]
