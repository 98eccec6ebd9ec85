"""What calamine does not tell of a workbook, looked up in its parts: errors, formulas never worked out, cells too far out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath

from lxml import etree

from gongjian.documents.cells.raw import ErrorCell
from gongjian.documents.grid import DocumentError

Faults = dict[int, dict[int, ErrorCell]]  # by row and column, both from 0

_CHUNK = 1 << 20
_LONGEST_ROW = 16 << 20  # bytes of one row's XML
_MOST_FAULTS = 100_000
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^<>]*?)?(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*(?<!/)>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# Farther than CZ or below row 99999: the grid that calamine would lay out to there need not fit in memory.
_FAR = re.compile(rb"""\br\s*=\s*["']((?:[A-Za-z]{3,}|[D-Zd-z][A-Za-z])\d+|[A-Za-z]{0,3}\d{6,})["']""")
_WIDEST = 104  # columns up to CZ
_MOST_ROWS = 200_000  # rows that are written down, blank ones with a format too
_TAG = re.compile(rb"""<(?:\w+:)?(c|row)((?:\s+[\w:]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))+)\s*(/?)>""")
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
_CELL_START = re.compile(rb"<(?:\w+:)?c\b")
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|t|is|f)\b|<!")
_REASONS = {
    "#REF!": "公式引用的单元格已不存在",
    "#N/A": "公式没有查到对应的值",
    "#NAME?": "公式里有不认识的名称",
    "#DIV/0!": "公式除以了零",
    "#VALUE!": "公式的参数类型不对",
    "#NUM!": "公式的数值超出范围",
    "#NULL!": "公式的区域没有交集",
}
_NEVER = ErrorCell("", "公式没有保存计算结果，请在 Excel 或 WPS 中打开、保存一次，或改为填写数值")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each worksheet, by the sheet's name; sheets without cells (charts) too.

    Raises KeyError, ValueError or an error of lxml where the workbook does not hang together.
    """
    names: dict[str, str] = {}
    for name in archive.namelist():
        if names.setdefault(name.casefold(), name) != name:
            msg = "two parts differ only in case"
            raise ValueError(msg)
    book = etree.fromstring(archive.read("xl/workbook.xml"), _PARSER)
    links = etree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]), _PARSER)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        target = targets[link]
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        found[sheet.get("name", "")] = names[path.casefold()]
    return found


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether the workbook's days count from 1904, as those of old Macintosh Excel: plain numbers would be read four years off."""
    book = etree.fromstring(archive.read("xl/workbook.xml"), _PARSER)
    return any(one.get("date1904") in {"1", "true"} for one in book.iterfind("{*}workbookPr"))


def faults_of(archive: zipfile.ZipFile, part: str, name: str) -> Faults:
    """The cells of a sheet (called ``name`` in refusals) that hold an error or a formula without a result.

    Raises DocumentError on a value so far out that reading the sheet would not fit in memory, and on errors without end.
    """
    found: Faults = {}
    count = seen = 0
    for rows in _rows(archive, part, name):
        _check_far(rows, name)
        seen += _check_wide(rows, name)
        if seen > _MOST_ROWS:
            msg = f"工作表“{name}”超过 {_MOST_ROWS // 10_000} 万行，不像一份台账：请分成几个文件后再试。"
            raise DocumentError(msg)
        if b'"e"' not in rows and b"'e'" not in rows and not _FORMULA.search(rows):
            continue
        for row, column, error in _faulty(rows):
            found.setdefault(row, {})[column] = error
            count += 1
        if count > _MOST_FAULTS:
            msg = f"工作表“{name}”有 {_MOST_FAULTS // 10_000} 万个以上出错的公式：请改为数值后再试。"
            raise DocumentError(msg)
    return found


def _rows(archive: zipfile.ZipFile, part: str, name: str) -> Iterator[bytes]:
    """The sheet's XML in pieces of whole rows."""
    with archive.open(part) as stream:
        kept = b""
        while chunk := stream.read(_CHUNK):
            kept += chunk
            cut = kept.rfind(b"row>") + len(b"row>")
            if cut >= len(b"row>"):
                yield kept[:cut]
                kept = kept[cut:]
            if b"sheetData>" in kept:  # what follows are no cells
                break
            if len(kept) > _LONGEST_ROW:
                msg = f"工作表“{name}”有一行内容过长，读不出：请删去多余的内容，在 Excel 或 WPS 中另存一份再试。"
                raise DocumentError(msg)
        yield kept


def _check_far(rows: bytes, name: str) -> None:
    """Refuse a value far out; blank cells and rows that only have a format are let be."""
    for found in _FAR.finditer(rows):
        tag = _TAG.match(rows, max(rows.rfind(b"<", 0, found.start()), 0))
        if tag and (tag[3] or not _filled_after(rows, tag)):
            continue
        place = found[1].decode("ascii").upper()
        where = f"第 {place} 行" if place.isdigit() else f" {place} 单元格"
        msg = f"工作表“{name}”的{where}有内容，离表格太远：请删去表格以外的内容后再试。"
        raise DocumentError(msg)


def _filled_after(rows: bytes, tag: re.Match[bytes]) -> bool:
    """Whether a value stands between a tag and its end."""
    end = rows.find(b"</", tag.end()) if tag[1] == b"c" else next((one.start() for one in _ROW_END.finditer(rows, tag.end())), -1)
    return _FILLED.search(rows, tag.end(), end if end >= 0 else len(rows)) is not None


def _check_wide(rows: bytes, name: str) -> int:
    """Refuse a row of more cells than any ledger, for cells need not say where they stand; the number of rows."""
    pieces = _ROW_END.split(rows)
    for piece in pieces:
        if piece.count(b"<c") + piece.count(b":c") > _WIDEST and len(_CELL_START.findall(piece)) > _WIDEST:
            msg = f"工作表“{name}”有一行超过 {_WIDEST} 个单元格：请删去表格以外的列后再试。"
            raise DocumentError(msg)
    return len(pieces) + rows.count(b"<row/")


def _faulty(rows: bytes) -> Iterator[tuple[int, int, ErrorCell]]:
    for found in _CELL.finditer(rows):
        attributes, content = found[1] or b"", found[2]
        kind = _TYPE.search(attributes)
        wrong = kind is not None and kind[1] == b"e"
        if not wrong and (not _FORMULA.search(content) or _VALUE.search(content) or (kind is not None and kind[1] in {b"str", b"s"})):
            continue
        if place := _REFERENCE.search(attributes):
            shown = _VALUE.search(content)
            yield (
                int(place[2]) - 1,
                column_number(place[1].decode("ascii")) - 1,
                _error(shown[1].decode("utf-8", "replace") if shown else ""),
            )


def _error(shown: str) -> ErrorCell:
    if not shown:
        return _NEVER
    known = _REASONS.get(shown, "公式出错")
    return ErrorCell(shown[:20], f"{shown[:20]}：{known}，请改正公式或改为填写数值")


def column_number(letters: str) -> int:
    """The number, from 1, of a column called by letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
