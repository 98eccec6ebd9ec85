"""Rows as files: CSV that spreadsheets open in Chinese, and xlsx. What would run as a formula is made text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from xlsxwriter import Workbook

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file line by line, beginning with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    yield BOM + str(writer.writerow(titles))
    for row in rows:
        yield str(writer.writerow([_safe(cell) for cell in row]))


def as_xlsx(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        dated = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("明细")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, titles)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, dated)
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, dated: Any) -> None:
    """One cell: days and moments as dates of the office, everything that is no number as text."""
    if isinstance(cell, datetime):
        local = timezone.localtime(cell) if timezone.is_aware(cell) else cell
        sheet.write_datetime(row, column, local.replace(tzinfo=None), dated)
    elif isinstance(cell, date):
        sheet.write_string(row, column, cell.isoformat())
    else:
        sheet.write(row, column, _safe(cell))


class _Echo:
    """Hands a written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _safe(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets the apostrophe that makes it text."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
