"""Planning the rows of a ledger: what each would do to the entry of its code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongjian.documents.sheet_tables import SheetTable
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import POINT
from gongjian.ledgers.importing.columns import STATUS
from gongjian.ledgers.importing.planner import Asking, Ground, Stored
from gongjian.ledgers.importing.rows import Line, ReadRow
from gongjian.ledgers.importing.verdicts import RowPlan, Verdict
from gongjian.ledgers.models import Entry, Status


class EntryPlanner:
    """Plans the rows of one ledger."""

    def __init__(self, ledger: Ledger, sheet: SheetTable, asking: Asking) -> None:
        self._ledger = ledger
        self._ground = Ground(ledger, sheet, asking)
        self._words = {one: str(one.label) for one in Status}
        self._needs = [*self._ground.needs(), "pk", "version", "status", "valid_to"]

    def identify(self, lines: Sequence[Line]) -> list[tuple[int, str | None]]:
        """Each row with its code."""
        return [(read.row, read.values.get("code") or None) for read in self._ground.reader.read(lines, ("code",))]

    def plan(self, lines: Sequence[Line], doubles: Mapping[str, Sequence[int]]) -> list[RowPlan]:
        """The verdicts of some rows."""
        rows = self._ground.reader.read(lines)
        standing = self._standing([code for read in rows if (code := read.values.get("code"))])
        plans, changed = [], []
        for read in rows:
            stored = standing.get(read.values.get("code", ""))
            plan = self._plan(read, stored, doubles)
            if plan.verdict is Verdict.CHANGED and stored is not None:
                changed.append((plan, stored))
            plans.append(plan)
        self._ground.tell_changes(changed)
        return plans

    def _standing(self, codes: Sequence[str]) -> dict[str, Stored]:
        rows = self._ledger.model.objects.filter(kind=self._ledger.slug, code__in=codes).values(*self._needs)
        return {row["code"]: row for row in rows}

    def _plan(self, read: ReadRow, stored: Stored | None, doubles: Mapping[str, Sequence[int]]) -> RowPlan:
        faults = self._ground.told(read)
        code = read.values.get("code") or ""
        if not code:
            faults.setdefault("code", self._ground.fault(read.row, "code", "没有填写"))
            return self._ground.refused(read.row, code, faults)
        if code in doubles:
            faults["code"] = self._ground.doubled(read.row, "code", code, doubles[code])
        return self._new(read, code, faults) if stored is None else self._standing_row(read, code, stored, faults)

    def _new(self, read: ReadRow, code: str, faults: dict[str, str]) -> RowPlan:
        ground = self._ground
        found = ground.held(read, read.values, faults)
        if read.status not in ("", self._words[Status.ACTIVE]):
            faults[STATUS] = ground.fault(read.row, STATUS, f"新登记的只能是“{Status.ACTIVE.label}”，退出请在登记以后办理")
        department = found.get("department") or ground.asking.department.pk
        if not ground.may(department):
            faults["department"] = ground.fault(read.row, "department", f"您不能为{ground.named(department)}登记，请由该部门或统筹办导入")
        if faults:
            return ground.refused(read.row, code, faults)
        found |= {"department": department, "valid_from": found["valid_from"] or ground.asking.day}
        return RowPlan(read.row, Verdict.ADDED, code, values=found, department=department)

    def _standing_row(self, read: ReadRow, code: str, stored: Stored, faults: dict[str, str]) -> RowPlan:
        ground = self._ground
        status = Status(stored["status"])
        if read.status not in ("", self._words[status]):
            faults[STATUS] = ground.fault(read.row, STATUS, f"台账里是“{status.label}”，退出和恢复请在条目页面办理，不从表格改动")
        values = ground.differing(read, stored, ("code",))
        if not values and not faults:
            return RowPlan(read.row, Verdict.UNCHANGED, code, pk=stored["pk"], version=stored["version"])
        if values:
            faults |= self._why_not(read, code, stored, values)
        found = ground.held(read, {name: stored[column] for name, column in ground.columns.items()} | values, faults)
        if faults:
            return ground.refused(read.row, code, faults)
        named = {*values, *POINT} if "shape" in values else {*values}  # the point of an area goes where the area goes
        values = {name: found[name] for name in named if found[name] != stored[ground.columns[name]]}
        whose = stored["department_id"]
        return RowPlan(read.row, Verdict.CHANGED, code, values=values, pk=stored["pk"], version=stored["version"], department=whose)

    def _why_not(self, read: ReadRow, code: str, stored: Stored, values: Mapping[str, Any]) -> dict[str, str]:
        """Why this importer may not change what stands."""
        ground = self._ground
        if stored["valid_to"] is not None:
            gone = f"“{code}”已于{stored['valid_to']:%Y-%m-%d}退出台账，要修改的请先在条目页面恢复入账，再导入"
            return {"code": ground.fault(read.row, "code", gone)}
        if not ground.may(stored["department_id"]):
            return {"code": ground.fault(read.row, "code", self._whose(code, stored))}
        wanted = values.get("department")
        if wanted is not None and not ground.may(wanted):
            return {"department": ground.fault(read.row, "department", f"您不能把条目改归{ground.named(wanted)}，请由统筹办办理")}
        return {}

    def _whose(self, code: str, stored: Stored) -> str:
        firm = stored.get("enterprise_id")
        owner = Entry.objects.filter(pk=firm).values_list("name", flat=True).first() if firm else ""
        under = f"，所属单位是“{owner}”" if owner else ""
        return f"“{code}”已在台账中，由{self._ground.named(stored['department_id'])}主管{under}，您不能修改；请联系该部门"
