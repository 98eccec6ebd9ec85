"""Cells that are words."""

from __future__ import annotations

import re
from datetime import date, datetime

from gongjian.documents.cells.raw import UNSEEN, BadCell, ErrorCell, Raw, plain, quoted

LONGEST = 200
_EXACT = 1e15  # from here on a spreadsheet no longer keeps every digit of a number
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_HALF = {code: code - 0xFEE0 for start, end in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(start, end)}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read_text(raw: Raw, *, longest: int = LONGEST, dates: bool = False) -> str:
    """The words of a cell on one line: trimmed, blanks collapsed, letters and digits half-width, Chinese punctuation as it is.

    A whole number loses its point. A number of more than 15 digits is refused, for the spreadsheet has lost its end already; so is a
    date unless ``dates``, for "3-5" becomes one by itself. Invisible marks are dropped, control characters refused.
    """
    if type(raw) is str:
        text = raw if raw.isprintable() and (raw.isascii() or not _WIDE.search(raw)) else _cleaned(raw)
        if text[:1] == " " or text[-1:] == " " or "  " in text:
            text = " ".join(text.split())
    else:
        text = _worded(raw, dates=dates)
    if len(text) > longest:
        msg = f"有 {len(text)} 个字，最多 {longest} 个字"
        raise BadCell(msg)
    return text


def _cleaned(text: str) -> str:
    if found := _CONTROL.search(text):
        msg = f"第 {found.start() + 1} 个字是看不见的控制字符，请删除后重新填写"
        raise BadCell(msg)
    return " ".join(text.translate(UNSEEN).translate(_HALF).split())


def _worded(raw: Raw, *, dates: bool) -> str:
    """A value that is no text as text."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, (int, float)):
        return _digits(raw)
    if isinstance(raw, (date, datetime)) and dates:
        return raw.isoformat(sep=" ") if isinstance(raw, datetime) else raw.isoformat()
    if isinstance(raw, ErrorCell):
        raise BadCell(raw.reason)
    if isinstance(raw, (date, datetime)):
        msg = f"被表格软件存成了日期{quoted(raw)}，请把这一列设为文本格式后重新填写"
        raise BadCell(msg)
    return plain(raw, "文字")


def _digits(number: float) -> str:
    if not abs(number) < _EXACT:  # no number at all too
        msg = "超过 15 位的数字被表格软件存成了数值，末几位已经丢失，请把这一列设为文本格式后重新填写"
        raise BadCell(msg)
    return str(int(number)) if number == int(number) else format(number, ".15g")
