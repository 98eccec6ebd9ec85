"""The table of a ledger is found by its headings, however they stand; what is missing or doubtful is said with sheet, row and column."""

from __future__ import annotations

from io import BytesIO

import pytest
from sheet_files import bare, book, text_row
from xlsxwriter import Workbook

from gongjian.documents.cells import ErrorCell
from gongjian.documents.sheet_tables import SheetProblem, find_table
from gongjian.documents.sheets import open_book

WANTED = {
    "plate": ["车牌号", "车牌号码", "号牌号码"],
    "owner": ["所属单位", "单位名称"],
    "power": ["功率"],
    "fuel": ["燃料种类", "燃料"],
    "since": ["注册日期"],
}
REQUIRED = ["plate", "owner"]


def table(data: bytes, sheet: str | None = None, wanted=WANTED, required=REQUIRED):
    return find_table(open_book(data, "台账.xlsx"), wanted, required, sheet)


def problem(data: bytes, sheet: str | None = None, **given) -> str:
    with pytest.raises(SheetProblem) as caught:
        table(data, sheet, **given)
    message = str(caught.value)
    assert message.endswith("。")
    assert "请" in message
    return message


@pytest.mark.parametrize(
    "headings",
    [
        ("车牌号", "所属单位", "功率"),
        ("车牌号*", "* 所属单位", "功率（kW）"),
        ("车 牌 号", "所属\n单位", "功率(千瓦)"),
        ("车牌号码（必填）", "单位名称：", "功率/kW"),
        ("号牌号码　", " 所属单位＊", "功率[kW]"),
        ("车牌号\u200b", "所属单位【必填】", "功率，千瓦"),
    ],
)
def test_a_heading_is_known_however_it_is_written(headings):
    found = table(book(车辆=[headings, ["冀A1", "公交", 90]]))
    assert dict(found.columns) == {"plate": 1, "owner": 2, "power": 3}
    assert list(found.rows()) == [(2, {"plate": "冀A1", "owner": "公交", "power": 90.0})]
    assert found.absent == ("fuel", "since")


def test_titles_above_the_headings_blank_rows_and_trailing_blanks_are_left_out():
    found = table(
        book(
            车辆=[
                ["2020 年车辆台账（车牌号以行驶证为准）"],
                ["填报单位：", "公交公司"],
                [],
                ["序号", "车牌号", "所属单位", None, "颜色"],
                [1, "冀A1", "公交", None, "白"],
                [],
                [2, "冀A2", "公交"],
                [3, " ", "　", None, "不读的列"],
                [4],
                ["  "],
            ]
        )
    )
    assert (found.sheet, found.heading_row) == ("车辆", 4)
    assert dict(found.unknown) == {1: "序号", 5: "颜色"}
    assert [number for number, _ in found.rows()] == [5, 7]
    assert found.count() == 2
    assert (found.place(7, "owner"), found.place(7)) == ("工作表“车辆”C7", "工作表“车辆”第 7 行")


def test_headings_of_two_rows_are_read_with_their_merges():
    stream = BytesIO()
    with Workbook(stream) as written:
        sheet = written.add_worksheet("车辆")
        sheet.merge_range(0, 0, 0, 4, "重型车台账")
        sheet.merge_range(1, 0, 2, 0, "序号")
        sheet.merge_range(1, 1, 1, 2, "车辆信息")
        sheet.write_row(2, 1, ["车牌号", "燃料"])
        sheet.merge_range(1, 3, 1, 4, "责任单位")
        sheet.write_row(2, 3, ["名称", "电话"])
        sheet.write_row(3, 0, [1, "冀A1", "柴油", "公交", 123])
    found = table(stream.getvalue(), wanted=WANTED | {"owner": ["责任单位名称"]})
    assert (found.heading_row, dict(found.columns)) == (3, {"plate": 2, "owner": 4, "fuel": 3})
    assert found.headings["owner"] == "责任单位 / 名称"
    assert dict(found.unknown) == {1: "序号", 5: "责任单位 / 电话"}
    assert list(found.rows()) == [(4, {"plate": "冀A1", "owner": "公交", "fuel": "柴油"})]


