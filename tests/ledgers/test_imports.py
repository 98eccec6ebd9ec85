"""A sheet is handed in, looked at, written: all of it or the good rows, once, by whoever may, and nobody's work is lost."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_sample.declarations import VISITS, YARDS
from ledger_sample.models import Visit, Yard, YardVersion
from made_sheets import HEADINGS, book, handed_in, imported, reasons, rows_of, yard_row
from sampled import company, department, visit, yard
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.models import Entry, Import, Touch
from gongjian.ledgers.queries.searching import search
from gongjian.standards.coordinates import Datum, cgcs2000_to_gcj02
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path


def counts(found):
    return tuple(found.summary[one] for one in ("added", "changed", "unchanged", "refused"))


def test_a_dry_run_tells_and_writes_nothing(town):
    found = handed_in(YARDS, book(yard_row(), yard_row("Y-2", sort="没有这种")))
    assert found.state == Import.State.CHECKED
    assert counts(found) == (1, 0, 0, 1)
    assert reasons(found, YARDS) == ["工作表“堆场”C3 类型：“没有这种”不是类型，可填：露天、有顶"]
    assert not Entry.objects.exists()
    assert not Touch.objects.exists()


def test_what_is_written_is_there_with_version_source_search_and_one_event(town):
    found = imported(handed_in(YARDS, book(yard_row(), yard_row("Y-2", "河西堆场")), by=town.user("jiaotong")), by=town.user("jiaotong"))
    assert found.state == Import.State.DONE
    first = Yard.objects.get(code="Y-1")
    assert (first.sort, first.capacity, first.covered, first.valid_from, first.department.name) == (
        "open",
        20,
        True,
        date(2020, 11, 2),
        "交通局",
    )
    version = YardVersion.objects.get(entry=first.pk)
    assert version.source == "导入 堆场.xlsx 第2行"
    assert version.entered_by == town.user("jiaotong")
    assert [one.code for one in search(YARDS, "河西")] == ["Y-2"]
    event = Event.objects.get(verb="entry.imported")
    assert (event.after["added"], event.after["file"], event.after["sha256"]) == (2, "堆场.xlsx", found.digest)
    assert Touch.objects.filter(table=YARDS.slug, day=date(2020, 11, 2)).exists()
    assert not Event.objects.filter(verb="entry.entered").exists()


def test_only_what_the_sheet_says_is_changed_and_said_field_by_field(town):
    stood = yard(keeper="王五", capacity=20, street="滨河街道")
    found = handed_in(YARDS, book(("Y-1", None, "30", " "), headings=("堆场编号", "堆场名称", "容量", "看护人")))
    [plan] = rows_of(found, YARDS, "changed")
    assert [(one.name, one.before, one.after) for one in plan.changes] == [("容量（吨）", "20", "30")]
    imported(found)
    stood = Yard.objects.get(pk=stood.pk)
    assert (stood.capacity, stood.keeper, stood.name, stood.version) == (30, "王五", "河东堆场", 2)
    assert list(YardVersion.objects.filter(entry=stood.pk).order_by("version").values_list("capacity", "replaced_at")) == [
        (20, at(11, 2, 11)),
        (30, None),
    ]


def test_a_cell_that_says_so_is_emptied_but_not_one_that_must_be_filled(town):
    yard(keeper="王五")
    found = imported(handed_in(YARDS, book(("Y-1", "清空"), headings=("堆场编号", "看护人"))))
    assert Yard.objects.get().keeper == ""
    found = handed_in(YARDS, book(("Y-1", "清空", "清空"), headings=("堆场编号", "容量", "主管部门")))
    assert reasons(found, YARDS) == ["工作表“堆场”B2 容量没有填写", "工作表“堆场”C2 主管部门：不能清空"]


def test_the_same_sheet_twice_changes_nothing_the_second_time(town):
    data = book(yard_row(), yard_row("Y-2"))
    imported(handed_in(YARDS, data))
    again = handed_in(YARDS, data, moment=at(11, 3))
    assert counts(again) == (0, 0, 2, 0)
    with pytest.raises(Refusal, match="不需要导入"):
        imported(again)


def test_all_or_nothing_is_nothing_where_a_row_is_refused_and_good_rows_only_is_the_others(town):
    found = handed_in(YARDS, book(yard_row(), yard_row("Y-2", capacity="很多")))
    with pytest.raises(Refusal, match="有 1 行被拒绝"):
        imported(found)
    assert not Yard.objects.exists()
    imported(found, Import.Mode.GOOD)
    assert [one.code for one in Yard.objects.all()] == ["Y-1"]


def test_what_stands_twice_in_the_sheet_is_refused_twice(town):
    found = handed_in(YARDS, book(yard_row(), yard_row("Y-2"), yard_row("Ｙ-1", capacity=50)))
    assert reasons(found, YARDS) == [f"工作表“堆场”A{row} 堆场编号：“Y-1”在本表第 2、4 行重复，请只保留正确的一行" for row in (2, 4)]
    assert counts(found) == (1, 0, 0, 2)


def test_what_stands_under_another_company_is_a_change_that_is_pointed_out(town):
    company(), company("91110102010000004Y", "乙厂")
    yard(enterprise=ENTERPRISES.model.objects.get(name="甲厂"))
    found = handed_in(YARDS, book(("Y-1", "乙厂"), headings=("堆场编号", "所属单位")))
    [plan] = rows_of(found, YARDS, "changed")
    assert plan.remark == "所属单位由“甲厂”改为“乙厂”"
    assert found.summary["moved"] == 1


def test_what_another_department_keeps_is_refused_with_whose_it_is(town):
    company()
    yard(enterprise=ENTERPRISES.model.objects.get(name="甲厂"))
    officer = town.user("chengjian")
    found = handed_in(YARDS, book(yard_row(capacity=99), yard_row("Y-9")), by=officer, whose="城建局")
    assert reasons(found, YARDS) == ["工作表“堆场”A2 堆场编号：“Y-1”已在台账中，由交通局主管，所属单位是“甲厂”，您不能修改；请联系该部门"]
    found = handed_in(YARDS, book(("Y-1", "城建局"), headings=("堆场编号", "主管部门")), by=officer, whose="城建局")
    assert "由交通局主管" in reasons(found, YARDS)[0]
    found = handed_in(YARDS, book((*yard_row("Y-8"), "交通局"), headings=(*HEADINGS, "主管部门")), by=officer, whose="城建局")
    assert "您不能为交通局登记" in reasons(found, YARDS)[0]


def test_what_has_left_the_ledger_is_restored_first(town):
    gone = yard()
    entries.withdraw(YARDS, gone, date(2020, 5, 1), "拆除", version=1, by=None, at=at(5, 2))
    assert counts(handed_in(YARDS, book(yard_row(capacity=20)))) == (0, 0, 1, 0)
    found = handed_in(YARDS, book(yard_row(capacity=21)))
    assert "已于2020-05-01退出台账，要修改的请先在条目页面恢复入账" in reasons(found, YARDS)[0]


def test_a_sheet_does_not_take_anything_out_of_its_ledger(town):
    yard()
    found = handed_in(YARDS, book(("Y-1", "已退出"), ("Y-2", "已退出"), headings=("堆场编号", "状态")))
    assert "台账里是“在册”" in reasons(found, YARDS)[0]
    assert any("新登记的只能是“在册”" in reason for reason in reasons(found, YARDS))


@pytest.mark.parametrize(("column", "chosen"), [("GCJ-02", Datum.CGCS2000), (None, Datum.GCJ02), ("高德", Datum.BD09)])
def test_coordinates_of_other_maps_are_brought_to_ours(town, column, chosen):
    lon, lat = cgcs2000_to_gcj02(116.5, 39.78)
    row = (*yard_row(), lon, lat, column)
    imported(handed_in(YARDS, book(row, headings=(*HEADINGS, "经度", "纬度", "坐标系")), datum=chosen))
    stood = Yard.objects.get()
    assert (stood.lon, stood.lat) == (pytest.approx(116.5, abs=2e-7), pytest.approx(39.78, abs=2e-7))
    again = handed_in(YARDS, book(row, headings=(*HEADINGS, "经度", "纬度", "坐标系")), datum=chosen, moment=at(11, 3))
    assert counts(again) == (0, 0, 1, 0)


def test_degrees_minutes_and_seconds_are_read_and_areas_get_a_point(town):
    ring = "POLYGON((116.49 39.77, 116.51 39.77, 116.51 39.79, 116.49 39.77))"
    imported(handed_in(YARDS, book((*yard_row(), "116°30′0″", "39°46′48″"), headings=(*HEADINGS, "经度", "纬度"))))
    imported(handed_in(YARDS, book((*yard_row("Y-2"), ring), headings=(*HEADINGS, "范围"))))
    first, second = Yard.objects.order_by("code")
    assert (first.lon, first.lat) == (116.5, 39.78)
    assert second.shape["type"] == "Polygon"
    assert 116.49 < second.lon < 116.51


def test_records_are_noted_by_key_corrected_as_versions_and_known_again(town):
    yard()
    headings = ("巡查日期", "堆场编号", "方式", "合格", "积尘厚度（mm）")
    imported(
        handed_in(VISITS, book(("2020-05-06", "Y-1", "步行", "否", 12), ("2020-05-07", "外来堆场", "步行", "是", None), headings=headings))
    )
    first = Visit.objects.get(label="Y-1")
    assert (first.entry.code, first.passed, first.depth, first.source) == ("Y-1", False, 12, "导入 堆场.xlsx 第2行")
    assert Visit.objects.get(label="外来堆场").entry is None
    found = handed_in(VISITS, book(("2020-05-06", "Y-1", "步行", "否", 15), headings=headings), moment=at(11, 3))
    assert counts(found) == (0, 1, 0, 0)
    imported(found, moment=at(11, 3, 11))
    old, new = Visit.objects.filter(number=first.number).order_by("id")
    assert (old.depth, old.replaced_at, new.depth, new.replaced_at) == (12, at(11, 3, 11), 15, None)
    assert Event.objects.filter(verb="record.imported").count() == 2


def test_a_record_with_a_number_of_its_own_is_known_by_its_key_too(town):
    yard()
    visit(number="XC-7")
    assert counts(handed_in(VISITS, book(("2020-05-06", "Y-1", "步行"), headings=("巡查日期", "堆场编号", "方式")))) == (0, 0, 1, 0)
    visit(number="XC-8")
    found = handed_in(VISITS, book(("2020-05-06", "Y-1", "步行"), headings=("巡查日期", "堆场编号", "方式")))
    assert "已有2条这样的记录，请加上“记录编号”列" in reasons(found, VISITS)[0]


def test_a_struck_record_is_not_brought_back_and_the_future_is_not_recorded(town):
    yard()
    records.strike(VISITS, visit(), "登错", by=None, at=at(6, 1))
    found = handed_in(VISITS, book(("2020-05-06", "Y-1", "步行"), ("2020-12-01", "Y-1", "步行"), headings=("巡查日期", "堆场编号", "方式")))
    assert "登记以后又作废了" in reasons(found, VISITS)[0]
    assert "2020-12-01还没有到" in reasons(found, VISITS)[1]


LINES = [yard_row(f"Y-{number}", f"堆场{number}", ("露天", "有顶")[number % 2], 10 + number) for number in range(8)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(LINES), st.lists(st.sampled_from(LINES), unique=True))
def test_the_order_of_rows_makes_no_difference_and_any_part_again_no_change(town, shuffled, part):
    from django.db import transaction

    with transaction.atomic():
        imported(handed_in(YARDS, book(*shuffled)))
        stored = sorted(Yard.objects.values_list("code", "name", "sort", "capacity", "version"))
        assert stored == [(code, name, {"露天": "open", "有顶": "roofed"}[sort], capacity, 1) for code, name, sort, capacity, _ in LINES]
        again = handed_in(YARDS, book(*part), moment=at(11, 3)) if part else None
        assert again is None or counts(again) == (0, 0, len(part), 0)
        transaction.set_rollback(True)


def test_many_rows_are_asked_about_a_few_thousand_at_a_time(town, django_assert_max_num_queries):
    lines = [yard_row(f"Y-{number}") for number in range(4500)]
    with django_assert_max_num_queries(60):
        found = imported(handed_in(YARDS, book(*lines)))
    assert found.summary["written"]["added"] == 4500
    assert department("交通局")
