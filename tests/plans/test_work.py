"""A workbench: what is due, what came back, what waits, what is next."""

from datetime import date

import pytest
from stage import SLUG, at, load, plan, without

from gongjian.kernel.months import Month
from gongjian.people.models import Department
from gongjian.plans.actions import reporting
from gongjian.plans.actions.milestones import mark_done
from gongjian.plans.queries.board import board
from gongjian.plans.queries.work import bench, desk

pytestmark = pytest.mark.django_db


def bench_of(town, name, day):
    return bench(board(town.programme, day), {Department.objects.get(name=name).pk}, day)


def told(items):
    return [(item.row.key, str(item.month), item.days_left) for item in items]


def test_a_month_opens_a_week_before_its_end_and_is_owed_from_its_due_day(town):
    """April, due on 8 May: not there on 22 April, open from 23 April, owed on 8 May, late after."""
    assert told(bench_of(town, "交通局", date(2020, 4, 22)).open) == []
    assert told(bench_of(town, "交通局", date(2020, 4, 23)).open) == [("A1.1", "2020-04", 15)]
    assert told(bench_of(town, "交通局", date(2020, 5, 8)).owed) == [("A1.1", "2020-04", 0)]
    assert told(bench_of(town, "交通局", date(2020, 5, 9)).owed) == [("A1.1", "2020-04", -1)]


def test_what_is_owed_stands_newest_month_first_in_document_order_and_a_draft_is_still_owed(town):
    town.written("A1.2", 4, "chengjian", at(5, 20))
    found = bench_of(town, "城建局", date(2020, 6, 12))
    assert told(found.owed) == [
        ("A1.2", "2020-05", -9),
        ("A2.1", "2020-05", -9),
        ("A1.2", "2020-04", -35),
        ("A2.1", "2020-04", -35),
    ]


def test_what_was_handed_in_waits_and_what_came_back_is_to_be_bettered(town):
    town.submitted("W1.1", 4, "shuiwu", at(5, 7))
    town.returned("W1.2", 4, "shuiwu", at(5, 7))
    found = bench_of(town, "水务局", date(2020, 5, 10))
    assert (told(found.owed), told(found.waiting), told(found.returned)) == (
        [("A2.2", "2020-04", -2)],
        [("W1.1", "2020-04", -2)],
        [("W1.2", "2020-04", -2)],
    )
    reporting.accept(town.report("W1.1", 4), by=town.user("tongchou"), at=at(5, 11))
    assert told(bench_of(town, "水务局", date(2020, 5, 11)).waiting) == []


def test_a_measure_confirmed_as_done_owes_nothing_more(town):
    town.accepted("W1.2", 4, "shuiwu", at(5, 7), standing="done")
    assert {item.row.key for item in bench_of(town, "水务局", date(2020, 8, 31)).owed} == {"A2.2", "W1.1"}


def test_a_department_has_before_it_what_it_leads_not_what_it_assists_in(town):
    assert {item.row.key for item in bench_of(town, "滨河街道", date(2020, 5, 20)).owed} == {"A2.1"}


def test_a_department_has_before_it_what_its_collective_name_leads(town):
    """A2.2 is led by 各相关部门, which is 公安分局 and 水务局 here: both may write it, so both see it."""
    assert {item.row.key for item in bench_of(town, "公安分局", date(2020, 5, 20)).owed} == {"A2.2"}
    assert {item.row.key for item in bench_of(town, "水务局", date(2020, 5, 20)).owed} == {"A2.2", "W1.1", "W1.2"}
    assert "A2.2" not in {item.row.key for item in bench_of(town, "交通局", date(2020, 5, 20)).owed}


def test_a_milestone_comes_up_by_its_own_day_not_by_its_measures(town):
    """平台上线 is due on 31 May although its measure is due on 30 June."""
    found = bench_of(town, "城建局", date(2020, 5, 2)).milestones
    assert [(item.what, item.due, item.days_left) for item in found] == [("平台上线", date(2020, 5, 31), 29)]
    assert bench_of(town, "城建局", date(2020, 4, 30)).milestones == ()
    later = bench_of(town, "城建局", date(2020, 6, 1)).milestones
    assert [(item.what, item.days_left) for item in later] == [("平台上线", -1), ("工地全部接入", 29)]
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 5, 30), "已验收", "验收单", by=town.user("chengjian"), at=at(6, 1))
    assert [item.what for item in bench_of(town, "城建局", date(2020, 6, 1)).milestones] == ["工地全部接入"]


def test_troubled_measures_stand_worst_first(town):
    town.submitted("A2.1", 4, "chengjian", at(5, 7), standing="at_risk")
    assert [(row.key, row.light.value) for row in bench_of(town, "城建局", date(2020, 5, 20)).troubled] == [
        ("A1.2", "red"),
        ("A2.1", "amber"),
    ]


def test_the_coordinating_office_sees_what_waits_oldest_first_and_who_is_silent(town):
    town.submitted("W1.1", 5, "shuiwu", at(6, 2))
    town.submitted("W1.1", 4, "shuiwu", at(6, 2))
    town.submitted("A1.1", 4, "jiaotong", at(6, 2))
    found = desk(board(town.programme, date(2020, 6, 5)), date(2020, 6, 5))
    assert [(str(Month.of(report.month)), report.measure.key) for report in found.to_review] == [
        ("2020-04", "A1.1"),
        ("2020-04", "W1.1"),
        ("2020-05", "W1.1"),
    ]
    assert dict(found.silent) == {"交通局": 1, "城建局": 4, "各相关部门": 2, "水务局": 2}


def test_nobody_is_silent_on_the_due_day_itself(town):
    assert desk(board(town.programme, date(2020, 5, 8)), date(2020, 5, 8)).silent == ()


def test_what_is_withdrawn_is_on_no_desk(town):
    town.submitted("W1.2", 4, "shuiwu", at(5, 7))
    load(without(plan(), "W1.2"), moment=at(5, 9), slug=SLUG)
    assert desk(board(town.programme, date(2020, 5, 10)), date(2020, 5, 10)).to_review == ()
