"""Workbooks and csv files of ledgers as sheets of raw values with their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gongjian.documents.cells.raw import ErrorCell, Raw, is_blank
from gongjian.documents.grid import DocumentError
from gongjian.documents.opening import OLE, PDF, ZIP, ole_message
from gongjian.documents.purpose import LEDGER

MAX_ROWS = 60_000  # of data
MAX_COLUMNS = 60
MAX_BYTES = 30 * 1024 * 1024
HEADING_ROWS = 30  # in which the headings are looked for
_MERGED = 500_000  # cells below one another that merged ranges may cover

Grid = Callable[[], Iterator[Sequence[Raw]]]
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), from 0


@dataclass(frozen=True)
class Sheet:
    """One visible sheet that is not empty; rows and columns count from 0 here, and every row is equally wide."""

    name: str
    grid: Grid
    merged: Sequence[Range] = ()
    faults: dict[int, dict[int, ErrorCell]] = field(default_factory=dict)

    def rows(self) -> Iterator[list[Raw]]:
        """Every row from the first of the sheet on; a cell merged downwards says in each row what it says at its top."""
        falls = self._falls
        said: dict[int, Raw] = {}
        for at, given in enumerate(self.grid()):
            row = list(given)
            for column, fault in self.faults.get(at, {}).items():
                if column < len(row):
                    row[column] = fault
            for column, top in falls.get(at, {}).items():
                if column < len(row):
                    if at == top:
                        said[column] = row[column]
                    else:
                        row[column] = said.get(column)
            yield row

    @cached_property
    def _falls(self) -> dict[int, dict[int, int]]:
        """For each row the columns that a range merged downwards covers, with the row where it begins."""
        last = sum(1 for _ in self.grid()) - 1
        found: dict[int, dict[int, int]] = {}
        left = _MERGED
        for (top, column), (bottom, _) in self.merged:
            if bottom > top:
                left -= min(bottom, last) - top
                if left < 0:
                    msg = f"工作表“{self.name}”合并的单元格过多：请取消合并、逐行填写后再试。"
                    raise DocumentError(msg)
                for row in range(top, min(bottom, last) + 1):
                    found.setdefault(row, {})[column] = top
        return found

    def top(self) -> list[list[Raw]]:
        """The rows in which headings are looked for."""
        return [row for _, row in zip(range(HEADING_ROWS), self.rows(), strict=False)]


@dataclass(frozen=True)
class Book:
    """A file of sheets; ``kind`` is xlsx or csv, by content."""

    name: str
    kind: str
    pages: tuple[Sheet, ...]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the visible sheets that are not empty; a csv has one, called as its file."""
        return tuple(page.name for page in self.pages)


def open_book(data: bytes, name: str) -> Book:
    """The sheets of an .xlsx or .csv, known by content; raises DocumentError with what is wrong, where, and what to do."""
    if len(data) > MAX_BYTES:
        mega = 1024 * 1024
        msg = f"文件“{name}”有 {len(data) / mega:.0f} MB，超过 {MAX_BYTES // mega} MB 的上限：请去掉图片和多余的工作表，或分成几个文件。"
        raise DocumentError(msg)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        msg = f"文件“{name}”是空的：请检查是否保存或上传完整。"
        raise DocumentError(msg)
    if PDF in data[:1024]:
        msg = f"文件“{name}”是 PDF，不是表格：请用 {LEDGER.kinds}。"
        raise DocumentError(msg)
    if data.startswith(OLE):
        raise DocumentError(ole_message(data, name, LEDGER))
    book = _read(data, name)
    if not book.pages:
        msg = f"文件“{name}”里没有可见的、有内容的工作表：请检查是否选错了文件，或取消工作表的隐藏。"
        raise DocumentError(msg)
    for page in book.pages:
        _check_extent(page)
    return book


def _read(data: bytes, name: str) -> Book:
    if data.startswith(ZIP):
        from gongjian.documents.sheet_xlsx import workbook_sheets  # noqa: PLC0415 - only a workbook needs it

        return Book(name, "xlsx", tuple(Sheet(*parts) for parts in workbook_sheets(data, name)))
    from gongjian.documents.sheet_csv import csv_rows  # noqa: PLC0415 - only a text needs it

    rows = csv_rows(data, name)
    return Book(name, "csv", (Sheet(name, lambda: iter(rows)),) if rows else ())


def _check_extent(page: Sheet) -> None:
    """Refuse more rows or columns than a ledger may have, counting only up to the last that says something."""
    rows = columns = 0
    wide = 0
    for at, row in enumerate(page.grid()):
        wide = max(wide, len(row))
        if at >= MAX_ROWS and not all(map(is_blank, row)):
            rows = at + 1
        if len(row) > MAX_COLUMNS:
            columns = max([columns, *(column + 1 for column, raw in enumerate(row) if column >= MAX_COLUMNS and not is_blank(raw))])
    if rows > MAX_ROWS + HEADING_ROWS:
        msg = f"工作表“{page.name}”写到第 {rows} 行，超过 {MAX_ROWS} 行的上限：请分成几个文件导入。"
        raise DocumentError(msg)
    if columns > MAX_COLUMNS:
        msg = f"工作表“{page.name}”写到 {column_letters(columns)} 列，超过 {MAX_COLUMNS} 列的上限：请删去表格以外的列后再试。"
        raise DocumentError(msg)


def column_letters(column: int) -> str:
    """What a spreadsheet calls its ``column``-th column, from 1: D for 4."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """What a spreadsheet calls a cell, row and column from 1: D17."""
    return f"{column_letters(column)}{row}"
