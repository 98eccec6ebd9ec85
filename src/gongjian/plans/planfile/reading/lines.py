"""A document as one stream: paragraphs, and table rows seen through their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gongjian.documents import Cell, Document, Paragraph, Spot, Table
from gongjian.plans.planfile.model import Place
from gongjian.plans.planfile.reading.columns import Column, Layout, layout_of, squeeze, under_heading
from gongjian.plans.planfile.reading.titles import is_title
from gongjian.plans.planfile.reading.wording import tidy

_SECTION = re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]\s*")
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")


@dataclass(frozen=True, slots=True)
class Field:
    """What a row has in one column; ``merged`` when a cell from above reaches into the row."""

    paragraphs: tuple[str, ...] = ()
    merged: bool = False

    def __bool__(self) -> bool:
        """Whether something is printed here in this very row."""
        return bool(self.paragraphs) and not self.merged

    @property
    def text(self) -> str:
        """All of it on one line."""
        return tidy(" ".join(self.paragraphs))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading row; a repeated one tells of a new page."""

    layout: Layout
    place: Place


@dataclass(frozen=True, slots=True)
class Title:
    """A line of text outside the rows: of the document's head, a plan's title, or anything else."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A section row; ``text`` without its number."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A table row with fields by kind of column."""

    fields: dict[Column, Field]
    layout: Layout
    place: Place

    def __getitem__(self, kind: Column) -> Field:
        return self.fields.get(kind, Field())

    def place_of(self, kind: Column) -> Place:
        """The place of one of its cells."""
        return replace(self.place, column=self.layout.heading(kind))


@dataclass(frozen=True, slots=True)
class Strange:
    """A table no heading row was found for, or a row outside any."""

    text: str
    place: Place
    whole_table: bool = False


Line = Heading | Title | Section | Row | Strange


@dataclass(slots=True)
class _Sight:
    """The layout last seen; a table without a heading of its own goes on under it if it is as wide."""

    layout: Layout | None = None
    heading: tuple[Cell, ...] = field(default=())


def lines_of(document: Document) -> Iterator[Line]:
    """Everything a document holds, in order; nothing is left out."""
    sight = _Sight()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield _paragraph(block, sight)
        else:
            yield from _table(block, sight)


def _paragraph(block: Paragraph, sight: _Sight) -> Line:
    place = _place(block.spot)
    if sight.layout and _SECTION.match(block.text):
        return Section(tidy(_SECTION.sub("", block.text)), place)
    return Title(block.text, place)


def _place(spot: Spot, row: int | None = None, line: int | None = None) -> Place:
    return Place(line=line or spot.line, page=spot.page, sheet=spot.sheet, table=spot.table, row=row)


def _table(table: Table, sight: _Sight) -> Iterator[Line]:
    sight.heading = ()
    if sight.layout and table.rows and len(table.rows[0]) != len(sight.layout.kinds):
        sight.layout = None  # a table of another shape needs a heading of its own
    if not any(layout_of(cells) for cells in table.rows) and sight.layout is None:
        yield from _headless(table)
        return
    for number, cells in enumerate(table.rows, start=1):
        line = next((cell.line for cell in cells if cell.line), None)
        if found := _line(cells, _place(table.spot, number, line), sight, number - 1):
            yield found


def _headless(table: Table) -> Iterator[Line]:
    """A table without a heading: its single-cell rows may be titles, the whole is strange."""
    for cells in table.rows:
        printed = [cell for cell in cells if cell.paragraphs]
        if len(set(printed)) == 1:
            yield Title(" ".join(printed[0].paragraphs), _place(table.spot))
    yield Strange("", _place(table.spot), whole_table=True)


def _printed(cells: tuple[Cell, ...], at: int) -> list[Cell]:
    """The distinct cells printed in this very row."""
    return list({id(cell): cell for cell in cells if cell.paragraphs and cell.row == at}.values())


def _line(cells: tuple[Cell, ...], place: Place, sight: _Sight, at: int) -> Line | None:
    completed = under_heading(sight.heading, cells) if sight.heading else None
    cells, sight.heading = completed or cells, ()
    if layout := layout_of(cells):
        sight.layout, sight.heading = layout, cells
        return Heading(layout, place)
    printed = _printed(cells, at)
    if not printed:
        return None
    if sight.layout is None:
        text = " ".join(printed[0].paragraphs)
        return Title(text, place) if len(printed) == 1 else Strange(text, place)
    return _edge(cells, printed, place, sight.layout) or _row(cells, sight.layout, place, at)


def _edge(cells: tuple[Cell, ...], printed: list[Cell], place: Place, layout: Layout) -> Line | None:
    """The section or title in a row, if it is one: a lone cell at the left edge, or a numeral with its words beside it."""
    text = " ".join(printed[0].paragraphs)
    if printed[0] is not cells[0]:
        return None
    if len(printed) == 1 and not squeeze(text).isdigit():
        titled = is_title(text) and not _SECTION.match(text)
        return Title(text, place) if titled else Section(tidy(_SECTION.sub("", text)), place)
    if len(printed) > 1 and _NUMERAL.fullmatch(squeeze(text)) and not cells[layout.at(Column.TEXT)[0]].paragraphs:
        return Section(tidy(" ".join(printed[1].paragraphs)), place)
    return None


def _row(cells: tuple[Cell, ...], layout: Layout, place: Place, at: int) -> Row:
    fields: dict[Column, Field] = {}
    for kind in Column:
        own = [cells[position] for position in layout.at(kind)]
        if own:
            paragraphs = tuple(text for cell in own for text in cell.paragraphs)
            fields[kind] = Field(paragraphs, merged=all(cell.row < at for cell in own))
    return Row(fields, layout, place)
