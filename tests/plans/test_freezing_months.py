"""A frozen month: nothing of it changes, what was missing stays known, and somebody else may lift it."""

from datetime import date

import pytest
from report_desk import APRIL, contributed, department, standing
from stage import at

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Delivery
from gongjian.people import actions as people
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import Role
from gongjian.plans.actions import contributing, reporting
from gongjian.plans.actions.freezing import freeze, unfreeze
from gongjian.plans.models import MonthFreeze, ReportStep
from gongjian.plans.queries.board import board
from gongjian.plans.queries.reports import punctuality
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
SAID = reporting.Account("on_course", "检查三十处。")


def frozen(town, moment=None, by="tongchou"):
    return freeze(town.programme, APRIL, by=town.user(by), at=moment or at(5, 11))


@pytest.fixture
def reported(town):
    """April: one accepted, one returned, one begun, the rest silent."""
    town.accepted("A1.1", 4, "jiaotong", at(5, 7))
    town.returned("W1.1", 4, "shuiwu", at(5, 7))
    town.written("A1.2", 4, "chengjian", at(5, 7))
    return town


def test_what_was_missing_is_kept(reported):
    row = frozen(reported)
    assert {one["key"]: one["state"] for one in row.missing} == {
        "A1.2": "draft",
        "A2.1": "missing",
        "A2.2": "missing",
        "W1.1": "returned",
        "W1.2": "missing",
    }
    event = Event.objects.get(verb="month.freeze")
    assert event.after == {"month": "2020-04", "unreported": ["A1.2", "A2.1", "A2.2", "W1.1", "W1.2"]}


def test_nothing_of_a_frozen_month_changes_by_any_door(reported):
    contributed(reported)
    frozen(reported)
    user, april = reported.user, date(2020, 4, 1)
    accepted, returned, draft = (reported.report(key, 4) for key in ("A1.1", "W1.1", "A1.2"))
    before = ReportStep.objects.count()
    doors = (
        lambda: reporting.write(reported.measure("A2.1"), APRIL, SAID, by=user("chengjian"), at=at(5, 12)),
        lambda: reporting.write(draft.measure, APRIL, SAID, by=user("chengjian"), at=at(5, 12), version=draft.version),
        lambda: reporting.write_and_submit(draft.measure, APRIL, SAID, by=user("chengjian"), at=at(5, 12), version=draft.version),
        lambda: reporting.submit(draft, by=user("chengjian"), at=at(5, 12)),
        lambda: reporting.submit(returned, by=user("shuiwu"), at=at(5, 12)),
        lambda: reporting.send_back(accepted, "缺清单", by=user("tongchou"), at=at(5, 12)),
        lambda: contributing.recall(standing(), by=user("gongan"), at=at(5, 12)),
        lambda: contributing.send_back(standing(), "缺次数", by=user("jiaotong"), at=at(5, 12)),
        lambda: contributed(reported, helper="滨河街道", key="W1.1", by="jiedao", moment=at(5, 12)),
        lambda: contributing.ask(returned.measure, APRIL, department("滨河街道"), by=user("shuiwu"), at=at(5, 12)),
    )
    for door in doors:
        with pytest.raises(Refusal, match="2020年4月的月报已由统筹办于5月11日封存"):
            door()
    assert ReportStep.objects.count() == before
    assert reported.report("A1.2", 4).month == april
    assert reported.submitted("A1.2", 5, "chengjian", at(6, 2)).state == "submitted"  # another month is open


@pytest.mark.parametrize("who", ["guanli", "chengjian", "chengjian-zhang", "jiancha", "lingdao", "xinren"])
def test_only_the_office_freezes(town, who):
    with pytest.raises(Forbidden):
        frozen(town, by=who)
    assert not MonthFreeze.objects.exists()


@pytest.mark.parametrize("who", ["guanli", "chengjian", "chengjian-zhang", "jiancha", "xinren"])
def test_only_the_office_and_leaders_lift(town, who):
    frozen(town)
    with pytest.raises(Forbidden):
        unfreeze(town.programme, APRIL, "补报", by=town.user(who), at=at(5, 12))


def test_a_month_is_not_frozen_too_early_or_with_reports_waiting_or_twice(reported):
    with pytest.raises(Refusal, match="到5月8日才到期"):
        frozen(reported, at(5, 8, 23))
    reported.submitted("W1.2", 4, "shuiwu", at(5, 11))
    with pytest.raises(Refusal, match="还有 1 份月报待审核"):
        frozen(reported)
    reporting.accept(reported.report("W1.2", 4), by=reported.user("tongchou"), at=at(5, 11))
    frozen(reported)
    with pytest.raises(Refusal, match="已由统筹办于5月11日封存，请刷新"):
        frozen(reported)
    with pytest.raises(Refusal, match="不在这份计划的填报月份内"):
        freeze(reported.programme, Month(2020, 2), by=reported.user("tongchou"), at=at(5, 11))
    assert MonthFreeze.objects.count() == 1


def test_lifting_takes_a_second_person_and_a_reason_and_the_record_stays(reported):
    frozen(reported)
    office, leader = reported.user("tongchou"), reported.user("lingdao")
    with pytest.raises(Refusal, match="须由两个人办理"):
        unfreeze(reported.programme, APRIL, "补报", by=office, at=at(5, 12))
    for reason, words in ((" ", "请写明解封理由"), ("字" * 501, "501 个字")):
        with pytest.raises(Refusal, match=words):
            unfreeze(reported.programme, APRIL, reason, by=leader, at=at(5, 12))
    row = unfreeze(reported.programme, APRIL, " 系统故障，补报A1.2 ", by=leader, at=at(5, 12))
    assert (row.lifted_by, row.lifted_why, len(row.missing)) == ("领导", "系统故障，补报A1.2", 5)
    assert Event.objects.get(verb="month.unfreeze").note == "系统故障，补报A1.2"
    assert "2020年4月月报已解封，可以补报" in Delivery.objects.filter(user__username="chengjian").values_list("dispatch__title", flat=True)
    with pytest.raises(Refusal, match="已由领导解封"):
        unfreeze(reported.programme, APRIL, "再解", by=leader, at=at(5, 12))
    draft = reported.report("A1.2", 4)
    assert reporting.submit(draft, by=reported.user("chengjian"), at=at(5, 13)).state == "submitted"


def test_another_of_the_office_may_lift(reported):
    people.create_user("tongchou-er", "统筹办二", None, by=None, at=at(3, 3))
    people.give_post(reported.user("tongchou-er"), Role.COORDINATOR, None, by=None, at=at(3, 3))
    frozen(reported)
    assert unfreeze(reported.programme, APRIL, "补报", by=reported.user("tongchou-er"), at=at(5, 12)).lifted_by == "统筹办二"


def test_freezing_changes_no_light_and_no_punctuality_of_any_day(reported):
    days = [date(2020, 5, day) for day in (8, 9, 11, 12, 20)]
    lights = [[row.light for row in board(reported.programme, day).rows] for day in days]
    counted = [punctuality(days[0], days[-1], day) for day in days]
    frozen(reported)
    assert [[row.light for row in board(reported.programme, day).rows] for day in days] == lights
    assert [punctuality(days[0], days[-1], day) for day in days] == counted
