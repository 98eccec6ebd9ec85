"""Sheets of a workbook, each a table."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import python_calamine

from gongjian.documents.grid import MAX_CELLS, MAX_COLUMNS, Cell, Document, DocumentError, Spot, Table, paragraphs_of

_REFERENCE = re.compile(rb"""<(?:\w+:)?c\s[^>]{0,200}?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")


def read_xlsx(data: bytes, name: str) -> Document:
    """Every visible sheet as one table, merged ranges resolved; empty sheets left out."""
    try:
        _check_extent(data, name)
        tables = _tables(data)
    except DocumentError:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        # calamine raises its own errors, and a Rust panic (no Exception) where a damaged part takes it by surprise
        msg = f"工作簿“{name}”损坏，读不出：请在 Excel 或 WPS 中打开后另存一份再试。"
        raise DocumentError(msg) from error
    return Document("xlsx", tuple(tables))


def _check_extent(data: bytes, name: str) -> None:
    """Refuse cells so far out that the grid between would not fit in memory."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in filter(_SHEET_PART.fullmatch, archive.namelist()):
            cells = _REFERENCE.findall(archive.read(part))
            rows = max((int(row) for _, row in cells), default=0)
            columns = max((_column(letters) for letters, _ in cells), default=0)
            if rows * columns > MAX_CELLS:
                msg = f"工作簿“{name}”的表过大，不像一份计划：请只保留计划的表格后再试。"
                raise DocumentError(msg)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _tables(data: bytes) -> list[Table]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    visible = python_calamine.SheetVisibleEnum.Visible
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == visible]
    found: list[Table] = []
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
        if any(value not in {"", None} for row in rows for value in row):
            found.append(_table(rows, merged, Spot(sheet=name, table=len(found) + 1)))
    return found


def _table(rows: list[list[Any]], merged: list[Any], spot: Spot) -> Table:
    """The sheet's values on a grid, each merged range one cell."""
    width = min(max(map(len, rows), default=0), MAX_COLUMNS)
    grid = [[Cell(_words(value), at, column) for column, value in enumerate(row[:width])] for at, row in enumerate(rows)]
    for (top, left), (bottom, right) in merged:
        if top >= len(grid) or left >= width:
            continue
        last_row, last_column = min(bottom, len(grid) - 1), min(right, width - 1)
        whole = Cell(grid[top][left].paragraphs, top, left, last_row - top + 1, last_column - left + 1)
        for row in range(top, last_row + 1):
            for column in range(left, last_column + 1):
                grid[row][column] = whole
    return Table(tuple(tuple(row) for row in grid), spot)


def _words(value: Any) -> tuple[str, ...]:
    """A value as it would be read on the sheet: whole numbers without a point, dates in Chinese."""
    if isinstance(value, float) and value.is_integer():
        return (str(int(value)),)
    if isinstance(value, (date, datetime)):
        return (f"{value.year}年{value.month}月{value.day}日",)
    return paragraphs_of("" if value is None else str(value))
