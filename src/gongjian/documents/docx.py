"""Tables and paragraphs of a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from gongjian.documents.grid import Cell, Document, DocumentError, Paragraph, Spot, Table, lay_out, paragraphs_of

_TABLE, _PARAGRAPH, _ROW, _CELL = qn("w:tbl"), qn("w:p"), qn("w:tr"), qn("w:tc")
_CONTAINERS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml"), qn("w:hyperlink"), qn("w:r")})
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_VALUE = qn("w:val")


def read_docx(data: bytes, name: str) -> Document:
    """The body of a document in order, merged cells resolved; deleted revisions and headers left out."""
    try:
        body = docx.Document(BytesIO(data)).element.body
        blocks = list(_blocks(body))
    except DocumentError:
        raise
    except Exception as error:  # the library raises whatever a damaged part makes it stumble over
        msg = f"Word 文档“{name}”损坏，读不出：请在 Word 或 WPS 中打开后另存一份再试。"
        raise DocumentError(msg) from error
    return Document("docx", tuple(blocks))


def _blocks(body: Any) -> Iterator[Paragraph | Table]:
    tables = 0
    for element in _members(body, (_TABLE, _PARAGRAPH)):
        if element.tag == _TABLE:
            tables += 1
            yield _table(element, tables)
        else:
            yield from (Paragraph(text) for text in paragraphs_of(_text(element)))


def _members(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Children with one of the tags, looking into content controls and insertions on the way."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _members(child, tags)


def _text(paragraph: Any) -> str:
    """What is printed of a paragraph: its text, tabs and line breaks, without what was struck out."""
    found: list[str] = []
    for element in paragraph.iter():
        if element.tag == qn("w:t"):
            found.append(element.text or "")
        elif element.tag in _SIGNS:
            parent = element.getparent()
            if parent is not None and parent.tag == qn("w:r"):
                found.append(_SIGNS[element.tag])
    return "".join(found)


def _table(element: Any, number: int) -> Table:
    """The table on a grid; a vertical merge is a cell with ``restart`` and those that continue it below."""
    starts: list[list[tuple[int, Any]]] = [list(_placed(row)) for row in _members(element, (_ROW,))]
    rows = [[_cell(cell, _depth(starts, at, column)) for column, cell in row if not _continues(cell)] for at, row in enumerate(starts)]
    return lay_out(rows, Spot(table=number))


def _placed(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row with the grid column each begins in."""
    column = 0
    for cell in _members(row, (_CELL,)):
        yield column, cell
        column += _width(cell)


def _property(cell: Any, name: str) -> Any:
    return cell.find(f"{qn('w:tcPr')}/{qn(name)}")


def _width(cell: Any) -> int:
    span = _property(cell, "w:gridSpan")
    value = span.get(_VALUE) if span is not None else "1"
    return max(int(value), 1) if value and value.isdigit() else 1


def _continues(cell: Any) -> bool:
    merge = _property(cell, "w:vMerge")
    return merge is not None and merge.get(_VALUE) != "restart"


def _depth(starts: list[list[tuple[int, Any]]], at: int, column: int) -> int:
    """How many rows a cell reaches down: itself and the continuing cells straight below it."""
    depth = 1
    for row in starts[at + 1 :]:
        below = next((cell for start, cell in row if start == column), None)
        if below is None or not _continues(below):
            break
        depth += 1
    return depth


def _cell(cell: Any, rowspan: int) -> Cell:
    text = "\n".join(_text(paragraph) for paragraph in cell.iter(_PARAGRAPH))
    return Cell(paragraphs_of(text), rowspan=rowspan, colspan=_width(cell))
