"""The dry run: what a sheet would do to a table, row by row, without writing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from gongjian.documents.sheet_tables import SheetTable, find_table
from gongjian.documents.sheets import Book, column_letters
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import specs
from gongjian.ledgers.importing.columns import identifying, title, wanted
from gongjian.ledgers.importing.entry_rows import EntryPlanner
from gongjian.ledgers.importing.planner import Asking, Planner
from gongjian.ledgers.importing.record_rows import RecordPlanner
from gongjian.ledgers.importing.rows import Line
from gongjian.ledgers.importing.verdicts import ImportPlan, RowPlan
from gongjian.people.models import Department, User
from gongjian.standards.coordinates import Datum

CHUNK = 2_000  # rows planned together: what stands is asked for once for each


def table_in(book: Book, table: Table, sheet: str | None = None) -> SheetTable:
    """The sheet of a workbook that holds rows of the table; SheetProblem where none does."""
    return find_table(book, wanted(table), identifying(table), sheet)


def plan_import(
    table: Table, sheet: SheetTable, *, by: User | None, at: datetime, department: Department, datum: Datum = Datum.CGCS2000
) -> ImportPlan:
    """What importing the sheet would do. Memory stays bounded: rows are planned some at a time, as one goes through them.

    What stands in the sheet more than once is refused in every place, so that the order of rows makes no difference.
    """
    planner = _planner(table, sheet, Asking(by=by, at=at, department=department, datum=datum))
    total, doubles = _doubles(planner, sheet)
    lacking = [name for name, one in specs(table).items() if one.required and name not in sheet.columns]
    return ImportPlan(
        sheet=sheet.sheet,
        heading_row=sheet.heading_row,
        total=total,
        ignored=tuple(f"{column_letters(column)} 列“{words}”" for column, words in sheet.unknown.items()),
        absent=tuple(title(table, name) for name in lacking),
        others=sheet.others,
        rows=_rows(planner, sheet, doubles),
    )


def _planner(table: Table, sheet: SheetTable, asking: Asking) -> Planner:
    if isinstance(table, Ledger):
        return EntryPlanner(table, sheet, asking)
    if isinstance(table, RecordKind):
        return RecordPlanner(table, sheet, asking)
    msg = f"{table.slug} is neither a ledger nor a kind of record"
    raise TypeError(msg)


def _rows(planner: Planner, sheet: SheetTable, doubles: Mapping[str, Sequence[int]]) -> Iterator[RowPlan]:
    for lines in _chunks(sheet):
        yield from planner.plan(lines, doubles)


def _doubles(planner: Planner, sheet: SheetTable) -> tuple[int, dict[str, list[int]]]:
    """How many rows there are, and the rows of what stands in more than one."""
    first: dict[str, int] = {}
    more: dict[str, list[int]] = {}
    total = 0
    for lines in _chunks(sheet):
        total += len(lines)
        for row, called in planner.identify(lines):
            if called is not None and first.setdefault(called, row) != row:
                more.setdefault(called, [first[called]]).append(row)
    return total, more


def _chunks(sheet: SheetTable) -> Iterator[Sequence[Line]]:
    rows = sheet.rows()
    while lines := list(islice(rows, CHUNK)):
        yield lines
