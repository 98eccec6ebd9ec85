"""Tables and paragraphs of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from gongjian.documents.grid import Cell, Document, DocumentError, Paragraph, Spot, Table, lay_out, paragraphs_of
from gongjian.documents.sniffing import MAX_DEPTH

_SKIPPED = frozenset({"script", "style", "template", "noscript", "head", "select", "textarea", "button"})
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)


def read_html(text: str, name: str) -> Document:
    """A page's tables (spans resolved) and the text between them; a table that holds other tables is only their frame."""
    parser = lxml_html.HTMLParser(encoding="utf-8", recover=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        blocks = list(_blocks(root))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        msg = f"网页“{name}”读不出：内容损坏，请重新保存网页后再试。"
        raise DocumentError(msg) from error
    return Document("html", tuple(blocks))


def _blocks(root: Any) -> Iterator[Paragraph | Table]:
    """Paragraphs and leaf tables in the order they stand on the page."""
    pending: list[str] = []
    tables = 0
    for kind, value in _walk(root, 0):
        if kind != "table":
            pending.append(value)
            continue
        yield from (Paragraph(text) for text in _lines(pending))
        pending.clear()
        tables += 1
        yield _table(value, tables)
    yield from (Paragraph(text) for text in _lines(pending))


def _lines(parts: list[str]) -> tuple[str, ...]:
    """Collected text as paragraphs; line breaks of the source mean nothing, block boundaries do."""
    return paragraphs_of("".join(parts))


def _walk(element: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Text (blanks folded, a line break at block boundaries) and leaf tables under an element, in order."""
    if depth > MAX_DEPTH or not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    if element.tag == "table" and element.find(".//table") is None:
        caption = element.find("caption")
        if caption is not None:
            yield from _walk(caption, depth + 1)
        yield "table", element
        return
    edge = "\n" if element.tag in _BLOCKS else ""
    yield "text", edge + _folded(element.text)
    for child in element:
        yield from _walk(child, depth + 1)
        yield "text", _folded(child.tail)
    yield "text", edge


def _folded(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _table(element: Any, number: int) -> Table:
    rows = [[_cell(cell) for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
    return lay_out(rows, Spot(line=element.sourceline, table=number))


def _cell(element: Any) -> Cell:
    text = "".join(value for kind, value in _walk(element, 0) if kind == "text")
    rows, columns = _span(element, "rowspan"), _span(element, "colspan")
    return Cell(paragraphs_of(text), rowspan=rows, colspan=columns, line=element.sourceline)


def _span(element: Any, name: str) -> int:
    """A span as written; 0 and nonsense count as 1, the grid cuts what reaches beyond the table."""
    found = re.match(r"\s*(\d{1,5})", element.get(name) or "")
    return max(int(found[1]), 1) if found else 1
