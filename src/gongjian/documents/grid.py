"""What every kind of file comes down to: free paragraphs and tables, in order, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gongjian.kernel.refusal import Refusal

MAX_CELLS = 2_000_000  # of one document; a plan has a few thousand
MAX_COLUMNS = 200
PERHAPS = "\u2028"  # inside a paragraph: a full stop at the very end of a full line, where another paragraph may begin


class DocumentError(Refusal):
    """The file cannot be read: one Chinese sentence, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands in its file; ``line``, ``page`` and ``table`` count from 1, None where the format has none."""

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside any table."""

    text: str
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed, at its upper left corner (``row``, ``column`` from 0), with what it spans."""

    paragraphs: tuple[str, ...] = ()
    row: int = 0
    column: int = 0
    rowspan: int = 1
    colspan: int = 1
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A grid in which every position holds the cell that covers it, so a merged cell stands in each place it spans."""

    rows: tuple[tuple[Cell, ...], ...]
    spot: Spot = field(default_factory=Spot)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's paragraphs and tables in reading order; ``kind`` is txt, html, docx, xlsx or pdf, by content."""

    kind: str
    blocks: tuple[Paragraph | Table, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The free paragraphs in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


def lay_out(rows: Iterable[Iterable[Cell]], spot: Spot) -> Table:
    """Place cells given row by row, left to right, on a grid, pushing each past what spans into its row.

    Only the texts, spans and lines of the given cells are used. A span past the last row is cut; holes become empty cells.
    Raises DocumentError when the grid would be larger than any plan.
    """
    given = [list(row) for row in rows]
    taken: dict[tuple[int, int], Cell] = {}
    for at, row in enumerate(given):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            column = _cover(taken, _placed(cell, at, column, len(given)))
    width = max((column for _, column in taken), default=-1) + 1
    _check_size(len(given) * width)
    return Table(tuple(tuple(taken.get((at, c)) or Cell(row=at, column=c) for c in range(width)) for at in range(len(given))), spot)


def laid(cells: Iterable[Cell], rows: int, columns: int, spot: Spot) -> Table:
    """A table of cells that know their own row and column; where two claim a place the first keeps it."""
    _check_size(rows * columns)
    taken: dict[tuple[int, int], Cell] = {}
    for cell in cells:
        _cover(taken, cell)
    return Table(tuple(tuple(taken.get((at, c)) or Cell(row=at, column=c) for c in range(columns)) for at in range(rows)), spot)


def _placed(cell: Cell, row: int, column: int, rows: int) -> Cell:
    """The cell at its corner, its spans cut to the table."""
    rowspan = min(max(cell.rowspan, 1), rows - row)
    colspan = min(max(cell.colspan, 1), max(MAX_COLUMNS - column, 1))
    return Cell(cell.paragraphs, row, column, rowspan, colspan, cell.line)


def _cover(taken: dict[tuple[int, int], Cell], cell: Cell) -> int:
    """Note every position the cell covers; the column after it."""
    _check_size(len(taken) + cell.rowspan * cell.colspan)
    for row in range(cell.row, cell.row + cell.rowspan):
        for column in range(cell.column, cell.column + cell.colspan):
            taken.setdefault((row, column), cell)
    return cell.column + cell.colspan


def _check_size(cells: int) -> None:
    if cells > MAX_CELLS:
        msg = "表格过大，不像一份行动计划：请只保留计划的表格后再试。"
        raise DocumentError(msg)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The non-empty lines of a cell, trimmed."""
    return tuple(stripped for line in text.splitlines() if (stripped := line.strip()))
