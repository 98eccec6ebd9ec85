"""The sheets of an .xlsx."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import python_calamine

from gongjian.documents.cells.raw import ErrorCell, Raw
from gongjian.documents.grid import DocumentError
from gongjian.documents.package import package_kind
from gongjian.documents.purpose import LEDGER
from gongjian.documents.sheet_parts import Faults, counts_from_1904, faults_of, sheet_parts

Parts = tuple[str, Callable[[], Iterator[Sequence[Raw]]], list[Any], Faults]


def workbook_sheets(data: bytes, name: str) -> list[Parts]:
    """Of every visible sheet that is not empty its name, its rows, its merged ranges and its faults."""
    if package_kind(data, name, LEDGER) != "xlsx":
        msg = f"文件“{name}”是 Word 文档，不是表格：请用 {LEDGER.kinds}。"
        raise DocumentError(msg)
    try:
        return list(_sheets(data, name))
    except DocumentError:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        # calamine raises its own errors, and a Rust panic (no Exception) where a damaged part takes it by surprise
        msg = f"工作簿“{name}”损坏，读不出：请在 Excel 或 WPS 中打开后另存一份再试。"
        raise DocumentError(msg) from error


def _sheets(data: bytes, name: str) -> Iterator[Parts]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    visible = [sheet for sheet in workbook.sheets_metadata if sheet.visible == python_calamine.SheetVisibleEnum.Visible]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if counts_from_1904(archive):
            msg = f"工作簿“{name}”用的是 1904 日期系统，日期会差四年：请在 Excel 选项中取消“使用 1904 日期系统”，核对日期后另存再试。"
            raise DocumentError(msg)
        parts = sheet_parts(archive)
        for title in [sheet.name for sheet in visible if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]:
            faults = faults_of(archive, parts[title], title)
            sheet = workbook.get_sheet_by_name(title)
            if sheet.start is not None or faults:
                yield title, _grid(sheet, faults), list(sheet.merged_cell_ranges or ()), faults


def _grid(sheet: python_calamine.CalamineSheet, faults: dict[int, dict[int, ErrorCell]]) -> Callable[[], Iterator[Sequence[Raw]]]:
    """The rows from A1 on: calamine leaves out the columns before the first value, and cells that hold an error."""
    before = sheet.start[1] if sheet.start else 0
    bottom = max(faults, default=-1)
    width = max([(sheet.end[1] if sheet.end else -1) + 1, *(max(columns) + 1 for columns in faults.values())])

    def rows() -> Iterator[Sequence[Raw]]:
        at = -1
        for at, row in enumerate(sheet.iter_rows()):  # noqa: B007 - how far it came is asked below
            yield row if len(row) == width else [*[""] * before, *row, *[""] * (width - before - len(row))]
        for _ in range(at, bottom):
            yield [""] * width

    return rows
