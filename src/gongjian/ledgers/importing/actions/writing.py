"""Writing planned rows: in one transaction, by thousands; a row of which something else stands by now than was planned is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from gongjian.ledgers.actions.bulk import BATCH, amend_entries, insert_entries, insert_records
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import Kind, specs
from gongjian.ledgers.importing.columns import NUMBER
from gongjian.ledgers.importing.comparing import same
from gongjian.ledgers.importing.verdicts import RowPlan
from gongjian.ledgers.queries.cells import stored
from gongjian.people.models import User

SOURCE = 120  # characters
Tell = Callable[[int], None]  # how many rows have been written


@dataclass(slots=True)
class Applied:
    """How many rows were written, and which were left out because what they are about has changed since the dry run."""

    added: int = 0
    changed: int = 0
    late: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who writes, when, and from which file."""

    by: User | None
    at: datetime
    filename: str

    def source(self, row: int) -> str:
        """Where a row comes from, as its version keeps it."""
        end = f" 第{row}行"
        return f"导入 {self.filename[: SOURCE - len(end) - 3]}{end}"

    def stamp(self, row: int) -> dict[str, Any]:
        """What every version says of its making."""
        return {"entered_at": self.at, "entered_by_id": self.by.pk if self.by else None, "source": self.source(row)}


def write_rows(table: Table, added: Iterable[RowPlan], changed: Iterable[RowPlan], hand: Hand, tell: Tell) -> Applied:
    """Write what was planned. Inside a transaction; IntegrityError where somebody writes the same at this very moment."""
    made: _Entries | _Records
    if isinstance(table, Ledger):
        made = _Entries(table, hand)
    elif isinstance(table, RecordKind):
        made = _Records(table, hand)
    else:
        msg = f"{table.slug} is neither a ledger nor a kind of record"
        raise TypeError(msg)
    for batch in _batches(changed):
        made.change(batch)
        tell(len(batch))
    for batch in _batches(added):
        made.add(batch)
        tell(len(batch))
    return made.applied


class _Rows:
    def __init__(self, table: Table, hand: Hand) -> None:
        self.hand, self.applied = hand, Applied()
        self.specs = specs(table)
        pointing = (Kind.ENTRY, Kind.DEPARTMENT)
        self.columns = {name: stored(name) if one.kind in pointing else name for name, one in self.specs.items()} | {"entry": "entry_id"}

    def columned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {self.columns[name]: value for name, value in values.items()}

    def says(self, plan: RowPlan, thing: Any) -> bool:
        """Whether everything planned is so already."""
        planned = ((self.specs[name], self.columns[name], value) for name, value in plan.values.items() if name in self.specs)
        return all(same(one, getattr(thing, column), value) for one, column, value in planned)

    def left_out(self, plan: RowPlan, why: str) -> None:
        self.applied.late.append((plan.row, f"第 {plan.row} 行“{plan.called}”在核对以后{why}，请重新核对"))


class _Entries(_Rows):
    def __init__(self, ledger: Ledger, hand: Hand) -> None:
        super().__init__(ledger, hand)
        self.ledger = ledger

    def add(self, plans: Sequence[RowPlan]) -> None:
        among = self.ledger.model.objects.filter(kind=self.ledger.slug, code__in=[plan.values["code"] for plan in plans])
        standing = {entry.code: entry for entry in among}
        fresh = []
        for plan in plans:
            if (there := standing.get(plan.values["code"])) is None:
                fresh.append(self.ledger.model(**self.columned(plan.values), **self.hand.stamp(plan.row)))
            elif not self.says(plan, there):
                self.left_out(plan, "由别人登记入账了")
        if fresh:
            self.applied.added += len(insert_entries(self.ledger, fresh))

    def change(self, plans: Sequence[RowPlan]) -> None:
        locked = self.ledger.model.objects.select_for_update().filter(pk__in=[plan.pk for plan in plans])
        standing = {entry.pk: entry for entry in locked}
        amended, names = [], set[str]()
        for plan in plans:
            entry = standing[plan.pk or 0]
            if entry.version == plan.version:
                self._amend(entry, plan)
                amended.append(entry)
                names |= plan.values.keys()
            elif not self.says(plan, entry):
                self.left_out(plan, "又被更新过")
        if amended:
            amend_entries(self.ledger, amended, sorted(names))
        self.applied.changed += len(amended)

    def _amend(self, entry: Any, plan: RowPlan) -> None:
        stamp = self.hand.stamp(plan.row) | {"version": entry.version + 1}
        for name, value in (self.columned(plan.values) | stamp).items():
            setattr(entry, name, value)


class _Records(_Rows):
    def __init__(self, kind: RecordKind, hand: Hand) -> None:
        super().__init__(kind, hand)
        self.kind, self.model = kind, kind.model._default_manager  # noqa: SLF001 - Django's public name

    def add(self, plans: Sequence[RowPlan]) -> None:
        numbers = [plan.values[NUMBER] for plan in plans]
        standing = {row.number: row for row in self.model.filter(number__in=numbers, replaced_at=None)}
        fresh = []
        for plan in plans:
            if (there := standing.get(plan.values[NUMBER])) is None:
                fresh.append(self.kind.model(**self.columned(plan.values), **self.hand.stamp(plan.row)))
            elif not self.says(plan, there):
                self.left_out(plan, "由别人登记了")
        self.applied.added += insert_records(self.kind, fresh)

    def change(self, plans: Sequence[RowPlan]) -> None:
        locked = self.model.select_for_update().filter(pk__in=[plan.pk for plan in plans], replaced_at=None)
        standing = {row.pk: row for row in locked}
        replaced, fresh = [], []
        for plan in plans:
            if (row := standing.get(plan.pk)) is None:
                self.left_out(plan, "又被更正或作废过")
                continue
            replaced.append(row.pk)
            whole = {field.attname: getattr(row, field.attname) for field in self.kind.model._meta.concrete_fields if not field.primary_key}  # noqa: SLF001 - same
            fresh.append(self.kind.model(**whole | self.columned(plan.values) | self.hand.stamp(plan.row)))
        self.model.filter(pk__in=replaced).update(replaced_at=self.hand.at)
        self.applied.changed += insert_records(self.kind, fresh)


def _batches(plans: Iterable[RowPlan]) -> Iterator[list[RowPlan]]:
    rest = iter(plans)
    while batch := list(islice(rest, BATCH)):
        yield batch
