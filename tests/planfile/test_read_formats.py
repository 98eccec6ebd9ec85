"""One plan, many formats: the same reading whichever file it comes in."""

from __future__ import annotations

import pytest
from reading_cases import BARE, COUNTY, DIRECTORY, HEADING, essence, told
from write_formats import FORMATS, write

from gongjian.plans.planfile.read import read_plan, read_plan_bytes

ENCODINGS = ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


@pytest.fixture(scope="module")
def as_text():
    return read_plan_bytes(COUNTY.encode(), "plan.txt", DIRECTORY)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_plan_reads_the_same_from_every_format(kind, as_text, tmp_path):
    assert essence(read_plan(write(COUNTY, kind, tmp_path), DIRECTORY)) == essence(as_text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_reads_the_same_in_every_encoding(encoding, as_text):
    assert read_plan_bytes(COUNTY.encode(encoding), "plan.txt", DIRECTORY) == as_text


def test_cells_quoted_with_line_breaks_read_as_those_with_paragraph_marks(as_text):
    quoted = COUNTY.replace(BARE, '"建立裸地台账。\n每季度复核一次。\n绿化或覆盖，"')
    assert quoted != COUNTY
    assert essence(read_plan_bytes(quoted.encode(), "plan.txt", DIRECTORY)) == essence(as_text)


def test_cells_broken_over_lines_without_quotes_are_put_together_again(as_text):
    broken = COUNTY.replace(BARE, "建立裸地台账。\n每季度复核一次。\n绿化或覆盖，")
    assert broken != COUNTY
    assert essence(read_plan_bytes(broken.encode(), "plan.txt", DIRECTORY)) == essence(as_text)


def test_a_stray_quotation_mark_swallows_nothing(as_text):
    stray = COUNTY.replace("每月开展河道巡查。", '"每月开展河道巡查。')
    assert len(read_plan_bytes(stray.encode(), "plan.txt", DIRECTORY).measures) == len(as_text.measures)


def merged_docx(path):
    """A table with true merges: deadline and department cells that reach over two measures, a number over three rows."""
    import docx

    document = docx.Document()
    document.add_paragraph("青禾县大气2022年行动计划")
    table = document.add_table(rows=5, cols=6)
    for cell, words in zip(table.rows[0].cells, HEADING.split("\t"), strict=True):
        cell.text = words
    section = table.cell(1, 0).merge(table.cell(1, 5))
    section.text = "一、控制扬尘"
    for row, words in ((2, "做好甲事。"), (3, "做好乙事。"), (4, "做好丙事。")):
        table.cell(row, 2).text = words
    for column, words in ((0, "1"), (1, "工地")):
        table.cell(2, column).merge(table.cell(4, column)).text = words
    table.cell(2, 3).merge(table.cell(3, 3)).text = "年底前"
    table.cell(4, 3).text = "长期实施"
    table.cell(2, 4).merge(table.cell(4, 4)).text = "县水利局"
    table.cell(2, 5).merge(table.cell(3, 5)).text = "白石镇"
    document.save(path)


def merged_xlsx(path):
    """The same table as a workbook with merged ranges, its title in a merged row."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("计划")
        page.merge_range("A1:F1", "青禾县大气2022年行动计划")
        page.write_row(1, 0, HEADING.split("\t"))
        page.merge_range("A3:F3", "一、控制扬尘")
        page.merge_range("A4:A6", 1)
        page.merge_range("B4:B6", "工地")
        page.write_column(3, 2, ["做好甲事。", "做好乙事。", "做好丙事。"])
        page.merge_range("D4:D5", "年底前")
        page.write(5, 3, "长期实施")
        page.merge_range("E4:E6", "县水利局")
        page.merge_range("F4:F5", "白石镇")


def merged_html(path):
    """The same table as a page with rowspan and colspan, sloppily closed."""
    path.write_text(
        "<html><h1>青禾县大气2022年行动计划</h1><table><tr>"
        + "".join(f"<th>{words}" for words in HEADING.split("\t"))
        + "<tr><td colspan=6>一、控制扬尘<tr><td rowspan=3>1<td rowspan=3>工地<td>做好甲事。<td rowspan=2>年底前"
        "<td rowspan=99>县水利局<td rowspan='2'>白石镇<tr><td>做好乙事。<tr><td>做好丙事。<td>长期实施<td></table>",
        encoding="utf-8",
    )


def merged_pdf(path):
    """The same table ruled, without rules inside merged cells."""
    from reportlab.lib import colors
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    rows = [
        ["青禾县大气2022年行动计划", "", "", "", "", ""],
        HEADING.split("\t"),
        ["一、控制扬尘", "", "", "", "", ""],
        ["1", "工地", "做好甲事。", "年底前", "县水利局", "白石镇"],
        ["", "", "做好乙事。", "", "", ""],
        ["", "", "做好丙事。", "长期实施", "", ""],
    ]
    spans = [(0, 0, 5, 0), (0, 2, 5, 2), (0, 3, 0, 5), (1, 3, 1, 5), (3, 3, 3, 4), (4, 3, 4, 5), (5, 3, 5, 4)]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), "STSong-Light", 9)]
    style += [("SPAN", (left, top), (right, bottom)) for left, top, right, bottom in spans]
    SimpleDocTemplate(str(path)).build([Table(rows, style=style)])


@pytest.mark.parametrize(("kind", "writer"), [("docx", merged_docx), ("xlsx", merged_xlsx), ("html", merged_html), ("pdf", merged_pdf)])
def test_merged_cells_count_for_every_row_they_reach_and_need_no_doubt(kind, writer, tmp_path):
    path = tmp_path / f"merged.{kind}"
    writer(path)
    document = read_plan(path, DIRECTORY)
    assert [row[:4] for row in told(document)] == [
        ("A1.1", "year-end", "县水利局", "白石镇"),
        ("A1.2", "year-end", "县水利局", "白石镇"),
        ("A1.3", "ongoing", "县水利局", ""),
    ]
    assert [(m.section, m.text) for m in document.measures] == [("控制扬尘", f"做好{what}事。") for what in "甲乙丙"]
    assert [{d.code for d in m.doubts} for m in document.measures[:2]] == [set(), set()]


def test_heading_rows_of_two_lines_are_understood(tmp_path):
    page = (
        "<meta charset=utf-8><p>青禾县大气2022年行动计划</p><table><tr><th rowspan=2>序号<th rowspan=2>重点任务<th rowspan=2>工作措施"
        "<th rowspan=2>完成时限<th colspan=2>责任单位<tr><th>牵头<th>配合"
        "<tr><td>1<td>甲<td>做好甲事。<td>年底前<td>县水利局<td>白石镇</table>"
    )
    path = tmp_path / "plan.html"
    path.write_text(page, encoding="utf-8")
    assert told(read_plan(path, DIRECTORY)) == [("A1.1", "year-end", "县水利局", "白石镇", "")]


def test_every_sheet_of_a_workbook_is_a_plan_and_hidden_ones_are_left_out(tmp_path):
    import xlsxwriter

    path = tmp_path / "plans.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title in ("大气计划", "水体计划", "草稿计划"):
            page = book.add_worksheet(title)
            page.write(0, 0, f"青禾县{title}2022年行动计划")
            page.write_row(1, 0, HEADING.split("\t"))
            page.write_row(2, 0, [1, "甲", "做好甲事。", "年底前", "县水利局", ""])
            if title == "草稿计划":
                page.hide()
    document = read_plan(path, DIRECTORY)
    assert [(m.key, m.source.sheet) for m in document.measures] == [("A1.1", "大气计划"), ("W1.1", "水体计划")]
