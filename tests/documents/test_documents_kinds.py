"""Each kind of file gives its tables and paragraphs in order, with their places; the kind is told by content."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.documents import Document, DocumentError, Paragraph, Table, open_document, read_document
from gongjian.documents.encoding import decode

ordinary = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。、（）“”0123456789%abc\t\n"), min_size=20
)


def cells(table: Table) -> list[list[tuple[str, ...]]]:
    return [[cell.paragraphs for cell in row] for row in table.rows]


def shape(document: Document) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "TABLE" for block in document.blocks]


def test_a_text_is_paragraphs_and_tables_in_order_with_lines():
    document = read_document("标题\n\n甲\t乙\n丙\t丁\n\n尾注\n".encode())
    assert shape(document) == ["标题", "TABLE", "尾注"]
    assert document.tables[0].spot.line == 3
    assert document.tables[0].rows[1][0].line == 4
    assert document.paragraphs[1].spot.line == 6


def test_paragraph_marks_and_breaks_inside_a_cell_are_paragraphs():
    (table,) = read_document("1\t<p>甲。</p> <p>乙。</p>\t丙<br/>丁\n".encode()).tables
    assert cells(table) == [[("1",), ("甲。", "乙。"), ("丙", "丁")]]


def test_a_quoted_cell_keeps_its_tabs_quotes_and_line_breaks():
    (table,) = read_document('1\t"甲 ""引"" \n乙\t丙"\t丁\n2\t戊\t己\n'.encode()).tables
    assert cells(table) == [[("1",), ('甲 "引"', "乙\t丙"), ("丁",)], [("2",), ("戊",), ("己",)]]


def test_a_web_page_is_read_by_what_it_shows():
    page = (
        "<html><head><title>不显示</title><script>var x</script></head><body><h1>标题</h1><div>甲<b>乙</b></div>"
        "<table><caption>表一</caption><tr><td rowspan=2>丙<br>丁</td><td>戊 \n 己</td></tr>"
        "<tr><td><p>庚</p><p>辛</p></td></tr></table>尾注"
    )
    document = read_document(page.encode(), "page.htm")
    assert shape(document) == ["标题", "甲乙", "表一", "TABLE", "尾注"]
    assert cells(document.tables[0]) == [[("丙", "丁"), ("戊 己",)], [("丙", "丁"), ("庚", "辛")]]


def test_a_table_that_only_frames_another_is_no_table():
    document = read_document("<table><tr><td>导航</td><td><table><tr><td>甲</td></tr></table></td></tr></table>".encode())
    assert shape(document) == ["导航", "TABLE"]


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "utf-8"])
def test_a_page_is_decoded_as_it_declares(charset):
    page = f"<html><meta charset={charset}><table><tr><td>牵头部门</td></tr></table></html>".encode(charset)
    assert cells(read_document(page).tables[0]) == [[("牵头部门",)]]


def test_a_word_file_gives_merges_breaks_and_nothing_struck_out():
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph("标题")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "通栏"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲"
    table.cell(1, 1).text = "乙\n丙"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    table.cell(1, 2).paragraphs[0]._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>删</w:delText></w:r></w:del>"))
    table.cell(1, 2).paragraphs[0]._p.append(parse_xml(f"<w:ins {space}><w:r><w:t>增</w:t></w:r></w:ins>"))
    document.add_paragraph("尾注")
    stream = BytesIO()
    document.save(stream)
    read = read_document(stream.getvalue(), "misnamed.xlsx")
    assert shape(read) == ["标题", "TABLE", "尾注"]
    assert cells(read.tables[0]) == [[("通栏",)] * 3, [("甲",), ("乙", "丙"), ("增",)], [("甲",), (), ()]]
    assert read.tables[0].rows[2][0].row == 1


def test_a_workbook_gives_numbers_dates_and_merges_as_they_are_read():
    from datetime import date

    import xlsxwriter

    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("甲表")
        page.write(1, 0, 3)
        page.write(1, 1, 2.5)
        page.write_datetime(1, 2, date(2022, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.merge_range(2, 0, 3, 1, "乙\n丙")
        page.write(3, 2, "丁")
        book.add_worksheet("空表")
    (table,) = read_document(stream.getvalue()).tables
    assert cells(table) == [
        [(), (), ()],
        [("3",), ("2.5",), ("2022年6月30日",)],
        [("乙", "丙"), ("乙", "丙"), ()],
        [("乙", "丙"), ("乙", "丙"), ("丁",)],
    ]
    assert (table.spot.sheet, table.rows[3][1].row) == ("甲表", 2)


def ruled_pdf() -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, SimpleDocTemplate, Table
    from reportlab.platypus import Paragraph as Words

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("zh", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")
    long = "这一句话很长很长，长得一行写不下，要折到下一行去才写得完。"
    table = Table(
        [[Words("甲", style), [Words(long, style), Words("第二段。", style)]], [Words("乙", style), Words("丙", style)]],
        colWidths=[60, 200],
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    )
    stream = BytesIO()
    SimpleDocTemplate(stream).build([Words("标题", style), table, Words("尾注", style), PageBreak(), Words("次页", style)])
    return stream.getvalue()


def test_a_ruled_pdf_gives_unwrapped_paragraphs_and_pages():
    document = read_document(ruled_pdf())
    assert shape(document) == ["标题", "TABLE", "尾注", "次页"]
    assert cells(document.tables[0])[0] == [("甲",), ("这一句话很长很长，长得一行写不下，要折到下一行去才写得完。", "第二段。")]
    assert [paragraph.spot.page for paragraph in document.paragraphs] == [1, 1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@given(ordinary)
def test_ordinary_chinese_text_is_decoded_in_every_encoding(encoding, text):
    assert decode(text.encode(encoding), "x") == text


def test_an_empty_name_of_a_folder_is_refused(tmp_path):
    with pytest.raises(DocumentError, match="不是文件"):
        open_document(tmp_path)
