"""The apostrophe by which a csv keeps text from running as a formula, put on when writing and taken off when reading."""

from __future__ import annotations

import re

BOM = "\ufeff"  # by which spreadsheets know UTF-8
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")  # also with apostrophes before it, so that taking one off gives what was there
_AS_TEXT = re.compile(r'="([^"]*)"')  # ="0012": how other programs keep the zeros in front


def marked(cell: str) -> str:
    """The text as a spreadsheet may open it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unmarked(cell: str) -> str:
    """The text that was marked, or that another program wrote as a formula to keep it text."""
    if cell.startswith("'"):
        return cell[1:] if _FORMULA.match(cell) else cell
    return found[1] if (found := _AS_TEXT.fullmatch(cell)) else cell
