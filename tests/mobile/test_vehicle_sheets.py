"""A sheet of vehicles as departments print it: other headings, other words, plates typed any way."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from stage import at
from xlsxwriter import Workbook

from gongjian.documents.sheets import open_book
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.importing.planning import plan_import, table_in
from gongjian.mobile.ledgers.vehicles import VEHICLES
from gongjian.mobile.records.vehicle_checks import ROAD_CHECKS
from gongjian.people.models import Department

pytestmark = pytest.mark.django_db
HEADINGS = ("序号", "车牌号码", "车架号", "车型", "使用性质", "燃料类型", "排放标准", "总质量(kg)", "是否本地登记", "注册日期", "所属企业")
WORDS = [("柴油车", "国Ⅳ", 4), ("柴油", "国4", 4), ("柴油", "第三阶段", 3), ("电", None, None)]


def planned(table, *rows):
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("Sheet1")
        for at_row, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at_row, column, value)
    found = table_in(open_book(stream.getvalue(), "车辆.xlsx"), table)
    return list(plan_import(table, found, by=None, at=at(11, 2), department=Department.objects.get(name="交通局")).rows)


@pytest.fixture
def firm(town):
    values = {"code": "91350100M000100Y43", "name": "甲厂", "department": Department.objects.get(name="交通局")}
    return entries.enter(ENTERPRISES, values, by=None, at=at(3, 2))


@pytest.mark.parametrize(("fuel", "stage", "meant"), WORDS)
def test_words_of_registers_are_understood(firm, fuel, stage, meant):
    plate = "京ＡＢ１２３４" if stage else "京A12345D"
    row = (1, plate, "LZGJL4V450X000123", "载货汽车", "普通货运", fuel, stage, "25,000", "是", "2014/5/20", "甲厂")
    [plan] = planned(VEHICLES, HEADINGS, row)
    assert plan.reasons == ()
    assert (plan.values["stage"], plan.values["mass_kg"], plan.values["enterprise"]) == (meant, 25_000, firm.pk)
    assert plan.values["registered_on"] == date(2014, 5, 20)
    assert plan.called == ("京AB1234" if stage else "京A12345D")


def test_what_no_vehicle_can_be_is_said_at_its_cell(firm):
    row = (1, "京A1234", "LZGJL4V450X000124", "载货汽车", "普通货运", "柴油", "国九", 25_000, "是", "2014/5/20", "乙厂")
    [plan] = planned(VEHICLES, HEADINGS, row)
    told = [reason.split("：")[0] for reason in plan.reasons]
    assert told == [f"工作表“Sheet1”{cell}" for cell in ("B2 号牌号码", "C2 车辆识别代号", "G2 排放阶段", "K2 所属单位")]


def test_a_check_on_the_road_is_read_with_its_decimals_and_its_stranger(firm):
    headings = ("检查时间", "车牌号码", "检查地点", "检查方式", "燃料类型", "排放标准", "是否重型", "是否本地登记")
    headings = (*headings, "检测方式", "烟度值", "检测结果", "存在问题", "处理情况")
    row = ("2020-10-20", "冀B12345", "京津高速", "随机", "柴油", "国五", "是", "否", "自由加速法", 0.355, "是", "无", "未发现问题")
    [plan] = planned(ROAD_CHECKS, headings, row)
    assert plan.reasons == ()
    assert (plan.verdict.value, plan.values["opacity"], plan.values["passed"], plan.values["entry"]) == (
        "added",
        Decimal("0.36"),
        True,
        None,
    )
    assert plan.values["number"] == "2020-10-20·冀B12345·京津高速"
