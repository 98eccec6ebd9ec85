"""What is wrong with a sheet is said with sheet, row and column, and nothing is written."""

import zipfile
from io import BytesIO

import pytest
from ledger_sample.declarations import VISITS, YARDS
from ledger_sample.models import Yard
from made_sheets import HEADINGS, book, handed_in, imported, reasons, rows_of, with_part, yard_row
from sampled import department, yard
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.importing import actions
from gongjian.ledgers.models import Entry, Import
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
HERE = (*HEADINGS, "经度", "纬度")


@pytest.fixture(autouse=True)
def _nothing_written(settings, tmp_path, town):
    """Whatever a test of this file hands in, the ledgers are as they were."""
    settings.GONGJIAN_UPLOADS = tmp_path
    yield
    assert not Entry.objects.filter(source__startswith="导入").exists()
    assert not YARDS.versions.objects.filter(source__startswith="导入").exists()
    assert not Event.objects.filter(verb__in=("entry.imported", "record.imported")).exists()


def problem(data, name="堆场.xlsx", **more):
    found = handed_in(YARDS, data, name=name, **more)
    assert found.state == Import.State.FAILED
    with pytest.raises(Refusal, match="不能导入"):
        imported(found)
    return found.problem


def test_a_wrong_sheet_is_named_with_what_should_be_there():
    words = problem(book(("甲", 1), headings=("姓名", "年龄"), name="名单"))
    assert "“名单”" in words
    assert "“堆场编号”" in words
    words = problem(book(yard_row(), more={"名单": [("姓名",), ("甲",)]}), sheet="名单")
    assert words == "工作表“名单”的表头不是要导入的台账，工作表“堆场”第 1 行的表头更像：请改选“堆场”。"


def test_a_sheet_that_is_not_there_is_said_with_those_that_are():
    assert "没有工作表“三月”：现有“堆场”" in problem(book(yard_row()), sheet="三月")


def test_missing_columns_are_named_and_rows_that_need_them_refused():
    assert "第 1 行的表头缺少“堆场编号”：现有的列是“堆场名称”“容量（吨）”" in problem(book(("甲", 1), headings=("堆场名称", "容量（吨）")))
    found = handed_in(YARDS, book(("Y-1", "甲"), headings=("堆场编号", "堆场名称")))
    assert found.summary["absent"] == ["类型", "容量", "已苫盖"]
    assert reasons(found, YARDS) == [f"工作表“堆场”第 2 行 {title}没有填写（表中没有这一列）" for title in ("类型", "容量", "已苫盖")]
    assert "缺少“巡查日期”" in handed_in(VISITS, book(("Y-1",), headings=("堆场编号",))).problem


def test_two_columns_of_one_meaning_are_refused_with_their_letters():
    words = problem(book((*yard_row(), 30), headings=(*HEADINGS, "容量")))
    assert words.startswith("工作表“堆场”第 1 行的表头有 2 列都像“容量（吨）”： D 列“容量（吨）”和 F 列“容量”")


def test_merged_headings_are_read_as_their_parts():
    from xlsxwriter import Workbook

    stream = BytesIO()
    with Workbook(stream) as written:
        sheet = written.add_worksheet("堆场")
        sheet.merge_range(0, 0, 0, 4, "2020年堆场情况统计表")
        sheet.merge_range(1, 0, 1, 1, "基本情况")
        sheet.merge_range(1, 2, 1, 4, "业务信息")
        sheet.write_row(2, 0, HEADINGS)
        sheet.write_row(3, 0, yard_row())
    found = handed_in(YARDS, stream.getvalue())
    assert found.summary["heading_row"] == 3
    assert found.summary["added"] == 1


@pytest.mark.parametrize(
    "day", [43983, 43983.0, "43983", "2020-06-01", "2020/6/1", "2020年6月1日", "20200601", "２０２０－０６－０１", 20200601]
)
def test_days_are_read_however_they_stand(day):
    found = handed_in(YARDS, book((*yard_row(), day), headings=(*HEADINGS, "启用日期")))
    [plan] = rows_of(found, YARDS, "added")
    assert plan.values["opened_on"].isoformat() == "2020-06-01"


def test_a_day_that_is_none_is_said_with_its_cell():
    found = handed_in(YARDS, book((*yard_row(), "2020-13-45"), headings=(*HEADINGS, "启用日期")))
    assert reasons(found, YARDS) == ["工作表“堆场”F2 启用日期：“2020-13-45”不是日历上有的日期"]


def test_full_width_digits_and_trailing_blanks_mean_the_same():
    stood = yard("Y-1", capacity=20)
    found = handed_in(YARDS, book(("　Ｙ-1 ", "河东堆场  ", "露天 ", "２０吨", "是\u200b")))
    assert found.summary["unchanged"] == 1
    assert stood.code == "Y-1"


def test_a_row_that_lacks_its_code_is_refused_and_blank_rows_are_none():
    found = handed_in(YARDS, book((None, "甲", "露天", 5, "是"), (None, None, None, None, None), (" ", "\u3000", None, None, None)))
    assert reasons(found, YARDS) == ["工作表“堆场”A2 堆场编号：没有填写"]
    assert found.summary["total"] == 1


