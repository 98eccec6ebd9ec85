"""Planning the rows of a kind of record: what each would do to the record of its number, or of its key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongjian.documents.sheet_tables import SheetTable
from gongjian.ledgers.declaration import RecordKind
from gongjian.ledgers.fields import specs
from gongjian.ledgers.importing.columns import LABEL, NUMBER
from gongjian.ledgers.importing.planner import Asking, Ground, Stored
from gongjian.ledgers.importing.rows import Line, ReadRow, key_fields
from gongjian.ledgers.importing.verdicts import RowPlan, Verdict
from gongjian.ledgers.registry import find_ledger
from gongjian.ledgers.telling import number_of

Key = tuple[Any, ...]


class RecordPlanner:
    """Plans the rows of one kind of record."""

    def __init__(self, kind: RecordKind, sheet: SheetTable, asking: Asking) -> None:
        self._kind = kind
        self._ground = Ground(kind, sheet, asking)
        self._needs = [*self._ground.needs(), "pk", "entry_id"]
        self._ledger = find_ledger(kind.ledger)

    def identify(self, lines: Sequence[Line]) -> list[tuple[int, str | None]]:
        """Each row with its number, or the one that its key makes."""
        return [(read.row, self._number(read)) for read in self._ground.reader.read(lines, key_fields(self._kind))]

    def plan(self, lines: Sequence[Line], doubles: Mapping[str, Sequence[int]]) -> list[RowPlan]:
        """The verdicts of some rows."""
        rows = self._ground.reader.read(lines)
        numbers = {read.row: self._number(read) for read in rows}
        standing = self._by_number(filter(None, numbers.values()))
        keyed = self._by_key([read for read in rows if NUMBER not in read.values and numbers[read.row] not in standing])
        struck = self._struck([number for number in numbers.values() if number and number not in standing])
        things = self._things(rows)
        plans, changed = [], []
        for read in rows:
            number = numbers[read.row]
            faults = self._ground.told(read)
            if number in doubles:
                faults[LABEL] = self._ground.doubled(read.row, LABEL, self._called(read), doubles[number or ""])
            found = [standing[number]] if number in standing else keyed.get(self._key(read), []) if NUMBER not in read.values else []
            if len(found) > 1:
                faults[LABEL] = self._ground.fault(read.row, LABEL, f"已有{len(found)}条这样的记录，请加上“{self._numbered}”列指明是哪一条")
            if number in struck and not found:
                faults[LABEL] = self._ground.fault(read.row, LABEL, "这一条登记以后又作废了，确要重新登记的，请在页面上登记一条")
            if len(found) == 1:
                plan = self._standing_row(read, found[0], things, faults)
                changed += [(plan, found[0])] if plan.verdict is Verdict.CHANGED else []
            else:
                plan = self._new(read, number, things, faults)
            plans.append(plan)
        self._ground.tell_changes(changed)
        return plans

    @property
    def _numbered(self) -> str:
        return specs(self._kind)[NUMBER].title

    def _number(self, read: ReadRow) -> str | None:
        """The number given or made; None where what makes it cannot be read."""
        if given := read.values.get(NUMBER):
            return str(given)
        if read.faults.keys() & set(key_fields(self._kind)) or not read.values.get("on") or not read.values.get(LABEL):
            return None
        return number_of(self._kind, {name: read.values.get(name) for name in self._kind.key})

    def _key(self, read: ReadRow) -> Key:
        return tuple(read.values.get(name) or None for name in self._kind.key)

    def _called(self, read: ReadRow) -> str:
        said = (read.values.get(NUMBER), read.values.get("on"), read.values.get(LABEL))
        return " ".join(str(one) for one in said if one)

    def _by_number(self, numbers: Iterable[str]) -> dict[str | None, Stored]:
        rows = self._kind.model._default_manager.filter(number__in=set(numbers), replaced_at=None)  # noqa: SLF001 - Django's public name
        return {row[NUMBER]: row for row in rows.values(*self._needs)}

    def _by_key(self, rows: Sequence[ReadRow]) -> dict[Key, list[Stored]]:
        """Records that were given a number of their own, by what makes one: for sheets that leave the number out."""
        days, labels = ({read.values[name] for read in rows if read.values.get(name)} for name in ("on", LABEL))
        if not days or not labels or not set(self._kind.key) <= self._ground.sheet.columns.keys():
            return {}
        found: dict[Key, list[Stored]] = {}
        among = self._kind.model._default_manager.filter(label__in=labels, on__in=days, replaced_at=None)  # noqa: SLF001 - same
        for row in among.values(*self._needs):
            found.setdefault(tuple(row[self._ground.columns[name]] or None for name in self._kind.key), []).append(row)
        return found

    def _struck(self, numbers: Sequence[str]) -> set[str | None]:
        """Which of the numbers no record has any more."""
        rows = self._kind.model._default_manager.filter(number__in=set(numbers))  # noqa: SLF001 - same
        return set(rows.values_list(NUMBER, flat=True))

    def _things(self, rows: Iterable[ReadRow]) -> dict[str, int]:
        labels = {read.values[LABEL] for read in rows if read.values.get(LABEL)}
        return dict(self._ledger.model.objects.filter(kind=self._ledger.slug, code__in=labels).values_list("code", "pk"))

    def _new(self, read: ReadRow, number: str | None, things: Mapping[str, int], faults: dict[str, str]) -> RowPlan:
        ground = self._ground
        found = ground.held(read, read.values, faults)
        department = found.get("department") or ground.asking.department.pk
        if not ground.may(department):
            faults["department"] = ground.fault(read.row, "department", f"您不能为{ground.named(department)}登记，请由该部门或统筹办导入")
        self._thing(read, found, things, faults)
        if faults:
            return ground.refused(read.row, self._called(read), faults)
        found |= {"department": department, NUMBER: number, "entry": things.get(found[LABEL])}
        return RowPlan(read.row, Verdict.ADDED, self._called(read), values=found, department=department)

    def _standing_row(self, read: ReadRow, stored: Stored, things: Mapping[str, int], faults: dict[str, str]) -> RowPlan:
        ground = self._ground
        values = ground.differing(read, stored, (NUMBER,))
        called = f"{stored['on']:%Y-%m-%d} {stored[LABEL]}"
        if not values and not faults:
            return RowPlan(read.row, Verdict.UNCHANGED, called, pk=stored["pk"], version=stored["pk"])
        if values and not ground.may(stored["department_id"]):
            whose = f"这一条已由{ground.named(stored['department_id'])}登记，您不能更正；请联系该部门"
            faults[LABEL] = ground.fault(read.row, LABEL, whose)
        wanted = values.get("department")
        if wanted is not None and not ground.may(wanted):
            faults["department"] = ground.fault(read.row, "department", f"您不能把记录改归{ground.named(wanted)}，请由统筹办办理")
        found = ground.held(read, {name: stored[column] for name, column in ground.columns.items()} | values, faults)
        self._thing(read, found if values.keys() & {"on", LABEL} else {}, things, faults)
        if faults:
            return ground.refused(read.row, called, faults)
        values = {name: found[name] for name in values}
        if LABEL in values:
            values["entry"] = things.get(values[LABEL])
        whose = stored["department_id"]
        return RowPlan(read.row, Verdict.CHANGED, called, values=values, pk=stored["pk"], version=stored["pk"], department=whose)

    def _thing(self, read: ReadRow, found: Mapping[str, Any], things: Mapping[str, int], faults: dict[str, str]) -> None:
        """What a record is about is in its ledger, unless strangers are met; and its day has come."""
        ground = self._ground
        if (label := found.get(LABEL)) and label not in things and not self._kind.strangers:
            faults.setdefault(LABEL, ground.fault(read.row, LABEL, f"“{label}”不在{self._ledger.title}中，请先登记入账"))
        if (day := found.get("on")) and day > ground.asking.day:
            faults.setdefault("on", ground.fault(read.row, "on", f"{day:%Y-%m-%d}还没有到，请核对"))