def test_a_heading_merged_down_beside_split_ones_belongs_to_the_last_row():
    stream = BytesIO()
    with Workbook(stream) as written:
        sheet = written.add_worksheet("车辆")
        sheet.merge_range(0, 0, 1, 0, "车牌号")
        sheet.merge_range(0, 1, 1, 1, "所属单位")
        sheet.merge_range(0, 2, 0, 3, "参数")
        sheet.write_row(1, 2, ["功率", "燃料"])
        sheet.write_row(2, 0, ["冀A1", "公交", 90, "柴油"])
    found = table(stream.getvalue())
    assert (found.heading_row, len(found.columns)) == (2, 4)
    assert found.count() == 1


def test_brackets_tell_columns_apart_where_only_they_do():
    wanted = WANTED | {"laden": ["质量（满载）"], "empty": ["质量（空载）"]}
    found = table(book(车辆=[["车牌号", "所属单位", "质量(空载)", "质量(满载)", "质量"]]), wanted=wanted)
    assert (found.columns["empty"], found.columns["laden"]) == (3, 4)
    assert dict(found.unknown) == {5: "质量"}


def test_of_two_columns_the_one_that_says_it_to_the_letter_is_taken():
    found = table(book(车辆=[["车牌号（旧）", "车牌号", "所属单位"]]))
    assert found.columns["plate"] == 2
    assert dict(found.unknown) == {1: "车牌号（旧）"}


def test_hints_and_repeated_headings_are_no_rows():
    heads = ["车牌号", "所属单位"]
    found = table(
        book(车辆=[heads, ["填写说明：按行驶证", "全称"], ["（示例）冀A00000", "某公司"], ["冀A1", "公交"], heads, ["冀A2", "示例公司"]])
    )
    assert [number for number, _ in found.rows()] == [4, 6]


def test_an_error_in_a_cell_is_handed_on_with_its_row():
    cells = text_row(1, "车牌号", "所属单位") + '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'
    ((number, row),) = table(bare(cells)).rows()
    assert number == 2
    assert isinstance(row["plate"], ErrorCell)


def test_the_sheet_that_fits_is_taken_and_others_that_fit_are_told():
    data = book(说明=[["本表填车牌号"]], 企业=[["单位名称", "地址"]], 甲=[["车牌号", "所属单位"]], 乙=[["车牌号", "所属单位", "燃料"]])
    found = table(data)
    assert (found.sheet, found.others) == ("乙", ("甲",))
    assert (table(data, "甲").sheet, table(data, "甲").others) == ("甲", ("乙",))


def test_a_missing_column_is_refused_with_sheet_row_and_what_was_found():
    message = problem(book(车辆=[["台账"], ["车牌号", "燃料", "备注"], ["冀A1"]]))
    assert message == "工作表“车辆”第 2 行的表头缺少“所属单位”：现有的列是“车牌号”“燃料”“备注”，请按模板补上缺少的列，或改正列名。"


def test_two_columns_for_one_thing_are_refused_with_both_letters():
    message = problem(book(车辆=[["车牌号", "所属单位", "号牌号码"]]))
    assert message == "工作表“车辆”第 1 行的表头有 2 列都像“车牌号”： A 列“车牌号”和 C 列“号牌号码”，请只保留一列或改正列名。"


def test_the_wrong_sheet_is_refused_with_the_right_one():
    data = book(企业=[["单位名称", "地址"]], 车辆=[[], ["车牌号", "所属单位"]], 空话=[["请看下一张"]])
    for wrong in ("企业", "空话"):
        message = problem(data, wrong)
        assert f"工作表“{wrong}”" in message
        assert "工作表“车辆”第 2 行" in message
        assert "请改选“车辆”" in message
    assert "没有工作表“没有”：现有“企业”“车辆”“空话”" in problem(data, "没有")


def test_no_headings_anywhere_are_refused_with_the_sheets_looked_at():
    message = problem(book(甲=[["公司", "地址"]], 乙=[[1, 2]]))
    assert "文件“台账.xlsx”的工作表“甲”“乙”" in message
    assert "应有“车牌号”“所属单位”等列" in message


def test_one_heading_for_two_columns_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="two columns"):
        table(book(车辆=[["车牌号"]]), wanted={"a": ["车牌号"], "b": ["车牌 号"]}, required=[])


def test_a_ledger_of_more_rows_than_the_limit_is_refused_with_both_numbers(monkeypatch):
    monkeypatch.setattr("gongjian.documents.sheet_tables.MAX_ROWS", 2)
    message = problem(book(车辆=[["车牌号", "所属单位"], ["a", "b"], ["c", "d"], ["e", "f"]]))
    assert "工作表“车辆”有 3 行数据，超过 2 行的上限" in message
