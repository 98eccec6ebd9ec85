"""Writing sheets: templates to fill in and exports, as xlsx and csv. What would run as a formula stays text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

from xlsxwriter import Workbook

from gongjian.documents.csv_marks import BOM, marked
from gongjian.documents.sheets import MAX_ROWS
from gongjian.documents.workbook_guide import write_guide
from gongjian.documents.workbook_lists import Lists

Kind = Literal["text", "number", "date", "moment"]
Value = str | float | bool | Decimal | date | datetime | time | None

_LONGEST = 32_767  # characters that a cell of a spreadsheet holds
_CUT = "……（超过单元格能容纳的字数，以下未导出）"
_DIGITS = 15  # that a spreadsheet keeps of a number
_FORMATS = {"text": "@", "number": "General", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss"}
_OLDEST = 1900  # year: before, a spreadsheet has no dates
_PROMPT = 250  # characters of the help shown beside a cell; Excel takes 255


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: ``width`` in characters; ``choices`` are offered and enforced; ``help`` and ``example`` guide who fills in."""

    title: str
    kind: Kind = "text"
    required: bool = False
    width: int = 14
    choices: tuple[str, ...] = ()
    help: str = ""
    example: str = ""

    @property
    def heading(self) -> str:
        """The title with the star of what must be filled in."""
        return f"{self.title}*" if self.required else self.title


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written: its name (at most 31 characters), columns and rows; ``fillable`` ones get choices and help for more rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]] = ()
    fillable: bool = False


def write_book(pages: Sequence[Page], *, notes: Sequence[str] = ()) -> bytes:
    """The workbook as bytes; with a fillable page a second sheet 填写说明 tells its columns, below ``notes``.

    Rows go to a temporary file as they come, so that 50,000 of them need no memory. Moments must be without a zone: what the wall clock
    shows. Raises ValueError on a moment with a zone.
    """
    file = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
        lists = Lists(book)
        for page in pages:
            _write_page(book, page, formats, lists)
        for page in pages:
            if page.fillable:
                write_guide(book, page.name, [_told(column) for column in page.columns], notes)
        lists.write()
    return file.getvalue()


def _write_page(book: Any, page: Page, formats: dict[str, Any], lists: Lists) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.freeze_panes(1, 0)
    plain = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "border": 1, "border_color": "#B8C4D0"}
    headings = {required: book.add_format(plain | ({"font_color": "#B42318"} if required else {})) for required in (True, False)}
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width, formats[column.kind])
        sheet.write_string(0, at, column.heading, headings[column.required])
        if page.fillable:
            _guide_filling(sheet, at, column, lists)
    for number, row in enumerate(page.rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, number, at, value, formats)


def _guide_filling(sheet: Any, at: int, column: Column, lists: Lists) -> None:
    """Offer the choices and show the help in every row that may be filled."""
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices:
        rule = {
            "validate": "list",
            "source": lists.source(column.choices),
            "error_title": column.title[:30],
            "error_message": "请从列表中选择。",
        }
    if column.help:
        rule |= {"input_title": column.title[:30], "input_message": column.help[:_PROMPT]}
    if column.choices or column.help:
        sheet.data_validation(1, at, MAX_ROWS, at, rule)


def _told(column: Column) -> tuple[str, str, str, str, str]:
    """What the guide says of a column."""
    kinds = {"text": "文字", "number": "数字", "date": "日期，如 2020-01-05", "moment": "日期和时间，如 2020-01-05 13:20"}
    form = f"从列表中选：{'、'.join(column.choices)}" if column.choices else kinds[column.kind]
    return column.title, "必填" if column.required else "选填", form, column.help, column.example


def _write(sheet: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    """One cell as what it is; text always as text."""
    if value is None or value == "":
        return
    if isinstance(value, datetime) and value.tzinfo is not None:
        msg = "a spreadsheet has no zones: give the moment as the wall clock shows it"
        raise ValueError(msg)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and _kept(value):
        sheet.write_number(row, column, float(value), formats["number"])
    elif isinstance(value, date) and value.year >= _OLDEST:
        sheet.write_datetime(row, column, value, formats["moment" if isinstance(value, datetime) else "date"])
    else:
        sheet.write_string(row, column, _words(value), formats["text"])


def _words(value: Value) -> str:
    """The value as text, cut where a cell ends."""
    text = ("是" if value else "否") if isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _kept(value: float | Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of the number; what it would not is written as text."""
    number = Decimal(repr(value) if isinstance(value, float) else value)
    return (
        number.is_finite()
        and (isinstance(value, float) or len(number.normalize().as_tuple().digits) <= _DIGITS)
        and abs(number) < 10**_DIGITS
    )


def write_csv(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The file line by line, beginning with the mark by which spreadsheets know UTF-8; None is blank."""
    writer = csv.writer(_Echo())
    yield BOM + str(writer.writerow([marked(title) for title in titles]))
    for row in rows:
        yield str(writer.writerow(["" if cell is None else marked(cell) if isinstance(cell, str) else cell for cell in row]))


class _Echo:
    """Hands a written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
