"""Writes the tables of a tab-separated plan out as docx, xlsx, html and ruled pdf; independent of the readers under test."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

FORMATS = ("docx", "xlsx", "html", "pdf")
WIDTHS = (26, 62, 250, 56, 62, 76)  # points; names of departments wrap in mid-name


@dataclass
class Sheet:
    """A run of text lines followed by a table of cells, each a list of paragraphs."""

    lines: list[str] = field(default_factory=list)
    rows: list[list[list[str]]] = field(default_factory=list)


def sheets_of(text: str) -> list[Sheet]:
    """The text cut into sheets: a line without tabs, or a repeated heading row after a blank line, ends a table."""
    sheets, blank = [Sheet()], False
    for line in text.splitlines():
        if "\t" in line:
            if sheets[-1].rows and blank:
                sheets.append(Sheet())
            sheets[-1].rows.append([_paragraphs(cell) for cell in line.split("\t")])
        elif line.strip():
            if sheets[-1].rows:
                sheets.append(Sheet())
            sheets[-1].lines.append(line.strip())
        blank = not line.strip()
    return sheets


def _paragraphs(cell: str) -> list[str]:
    marked = re.findall(r"<p>(.*?)</p>", cell)
    return [part.strip() for part in (marked or [cell]) if part.strip()]


def write(text: str, kind: str, folder: Path) -> Path:
    """The plan in ``text`` as a file of ``kind`` in ``folder``."""
    path = folder / f"plan.{kind}"
    {"docx": _docx, "xlsx": _xlsx, "html": _html, "pdf": _pdf}[kind](sheets_of(text), path)
    return path


def _docx(sheets: list[Sheet], path: Path) -> None:
    import docx

    document = docx.Document()
    for sheet in sheets:
        for line in sheet.lines:
            document.add_paragraph(line)
        if not sheet.rows:
            continue
        table = document.add_table(rows=0, cols=len(sheet.rows[0]))
        for row in sheet.rows:
            for cell, paragraphs in zip(table.add_row().cells, row, strict=True):
                cell.text = paragraphs[0] if paragraphs else ""
                for paragraph in paragraphs[1:]:
                    cell.add_paragraph(paragraph)
        document.add_paragraph("")
    document.save(path)


def _xlsx(sheets: list[Sheet], path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        page, at = book.add_worksheet("行动计划"), 0
        for sheet in sheets:
            for line in sheet.lines:
                page.write_string(at, 0, line)
                at += 1
            for row in sheet.rows:
                for column, paragraphs in enumerate(row):
                    text = "\n".join(paragraphs)
                    if text.isdigit():
                        page.write_number(at, column, int(text))
                    elif text:
                        page.write_string(at, column, text)
                at += 1


def _html(sheets: list[Sheet], path: Path) -> None:
    parts = ['<!DOCTYPE html><html><head><meta charset="gbk"><title>x</title></head><body>']
    for sheet in sheets:
        parts += [f"<p>{html.escape(line)}</p>" for line in sheet.lines]
        rows = ("".join(f"<td>{''.join(f'<p>{html.escape(p)}</p>' for p in cell)}</td>" for cell in row) for row in sheet.rows)
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>" if sheet.rows else "")
    path.write_bytes("".join(parts).encode("gb18030"))


def _pdf(sheets: list[Sheet], path: Path) -> None:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("zh", fontName="STSong-Light", fontSize=9, leading=13, wordWrap="CJK")
    story: list[object] = []
    for sheet in sheets:
        story += [Paragraph(html.escape(line), style) for line in sheet.lines]
        if sheet.rows:
            cells = [[[Paragraph(html.escape(p), style) for p in cell] for cell in row] for row in sheet.rows]
            spans = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(sheet.rows) if row[0] and not any(row[1:])]
            story.append(Table(cells, colWidths=WIDTHS[: len(cells[0])], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]))
            story.append(PageBreak())
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=24, rightMargin=24).build(story)
