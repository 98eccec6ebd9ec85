"""A ledger's file is opened by what is in it, or refused with a sentence that says where and what to do."""

from __future__ import annotations

import random
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from sheet_files import bare, book, text_row, zipped
from xlsxwriter import Workbook

from gongjian.documents import DocumentError
from gongjian.documents.cells import ErrorCell
from gongjian.documents.sheets import MAX_BYTES, MAX_ROWS, address, column_letters, open_book

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def rows(data: bytes, name: str = "台账.xlsx") -> list[list]:
    (page,) = open_book(data, name).pages
    return list(page.rows())


def refused(data: bytes, name: str = "台账.xlsx") -> str:
    with pytest.raises(DocumentError) as caught:
        open_book(data, name)
    message = str(caught.value)
    assert "计划" not in message
    assert message.endswith("。")
    return message


def test_visible_sheets_that_say_something_are_the_sheets():
    stream = BytesIO()
    with Workbook(stream) as written:
        written.add_worksheet("甲").write(0, 0, 1)
        written.add_worksheet("空")
        hidden = written.add_worksheet("暗")
        hidden.write(0, 0, 1)
        hidden.hide()
        written.add_worksheet("乙").write(4, 3, "x")
    assert open_book(stream.getvalue(), "a.xlsx").sheets == ("甲", "乙")


def test_a_sheet_that_begins_away_from_the_corner_keeps_its_places():
    stream = BytesIO()
    with Workbook(stream) as written:
        written.add_worksheet("甲").write(2, 3, "x")
    assert rows(stream.getvalue()) == [["", "", "", ""], ["", "", "", ""], ["", "", "", "x"]]


def test_values_come_as_they_are_stored():
    stream = BytesIO()
    with Workbook(stream) as written:
        sheet = written.add_worksheet("甲")
        sheet.write_row(0, 0, ["字", 1.5, True])
        day = written.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(0, 3, date(2020, 1, 5), day)
        sheet.write_datetime(0, 4, datetime(2020, 1, 5, 13, 20), day)  # noqa: DTZ001 - a sheet has no zones
    assert rows(stream.getvalue()) == [["字", 1.5, True, date(2020, 1, 5), datetime(2020, 1, 5, 13, 20)]]  # noqa: DTZ001 - same


def test_a_cell_merged_downwards_speaks_in_every_row_it_covers():
    stream = BytesIO()
    with Workbook(stream) as written:
        sheet = written.add_worksheet("甲")
        sheet.write_column(0, 1, ["a", "b", "c"])
        sheet.merge_range(0, 0, 1, 0, "公交公司")
        sheet.write(2, 0, "出租公司")
    assert [row[0] for row in rows(stream.getvalue())] == ["公交公司", "公交公司", "出租公司"]


def test_errors_and_formulas_never_worked_out_are_marked_and_results_are_values():
    cells = (
        '<row r="2"><c r="A2" t="e"><f>B9</f><v>#REF!</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><f>A1</f></c>'
        '<c r="D2"><f>A1</f><v></v></c><c r="E2"><f>A1</f><v>5</v></c><c r="F2" t="str"><f>A1</f><v></v></c>'
        '<c r="G2" s="0"><f t="shared" si="0"/><v/></c></row>'
    )
    (first, second) = rows(bare(text_row(1, *"甲乙丙丁戊己庚") + cells))
    assert first == [*"甲乙丙丁戊己庚"]
    assert [cell.shown if isinstance(cell, ErrorCell) else cell for cell in second] == ["#REF!", "#N/A", "", "", 5.0, "", ""]
    assert [isinstance(cell, ErrorCell) for cell in second] == [True, True, True, True, False, False, True]
    assert second[2].reason.startswith("公式没有保存计算结果")
    assert second[0].reason == "#REF!：公式引用的单元格已不存在，请改正公式或改为填写数值"


def test_faults_are_found_in_every_piece_of_a_long_sheet():
    """The XML is looked through a megabyte at a time; a fault next to a cut must not be lost."""
    lines = [
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><f>A{n}</f>{"" if n % 1000 == 0 else "<v>1</v>"}</c></row>'
        for n in range(1, 40_001)
    ]
    found = [at for at, row in enumerate(rows(bare("".join(lines))), start=1) if isinstance(row[1], ErrorCell)]
    assert found == list(range(1000, 40_001, 1000))


