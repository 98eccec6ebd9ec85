"""What planning has in common for entries and records: who may, how a fault is told, how a change is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from gongjian.documents.sheet_tables import SheetTable
from gongjian.ledgers.checking import checked
from gongjian.ledgers.declaration import Ledger, Table
from gongjian.ledgers.fields import GIVEN, Kind, spec, specs
from gongjian.ledgers.importing.columns import title
from gongjian.ledgers.importing.comparing import same
from gongjian.ledgers.importing.rows import Line, ReadRow, RowReader
from gongjian.ledgers.importing.verdicts import FieldChange, RowPlan, Verdict
from gongjian.ledgers.queries.cells import Names, cell, columns_of, stored, words
from gongjian.people.models import Department, User
from gongjian.people.permissions import reach
from gongjian.people.roles import Permission
from gongjian.standards.coordinates import Datum
from gongjian.trail.clock import local_day

Stored = Mapping[str, Any]  # a row as the database gives its columns
_POINTING = (Kind.ENTRY, Kind.DEPARTMENT)
_NAMED = 8  # rows a reason names


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who imports and when, the department that new rows without one get, and what bare coordinates are in."""

    by: User | None
    at: datetime
    department: Department
    datum: Datum = Datum.CGCS2000

    @property
    def day(self) -> date:
        """The local day."""
        return local_day(self.at)


class Planner(Protocol):
    """Plans the rows of one table."""

    def identify(self, lines: Sequence[Line]) -> list[tuple[int, str | None]]:
        """Each row with what says which entry or record it is; None where that cannot be read."""

    def plan(self, lines: Sequence[Line], doubles: Mapping[str, Sequence[int]]) -> list[RowPlan]:
        """The verdicts of some rows; ``doubles`` are the rows of what stands in the sheet more than once."""


def permission_of(table: Table) -> Permission:
    """What one needs to import into a table."""
    return Permission.LEDGER_WRITE if isinstance(table, Ledger) else Permission.RECORD_WRITE


class Ground:
    """What both planners stand on."""

    def __init__(self, table: Table, sheet: SheetTable, asking: Asking) -> None:
        self.table, self.sheet, self.asking = table, sheet, asking
        self.reader = RowReader(table, sheet, datum=asking.datum)
        self.columns = {name: stored(name) if one.kind in _POINTING else name for name, one in specs(table).items()}
        self._reach = reach(asking.by, permission_of(table), on=asking.day)
        self._departments = {one.pk: one.name for one in Department.objects.all()}

    def differing(self, read: ReadRow, row: Stored, leaving: Iterable[str]) -> dict[str, Any]:
        """The fields of which the sheet says something else than is stored."""
        known = specs(self.table)
        return {
            name: value
            for name, value in read.values.items()
            if name not in leaving and not same(known[name], row[self.columns[name]], value)
        }

    def held(self, read: ReadRow, values: Mapping[str, Any], faults: dict[str, str]) -> dict[str, Any]:
        """The values held to the table; what is wrong goes into ``faults`` as sentences by field."""
        found = checked(self.table, values, rules=not faults)
        for name, fault in found.faults.items():
            lacking = "（表中没有这一列）" if name not in self.sheet.columns and name not in values else ""
            faults.setdefault(name, f"{self.sheet.place(read.row, name)} {fault}{lacking}")
        for name in GIVEN & read.values.keys():
            if read.values[name] in (None, ""):
                faults.setdefault(name, self.fault(read.row, name, "不能清空"))
        return found.values

    def told(self, read: ReadRow) -> dict[str, str]:
        """The faults of cells as sentences."""
        return {name: self.fault(read.row, name, reason) for name, reason in read.faults.items()}

    def fault(self, row: int, key: str, reason: str) -> str:
        """One sentence: where, what column, what is wrong."""
        return f"{self.sheet.place(row, key)} {title(self.table, key)}：{reason}"

    def doubled(self, row: int, key: str, called: str, rows: Sequence[int]) -> str:
        """That something stands in the sheet more than once."""
        among = "、".join(str(one) for one in rows[:_NAMED]) + ("等" if len(rows) > _NAMED else "")
        return self.fault(row, key, f"“{called}”在本表第 {among} 行重复，请只保留正确的一行")

    def refused(self, row: int, called: str, faults: Mapping[str, str]) -> RowPlan:
        """A row that cannot be, and why, from left to right."""
        place = self.sheet.columns
        return RowPlan(
            row, Verdict.REFUSED, called, reasons=tuple(faults[name] for name in sorted(faults, key=lambda name: place.get(name, 0)))
        )

    def may(self, department: int) -> bool:
        """Whether the importer writes for a department."""
        return self._reach.covers([department])

    def named(self, department: int) -> str:
        """What a department is called."""
        return self._departments.get(department, "")

    def tell_changes(self, changed: Sequence[tuple[RowPlan, Stored]]) -> None:
        """Say of each changed row what would change, and point out a change of enterprise."""
        among = [
            spec(self.table, name) for name in dict.fromkeys(name for plan, _ in changed for name in plan.values) if name in self.columns
        ]
        pairs = [(plan, before, self._after(plan, before)) for plan, before in changed]
        names = Names()
        names.learn(among, [row for _, before, after in pairs for row in (before, after)])
        for plan, before, after in pairs:
            said = [one for one in among if one.name in plan.values]
            plan.changes = tuple(
                FieldChange(one.heading, words(one, before[one.name]), "范围已调整" if after[one.name] else "")
                if one.kind is Kind.SHAPE
                else FieldChange(one.heading, cell(one, before, names).words, cell(one, after, names).words)
                for one in said
            )
            moved = next(
                (change for one, change in zip(said, plan.changes, strict=True) if one.name == "enterprise" and change.before), None
            )
            if moved:
                plan.remark = f"{moved.name}由“{moved.before}”改为“{moved.after or '（空）'}”"

    def needs(self) -> list[str]:
        """The columns of the database that a row that stands is read from."""
        return columns_of(self.table, specs(self.table))

    def _after(self, plan: RowPlan, before: Stored) -> Stored:
        return {**before, **{self.columns[name]: value for name, value in plan.values.items() if name in self.columns}}
