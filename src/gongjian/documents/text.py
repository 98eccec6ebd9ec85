"""Running text with tab-separated tables in it, as a scan or a paste leaves them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongjian.documents.grid import Cell, Document, Paragraph, Spot, Table, lay_out, paragraphs_of

_BREAK = re.compile(r"</?p(?:\s[^<>]*)?>|<br\s*/?>", re.IGNORECASE)
_ROW_START = re.compile(r"^\s*(\d{1,3}\s*[.、．]?\s*$|[一二三四五六七八九十]{1,3}\s*[、.．])")
LONGEST_QUOTE = 80  # lines a quoted cell may run on; a stray quotation mark must not swallow a table


@dataclass(slots=True)
class _Raw:
    """A table line as read: its fields, where it begins, whether blank lines stand before it."""

    fields: list[str]
    line: int
    after_blank: bool = False


@dataclass(slots=True)
class _Pile:
    """Table lines gathered until running text ends them."""

    rows: list[_Raw] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns of the table: those of its widest line."""
        return max((len(row.fields) for row in self.rows), default=0)


def read_text(text: str) -> Document:
    """Paragraphs and tab-separated tables of a text; blank lines, trailing blanks and ``<p>`` marks carry no structure of their own."""
    blocks: list[Paragraph | Table] = []
    pile = _Pile()
    for raw in _raw_lines(text):
        if len(raw.fields) > 1 or _belongs(pile, raw):
            pile.rows.append(raw)
            continue
        _flush(pile, blocks)
        pile = _Pile()
        blocks.append(Paragraph(raw.fields[0].strip(), Spot(line=raw.line)))
    _flush(pile, blocks)
    return Document("txt", tuple(blocks))


def _belongs(pile: _Pile, raw: _Raw) -> bool:
    """Whether a line without tabs is part of the table above: a section row, or the rest of a cell with a line break in it."""
    if not pile.rows:
        return False
    if _ROW_START.match(raw.fields[0]):
        return True
    return not raw.after_blank and len(pile.rows[-1].fields) < pile.width


def _raw_lines(text: str) -> Iterator[_Raw]:
    """Non-blank lines with their fields; a quoted cell is followed over its line breaks."""
    lines = text.splitlines()
    at, blank = 0, False
    while at < len(lines):
        taken = _quoted_run(lines, at)
        whole = "\n".join(lines[at : at + taken])
        if whole.strip():
            yield _Raw([_unquoted(part) for part in _fields(whole)], at + 1, blank)
        blank = not whole.strip()
        at += taken


def _quoted_run(lines: list[str], at: int) -> int:
    """How many lines the record at ``at`` takes: more than one only if a cell opens a quotation mark that a later line closes."""
    inside = _open(lines[at])
    for count, line in enumerate(lines[at + 1 : at + LONGEST_QUOTE], start=2):
        if not inside:
            break
        inside = _open(line, inside=True)
        if not inside:
            return count
    return 1


def _open(record: str, *, inside: bool = False) -> bool:
    """Whether the last cell of the record begins with a quotation mark that is not closed; ``inside`` if one is open before it."""
    if '"' not in record:
        return inside
    at = 0
    while at < len(record):
        starts_cell = at == 0 or record[at - 1] == "\t"
        if not inside and record[at] == '"' and starts_cell:
            inside = True
        elif inside and record[at] == '"':
            if record[at + 1 : at + 2] == '"':
                at += 1
            elif record[at + 1 : at + 2] in {"", "\t", "\n"}:
                inside = False
        at += 1
    return inside


def _fields(record: str) -> list[str]:
    """The cells of a record, split at tabs outside quoted cells; a quotation mark that nothing closes is just a sign."""
    if _open(record):
        return record.split("\t")
    fields = [""]
    for part in record.split("\t"):
        if fields[-1] and fields[-1].startswith('"') and _open(fields[-1]):
            fields[-1] += "\t" + part
        else:
            fields.append(part)
    return fields[1:]


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks a spreadsheet puts round it."""
    bare = cell.strip(" \r")
    if len(bare) > 1 and bare.startswith('"') and bare.endswith('"') and not _open(bare):
        return bare[1:-1].replace('""', '"')
    return cell


def _flush(pile: _Pile, blocks: list[Paragraph | Table]) -> None:
    """Turn the gathered lines into a table."""
    if not pile.rows:
        return
    rows = _rejoined(pile)
    number = sum(isinstance(block, Table) for block in blocks) + 1
    cells = [[_cell(text, row.line) for text in row.fields] for row in rows]
    blocks.append(lay_out(cells, Spot(line=rows[0].line, table=number)))


def _rejoined(pile: _Pile) -> list[_Raw]:
    """Rows with cells that were broken over lines put together again: a short row and what cannot begin a row after it."""
    width, rows = pile.width, list[_Raw]()
    for raw in pile.rows:
        last = rows[-1] if rows else None
        if last and len(last.fields) + len(raw.fields) - 1 <= width and len(last.fields) < width and _continues(raw):
            last.fields[-1] += "\n" + raw.fields[0]
            last.fields.extend(raw.fields[1:])
        else:
            rows.append(raw)
    return rows


def _continues(raw: _Raw) -> bool:
    """Whether a line cannot begin a row: something stands in its first field that is neither a number nor a section."""
    return bool(raw.fields[0].strip()) and not raw.after_blank and not _ROW_START.match(raw.fields[0])


def _cell(text: str, line: int) -> Cell:
    return Cell(paragraphs_of(_BREAK.sub("\n", text)), line=line)
