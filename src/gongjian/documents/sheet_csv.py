"""The rows of a csv, whatever its encoding and whichever its separator."""

from __future__ import annotations

import csv
from io import StringIO

from gongjian.documents.csv_marks import unmarked
from gongjian.documents.encoding import decode
from gongjian.documents.grid import DocumentError
from gongjian.documents.opening import OFFICE_NAMES
from gongjian.documents.purpose import LEDGER
from gongjian.documents.sniffing import looks_like_html

_SEPARATORS = ",\t;，；|"
_SAMPLE = 64 * 1024
_MOST = 200_000  # rows, so that a text that is no table does not fill the memory


def csv_rows(data: bytes, name: str) -> list[list[str]]:
    """Every row as wide as the widest, without the blank ones at the end; raises DocumentError on what is no table."""
    text = decode(data, name, LEDGER)
    html = looks_like_html(text)
    if html or name.lower().endswith((*OFFICE_NAMES, ".xlsm")):
        what = "网页" if html else "纯文本"
        msg = f"文件“{name}”的内容是{what}，不是表格文件：请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。"
        raise DocumentError(msg)
    rows = _parsed(text, name)
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _parsed(text: str, name: str) -> list[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([unmarked(cell) for cell in row] if "'" in "".join(row) or '="' in "".join(row) else row)
            if len(rows) > _MOST:
                msg = f"文件“{name}”超过 {_MOST // 10_000} 万行，不像一份台账：请分成几个文件后再试。"
                raise DocumentError(msg)
    except csv.Error as error:
        msg = f"文件“{name}”从第 {len(rows) + 1} 行起读不出，多半是英文引号不成对：请在 Excel 或 WPS 中打开核对，另存为 .xlsx 再试。"
        raise DocumentError(msg) from error
    return rows


def _separator(text: str) -> str:
    """The separator that cuts the first rows into most columns."""
    sample = text[:_SAMPLE].rpartition("\n")[0] or text[:_SAMPLE]

    def columns(separator: str) -> int:
        rows = list(csv.reader(StringIO(sample, newline=""), delimiter=separator))
        return sum(sorted(map(len, rows))[len(rows) // 2 :])  # titles above a table are narrow

    return max(_SEPARATORS, key=columns)
