"""The circular as a Word document on A4, for the office to finish by hand."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run

from gongjian.assessment.bulletin.drafting import Circular, Section, Table

BODY, HEAD = "仿宋", "黑体"
NUMERALS = "一二三四五六七八九"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(circular: Circular, *, at: datetime) -> bytes:
    """The bytes of the document; ``at`` is when it is said to have been made."""
    document = Document()
    _set_page(document, circular, at)
    _line(document, circular.mark, size=10.5, font=HEAD)
    _line(document, circular.title, size=20, font=HEAD, centred=True)
    _line(document, circular.opening, indented=True)
    for numeral, section in zip(NUMERALS, circular.sections, strict=False):
        _write(document, numeral, section)
    _line(document, circular.note, size=10.5)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Doc, circular: Circular, at: datetime) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.6), Cm(3.7), Cm(3.5)
    core = document.core_properties
    core.title, core.author, core.created, core.modified = circular.title, "攻坚", at, at
    core.last_modified_by, core.comments = "攻坚", circular.mark


def _write(document: Doc, numeral: str, section: Section) -> None:
    _line(document, f"{numeral}、{section.title}", font=HEAD, indented=True)
    for words in section.paragraphs:
        _line(document, words, indented=True)
    for table in section.tables:
        _add_table(document, table)


def _add_table(document: Doc, table: Table) -> None:
    if table.title:
        _line(document, table.title, size=12, centred=True)
    grid = document.add_table(rows=0, cols=len(table.heads), style="Table Grid")
    for number, row in enumerate((table.heads, *table.rows)):
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            _spoken(cell.paragraphs[0].add_run(words), 10.5, HEAD if number == 0 else BODY)
    document.add_paragraph()


def _line(document: Doc, words: str, *, size: float = 16, font: str = BODY, centred: bool = False, indented: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _spoken(paragraph.add_run(words), size, font)


def _spoken(run: Run, size: float, font: str) -> None:
    """Chinese goes by a font name of its own in Word's files."""
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - python-docx has no public name for it
