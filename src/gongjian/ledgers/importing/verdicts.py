"""What would become of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """Of one row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"

    @property
    def word(self) -> str:
        """As a screen says it."""
        return _WORDS[self]


_WORDS = {Verdict.ADDED: "新增", Verdict.CHANGED: "变更", Verdict.UNCHANGED: "不变", Verdict.REFUSED: "拒绝"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words."""

    name: str
    before: str
    after: str


@dataclass(slots=True)
class RowPlan:
    """One row of a sheet: ``called`` is its plate, code or number, ``reasons`` say why it is refused, each with sheet, row and column.

    ``values`` are what would be written: all fields of a new row, the differing ones of one that stands; departments and entries as ids.
    ``pk``, ``version`` (of a record its id) and ``department`` are of what stands; of a new row the department alone. ``remark`` points
    out what one might overlook.
    """

    row: int
    verdict: Verdict
    called: str
    reasons: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    remark: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    pk: int | None = None
    version: int = 0
    department: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do, row by row, worked out as one goes through ``rows``; nothing is written.

    ``ignored`` are the columns that are not read, with their letters; ``absent`` the titles of columns without which no new row can be
    added; ``others`` further sheets of the same kind that are not read.
    """

    sheet: str
    heading_row: int
    total: int
    ignored: tuple[str, ...]
    absent: tuple[str, ...]
    others: tuple[str, ...]
    rows: Iterator[RowPlan]
