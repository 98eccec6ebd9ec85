"""Rows as files: CSV that spreadsheets open in Chinese, and xlsx. What would run as a formula is made text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

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
    book = Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    sheet.freeze_panes = "A2"
    sheet.append(list(titles))
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


class _Echo:
    """Hands a written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _safe(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets the apostrophe that makes it text."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