def test_an_error_beyond_the_last_value_is_not_lost():
    assert [type(row[-1]) for row in rows(bare(text_row(1, "甲") + '<row r="3"><c r="C3" t="e"><v>#NAME?</v></c></row>'))] == [
        str,
        str,
        ErrorCell,
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(encoding, separator):
    lines = [["车牌号", "所属单位", "备注"], ["冀A12345", "公交公司", '"说""话""\n两行"'], ["冀A12346"], ["", "", ""]]
    text = "车辆台账\r\n" + "\r\n".join(separator.join(line) for line in lines)
    assert rows(text.encode(encoding), "车辆.csv") == [
        ["车辆台账", "", ""],
        ["车牌号", "所属单位", "备注"],
        ["冀A12345", "公交公司", '说"话"\n两行'],
        ["冀A12346", "", ""],
    ]


def test_marks_against_formulas_and_for_leading_zeros_are_taken_off():
    assert rows(b'a,b,c,d\n\'=1+1,"=""0012""",it\'s,\'s\n', "a.csv")[1] == ["=1+1", "0012", "it's", "'s"]


def test_an_unmatched_quote_is_refused_with_its_row():
    message = refused('车牌号,备注\n冀A1,好\n冀A2,"没有收尾\n冀A3,x\n'.encode(), "车辆.csv")
    assert "车辆.csv" in message
    assert "第 3 行" in message
    assert "引号" in message


JUNK = random.Random(7).randbytes(10 * 1024 * 1024)  # noqa: S311 - junk, no secret


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "空.xlsx", ("空.xlsx", "空的", "请检查")),
        (b"\xef\xbb\xbf\r\n \r\n", "空.csv", ("空的",)),
        (JUNK, "乱.xlsx", ("乱.xlsx", "不是文本，也不是能读的 xlsx 工作簿", "请检查")),
        (b"PK\x03\x04" + JUNK[:100_000], "乱.xlsx", ("损坏", "另存")),
        (OLE + "Workbook".encode("utf-16-le"), "旧.xls", ("旧版 Excel 工作簿（.xls）", "另存为 .xlsx")),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密.xlsx", ("密码", "去掉密码")),
        (OLE, "怪.et", ("不是能读的格式", "请用 xlsx 或 csv")),
        (b"%PDF-1.4 ...", "报.pdf", ("PDF", "请用 xlsx 或 csv")),
        ("<html><table><tr><td>车牌号</td></tr></table></html>".encode(), "下载.xls", ("内容是网页", "另存为 .xlsx")),
        ("<html><table><tr><td>车牌号</td></tr></table></html>".encode(), "下载.csv", ("内容是网页", "另存为 .xlsx")),
        ("车牌号,单位\n".encode(), "改名.xlsx", ("内容是纯文本", "另存为 .xlsx")),
        (zipped({"word/document.xml": "<x/>"}), "文.xlsx", ("Word 文档", "请用 xlsx 或 csv")),
        (zipped({"a.txt": "x"}), "包.zip", ("压缩包", "xlsx 工作簿", "台账文件")),
        (zipped({"xl/workbook.xml": "<broken"}), "坏.xlsx", ("损坏", "另存")),
        (bytes(MAX_BYTES + 1), "大.xlsx", ("30 MB", "分成几个文件")),
        (bare(""), "无.xlsx", ("没有可见的、有内容的工作表",)),
        (bare(text_row(1, "甲"), about='<workbookPr date1904="1"/>'), "旧历.xlsx", ("1904", "另存")),
    ],
)
def test_what_is_no_ledger_is_refused_with_what_it_is_and_what_to_do(data, name, words):
    message = refused(data, name)
    assert not [word for word in (name, *words) if word not in message]


def test_a_bomb_is_refused_before_it_is_unpacked():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(260):
                part.write(bytes(1 << 20))
    assert len(stream.getvalue()) < 1 << 20
    assert "解压后过大，不像一份台账" in refused(stream.getvalue())


FILLED = "<v>1</v></c>"


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (f'<row r="1"><c r="XFD1">{FILLED}</row>', "XFD1"),
        (f'<row r="1048576"><c r="A1048576">{FILLED}</row>', "1048576"),
        (f'<row r="1048576"><c>{FILLED}</row>', "1048576"),
        (f'<row r="2"><c x=">" r="ABC2">{FILLED}</row>', "ABC2"),
        (f'<row r="1"><c r="DA1" x="/&gt;">{FILLED}</row>', "DA1"),
        (f'<row r="1">{f"<c>{FILLED}" * 200}</row>', "104 个单元格"),
        ("<row><c><v>1</v></c></row>" * 200_001, "20 万行"),
    ],
)
def test_a_value_too_far_out_is_refused_before_a_grid_is_laid_to_it(cells, place):
    message = refused(bare(cells))
    assert "工作表“车辆”" in message
    assert place in message
    assert "请" in message


def test_blank_cells_with_a_format_far_out_do_no_harm():
    far = (
        '<row r="9"><c r="XFD9" s="0"/><c r="XFE9" s="0"></c></row>'
        '<row r="1048576" s="0"><c r="A1048576" s="0"/></row><row r="1048575" ht="12"/>'
    )
    assert rows(bare(text_row(1, "甲") + far)) == [["甲"]]


def test_more_rows_or_columns_than_the_limit_are_refused_with_the_limit():
    last = MAX_ROWS + 31
    message = refused(bare(text_row(1, "甲") + f'<row r="{last}"><c r="A{last}"><v>1</v></c></row>'))
    assert "工作表“车辆”" in message
    assert f"第 {last} 行" in message
    assert "60000 行的上限" in message
    message = refused(bare(f'<row r="1"><c r="A1"><v>1</v></c><c r="BI1">{FILLED}</row>'))
    assert "写到 BI 列" in message
    assert "60 列的上限" in message


def test_merges_without_end_are_refused():
    data = book(甲=[["a"], *[["b"]] * 20_000])
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    merges = b"".join(b'<mergeCell ref="A1:A1048576"/>' for _ in range(40))
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
    (page,) = open_book(zipped(parts), "x.xlsx").pages
    with pytest.raises(DocumentError, match="工作表“甲”合并的单元格过多：请取消合并"):
        next(page.rows())


def test_any_cut_of_a_workbook_is_refused_in_words():
    data = book(车辆=[["车牌号"], ["冀A12345"]])
    for size in range(1, len(data), 97):
        refused(data[:size])


def test_any_flipped_byte_is_read_or_refused_in_words():
    data = book(车辆=[["车牌号", "单位"], ["冀A12345", "公交"]])
    chance = random.Random(3)  # noqa: S311 - no secret
    for _ in range(200):
        at = chance.randrange(len(data))
        broken = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        try:
            [list(page.rows()) for page in open_book(broken, "x.xlsx").pages]
        except DocumentError as refusal:
            assert str(refusal).endswith("。")  # noqa: PT017 - either outcome is right


def test_addresses_are_those_of_a_spreadsheet():
    assert [address(17, 4), address(1, 26), address(1, 27), address(9, 703), column_letters(52)] == ["D17", "Z1", "AA1", "AAA9", "AZ"]