def test_coordinates_elsewhere_half_given_or_the_wrong_way_round_are_refused():
    rows = [
        (*yard_row("Y-1"), 121.47, 31.23),
        (*yard_row("Y-2"), 116.5, None),
        (*yard_row("Y-3"), 39.78, 116.5),
        (*yard_row("Y-4"), "东边", 39.78),
    ]
    said = reasons(handed_in(YARDS, book(*rows, headings=HERE)), YARDS)
    assert said[0] == "工作表“堆场”F2 坐标（121.47000，31.23000）不在本区范围内，请核对经纬度和坐标系"
    assert said[1] == "工作表“堆场”G3 经度和纬度要同时填写，或同时留空"
    assert said[2] == "工作表“堆场”F4 经度：“39.78”和纬度“116.5”填反了，请对调"
    assert said[3] == "工作表“堆场”F5 经度：“东边”不是数字"
    said = reasons(handed_in(YARDS, book((*yard_row(), 116.5, 39.78, "北京54"), headings=(*HERE, "坐标系"))), YARDS)
    assert said[0].startswith("工作表“堆场”H2 坐标系：“北京54”")


def test_a_formula_without_a_value_is_refused_with_its_cell():
    from xlsxwriter import Workbook

    stream = BytesIO()
    with Workbook(stream) as written:
        sheet = written.add_worksheet("堆场")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, yard_row())
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    said = reasons(handed_in(YARDS, stream.getvalue()), YARDS)
    assert said[0].startswith("工作表“堆场”D2 容量：")
    assert "#DIV/0!" in said[0]


def test_a_text_that_looks_like_a_formula_stays_text():
    found = handed_in(YARDS, book(yard_row(name="=1+1")))
    [plan] = rows_of(found, YARDS, "added")
    assert plan.values["name"] == "=1+1"


def test_everything_wrong_with_a_row_is_said_at_once():
    said = reasons(handed_in(YARDS, book(("Y-1", "名" * 200, "露顶", -5, "也许"))), YARDS)
    assert [reason.split(" ")[0] for reason in said] == ["工作表“堆场”B2", "工作表“堆场”C2", "工作表“堆场”D2", "工作表“堆场”E2"]


def test_a_rule_of_the_whole_row_is_said_at_its_cell():
    said = reasons(handed_in(YARDS, book((*yard_row(covered="否"), "否"), headings=(*HEADINGS, "已硬化"))), YARDS)
    assert said == ["工作表“堆场”E2 露天堆场既没有苫盖也没有硬化，请核对"]


def test_names_that_nobody_has_are_said():
    headings = (*HEADINGS, "所属单位", "主管部门", "相邻堆场")
    said = reasons(handed_in(YARDS, book((*yard_row(), "没有这家", "没有这局", "Y-99"), headings=headings)), YARDS)
    assert said[0].startswith("工作表“堆场”F2 所属单位：“没有这家”不在企业名录中，应填编号或全称")
    assert said[1] == "工作表“堆场”G2 主管部门：没有叫“没有这局”的部门，应填部门的全称、简称或别名"
    assert said[2].startswith("工作表“堆场”H2 相邻堆场：“Y-99”不在堆场台账中")


def test_ten_megabytes_of_junk_are_refused_in_words():
    junk = bytes(range(256)) * 40_000
    assert problem(junk).startswith("文件“堆场.xlsx”")
    assert "堆场.csv" in problem(b"\x00\xff" * 5_000_000, name="堆场.csv")
    assert "PDF" in problem(b"%PDF-1.7" + junk)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(book(yard_row()))) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, old.read(one.filename))
        new.writestr("xl/media/image1.xml", b"\0" * 300_000_000)
    assert len(stream.getvalue()) < 1_000_000
    assert "“堆场.xlsx”" in problem(stream.getvalue())


def test_a_broken_workbook_is_refused_in_words():
    assert "损坏" in problem(with_part(book(yard_row()), "xl/worksheets/sheet1.xml", lambda said: said[: len(said) // 2]))
    assert "“堆场.xlsx”" in problem(book(yard_row())[:-200])


def test_too_large_and_empty_files_are_refused_before_anything_is_kept(tmp_path):
    for data, words in ((b"", "是空的"), (b"x" * (30 * 1024 * 1024 + 1), "超过 30 MB 的上限")):
        with pytest.raises(Refusal, match=words):
            actions.upload(YARDS, "堆场.xlsx", data, department=department(), by=None, at=at(11, 2))
    assert not list(tmp_path.iterdir())


def test_columns_and_sheets_that_are_not_read_are_named():
    data = book((1, *yard_row(), "x"), headings=("序号", *HEADINGS, "检查人"), more={"二月": [HEADINGS, yard_row("Y-7")]})
    found = handed_in(YARDS, data)
    assert found.summary["ignored"] == ["A 列“序号”", "G 列“检查人”"]
    assert found.summary["others"] == ["二月"]
    assert found.summary["added"] == 1
    assert rows_of(handed_in(YARDS, data, sheet="二月"), YARDS, "added")[0].called == "Y-7"
    assert not Yard.objects.exists()
