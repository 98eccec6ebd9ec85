"""The sheet of a template that says how its columns are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NAME = "填写说明"
_TITLES = (("列名", 18), ("是否必填", 10), ("填什么", 40), ("说明", 50), ("示例", 24))


def write_guide(book: Any, page: str, told: Sequence[Sequence[str]], notes: Sequence[str]) -> None:
    """Add the sheet for the page so called: the notes, then a line for each column."""
    taken = any(sheet.get_name() == NAME for sheet in book.worksheets())
    sheet = book.add_worksheet(f"{NAME}（{page}）"[:31] if taken else NAME)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"请在工作表“{page}”中逐行填写，不要改动第 1 行的列名；带 * 的列必填。", bold)
    for at, note in enumerate(notes, start=1):
        sheet.write_string(at, 0, note)
    for column, (title, width) in enumerate(_TITLES):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(len(notes) + 2, column, title, bold)
    for row, words in enumerate(told, start=len(notes) + 3):
        for column, word in enumerate(words):
            sheet.write_string(row, column, word, wrapped)
