"""Ruled tables and the text between them from a PDF that has a text layer."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect

from gongjian.documents.grid import PERHAPS, Cell, Document, DocumentError, Paragraph, Spot, Table, laid

MAX_PAGES = 500
SAME_LINE = 3.0  # points of difference within which characters stand on one line
WIDE_GAP = 1.35  # times the usual pitch: a paragraph begins
INDENT = 1.6  # character widths a first line is set in at least
ROOM = 0.9  # character widths free at the end of a line into which the next character would have gone
STOPS = "。；！？”）"
HANGING = "。，、；：！？”’）》"

logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class _Box:
    """An upright box on a page, in points from the upper left."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, char: dict[str, Any]) -> bool:
        """Whether a character's middle lies inside."""
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        return bool(self.left <= across < self.right and self.top <= down < self.bottom)


@dataclass(frozen=True, slots=True)
class _TextLine:
    """One printed line."""

    text: str
    left: float
    right: float
    top: float
    size: float


def read_pdf(data: bytes, name: str) -> Document:
    """Ruled tables and free lines page by page; raises DocumentError when protected, damaged or without text."""
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                msg = f"PDF“{name}”有 {len(pdf.pages)} 页，超过 {MAX_PAGES} 页的上限：请只保留计划的部分。"
                raise DocumentError(msg)  # noqa: TRY301 - counted while the file is open
            blocks = _document(pdf.pages)
    except DocumentError:
        raise
    except PDFPasswordIncorrect as error:
        raise _protected(name) from error
    except Exception as error:  # the library raises whatever a damaged object makes it stumble over
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error.__cause__, error.__context__, *error.args)):
            raise _protected(name) from error
        msg = f"PDF“{name}”损坏，读不出：请重新导出后再试。"
        raise DocumentError(msg) from error
    if not blocks:
        msg = f"PDF“{name}”里没有文字，可能是扫描的图片：请先做文字识别，或给出 Word、Excel 原件。"
        raise DocumentError(msg)
    return Document("pdf", tuple(blocks))


def _protected(name: str) -> DocumentError:
    return DocumentError(f"PDF“{name}”有密码保护：请先去掉密码，再另存一份。")


def _document(pages: Sequence[Any]) -> list[Paragraph | Table]:
    blocks: list[Paragraph | Table] = []
    tables = 0
    for page in pages:
        for block in _page(page, tables):
            tables += isinstance(block, Table)
            blocks.append(block)
        page.close()
    return blocks


def _page(page: Any, before: int) -> Iterator[Paragraph | Table]:
    """The blocks of a page from top to bottom."""
    chars = [char for char in page.chars if char.get("upright", True)]
    found = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    boxes = [_Box(*table.bbox) for table in found]
    free = [char for char in chars if not any(box.holds(char) for box in boxes)]
    lines = _lines(free)
    for number, (table, box) in enumerate(zip(found, boxes, strict=True), start=before + 1):
        yield from (Paragraph(line.text, Spot(page=page.page_number)) for line in lines if line.top < box.top)
        lines = [line for line in lines if line.top >= box.top]
        yield _table(table, [char for char in chars if box.holds(char)], Spot(page=page.page_number, table=number))
    yield from (Paragraph(line.text, Spot(page=page.page_number)) for line in lines)


def _lines(chars: Sequence[dict[str, Any]]) -> list[_TextLine]:
    """Characters gathered into lines, top to bottom, blanks kept where they were printed or left free."""
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: (c["bottom"], c["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - char["bottom"]) <= SAME_LINE:
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = [_line(sorted(row, key=lambda c: c["x0"])) for row in rows]
    return [line for line in lines if line.text]


def _line(row: list[dict[str, Any]]) -> _TextLine:
    text = ""
    for at, char in enumerate(row):
        if at and char["x0"] - row[at - 1]["x1"] > char["size"] * 0.6 and not text.endswith(" "):
            text += " "
        text += char["text"]
    inked = [char for char in row if char["text"].strip()] or row
    return _TextLine(text.strip(), inked[0]["x0"], inked[-1]["x1"], row[0]["top"], row[0]["size"])


def _table(found: Any, chars: list[dict[str, Any]], spot: Spot) -> Table:
    """The ruled cells on the grid their edges make; a cell without a rule through it spans."""
    cells = [_Box(*cell) for cell in found.cells if cell]
    tops = _edges([cell.top for cell in cells])
    lefts = _edges([cell.left for cell in cells])
    placed = [_cell(box, tops, lefts, [char for char in chars if box.holds(char)]) for box in cells]
    return laid(placed, len(tops), len(lefts), spot)


def _cell(box: _Box, tops: list[float], lefts: list[float], chars: list[dict[str, Any]]) -> Cell:
    """A ruled cell with its text, at the place its upper left corner has on the grid."""
    return Cell(
        _paragraphs(_lines(chars), box),
        row=min(range(len(tops)), key=lambda at: abs(tops[at] - box.top)),
        column=min(range(len(lefts)), key=lambda at: abs(lefts[at] - box.left)),
        rowspan=max(sum(box.top - 1 <= top < box.bottom - 1 for top in tops), 1),
        colspan=max(sum(box.left - 1 <= left < box.right - 1 for left in lefts), 1),
    )


def _edges(positions: list[float]) -> list[float]:
    """Distinct positions, those of one rule taken together."""
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > SAME_LINE:
            found.append(position)
    return found


def _paragraphs(lines: list[_TextLine], box: _Box) -> tuple[str, ...]:
    """The paragraphs of a cell: a line goes on in the next unless it stops short, the next is indented, or a gap follows."""
    found: list[str] = []
    edges = _type_area(lines, box)
    pitches = sorted(after.top - line.top for line, after in pairwise(lines))
    pitch = pitches[len(pitches) // 2] if pitches else 0.0
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or _begins(before, line, pitch, edges):
            found.append(line.text)
        elif line.text and found:
            found[-1] += ("\n" if _narrow(box, line) else _glue(found[-1], line.text)) + line.text
    return tuple(found)


def _type_area(lines: list[_TextLine], box: _Box) -> tuple[float, float]:
    """Left and right edge of a cell's text: where its lines were broken, or as far from the right rule as from the left.

    Punctuation may hang over the edge, so lines that close with it do not show where it is.
    """
    left = min((line.left for line in lines), default=box.left)
    broken = [line.right for line in lines[:-1] if line.text[-1:] not in HANGING]
    return left, max(broken, default=box.right - (left - box.left))


def _begins(before: _TextLine, line: _TextLine, pitch: float, edges: tuple[float, float]) -> bool:
    """Whether ``line`` begins a paragraph."""
    gap = line.top - before.top > pitch * WIDE_GAP
    indented = line.left - edges[0] > line.size * INDENT and before.left - edges[0] < line.size
    short = edges[1] - before.right > before.size * ROOM and before.text[-1:] in STOPS
    return gap or indented or short


def _narrow(box: _Box, line: _TextLine) -> bool:
    """Whether a column is so narrow that its lines are words of their own (names of departments), not running text."""
    return (box.right - box.left) < line.size * 9


def _glue(before: str, after: str) -> str:
    """What joins two lines: a blank between Latin words or numbers, nothing between Chinese characters, a mark after a full stop."""
    if before.endswith("。"):
        return PERHAPS
    return " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalnum() and after[:1].isalnum() else ""
