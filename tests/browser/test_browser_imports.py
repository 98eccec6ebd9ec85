"""The round trip of a ledger in a browser: exported, changed in a spreadsheet, looked at, imported, there."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from gongjian.documents.workbook import Column, Page, write_book

pytestmark = pytest.mark.usefixtures("undone")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def officer(undone, visit):
    return visit("/ledgers/fuel-sites/", "tongchou")


def exported(page):
    """The list as a workbook, cell by cell."""
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    return CalamineWorkbook.from_filelike(BytesIO(download.value.path().read_bytes())).get_sheet_by_index(0).to_python()


def edited(rows):
    """What a spreadsheet makes of it when it is saved."""
    return write_book([Page("加油站", [Column(title) for title in rows[0]], rows[1:])])


def upload(page, data, name):
    page.get_by_role("link", name="从表格导入").first.click()
    page.get_by_label("表格文件").set_input_files({"name": name, "mimeType": XLSX, "buffer": data})
    page.get_by_label("部门").select_option(index=1)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("heading", name=name).wait_for()


def figures(page):
    return [int(one.inner_text().split()[0].replace(",", "").removesuffix("行")) for one in page.locator(".figures .figure-value").all()]


def test_a_ledger_goes_out_is_changed_comes_back_and_shows_the_change(officer):
    rows = exported(officer)
    name, street = rows[0].index("站点名称"), rows[0].index("街道（镇）")
    unchanged = len(rows) - 1
    upload(officer, edited(rows), "没有改.xlsx")
    assert figures(officer) == [0, 0, unchanged, 0]
    assert officer.get_by_text("表中的内容与台账完全一致").is_visible()

    officer.goto("/ledgers/fuel-sites/")
    code = rows[1][0]
    rows[1][name], rows[2][street] = "改过名的加油站", "瀛海地区"
    upload(officer, edited(rows), "改过的.xlsx")
    assert figures(officer) == [0, 2, unchanged - 2, 0]
    told = officer.locator(".sheet-import").inner_text()
    assert "改过名的加油站" in told
    assert "瀛海地区" in told
    officer.get_by_role("button", name="导入 2 行").click()
    officer.get_by_text("已写入：新增 0 座，变更 2 座。").wait_for()

    officer.goto(f"/ledgers/fuel-sites/?text={code}")
    officer.get_by_role("link", name=code, exact=True).click()
    officer.wait_for_load_state()
    assert "改过名的加油站" in officer.locator("h1").inner_text() + officer.locator("main").inner_text()
    assert "来源：导入 改过的.xlsx 第2行" in officer.locator("main").inner_text()


def test_refused_rows_are_shown_with_their_cells_and_good_ones_go_in_by_choice(officer):
    rows = exported(officer)
    sort = rows[0].index("类别") if "类别" in rows[0] else rows[0].index("站点类别")
    fresh = [list(rows[1]), list(rows[1])]
    fresh[0][0], fresh[1][0] = "XJ-901", "XJ-902"
    fresh[1][sort] = "没有这种"
    upload(officer, edited([rows[0], *fresh]), "新建.xlsx")
    assert figures(officer) == [1, 0, 0, 1]
    assert "没有这种" in officer.locator(".reasons").inner_text()
    officer.get_by_role("button", name="只导入通过的 1 行").click()
    officer.get_by_text("已写入：新增 1 座").wait_for()
    with officer.expect_download() as download:
        officer.get_by_role("link", name="下载被拒绝的行").click()
    back = CalamineWorkbook.from_filelike(BytesIO(download.value.path().read_bytes())).get_sheet_by_index(0).to_python()
    assert back[1][1] == "XJ-902"
    assert "没有这种" in back[1][0]
