"""What happens beside the way: departments that help, extra steps, sanctions, publication, comments; and the entering itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from case_desk import photo, piece
from stage import at

from gongjian.cases.actions.adding import comment, do_extra, publish, sanction
from gongjian.cases.actions.evidencing import Piece, attach
from gongjian.cases.actions.joining import ask_for_help, give_help
from gongjian.cases.models import Case
from gongjian.cases.queries.concerning import within
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import entries
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.notices.models import Dispatch
from gongjian.people.permissions import Forbidden, reach
from gongjian.people.roles import Permission

pytestmark = pytest.mark.django_db
NOW = at(10, 13)


def truck(desk, state="handling", **said):
    case = desk.found(kind="truck", pieces=[piece(photo())], **said)
    for step in ("hand_over", "sign", "begin"):
        case = desk.take(case, step)
    if state == "handling":
        return case
    attach(case, "retest", [Piece(title="复检光吸收系数", value=0.4, unit="m⁻¹")], by=None, at=NOW)
    do_extra(case, "retest", "复检合格", by=None, at=NOW)
    for step in ("feed_back", "verify"):
        case = desk.take(Case.objects.get(pk=case.pk), step)
    return case


def test_the_leading_department_feeds_back_after_all_that_help_have_told(desk, town):
    case = desk.at_state("handling")
    help_of = ask_for_help(case, desk.department("水务局"), "请核查雨水口", by=town.user("chengjian"), at=NOW)
    with pytest.raises(Refusal, match="水务局的协办情况"):
        desk.take(Case.objects.get(pk=case.pk), "feed_back")
    with pytest.raises(Forbidden):
        give_help(help_of, "已核查", by=town.user("gongan"), at=NOW)
    give_help(help_of, "雨水口无污水排入", by=town.user("shuiwu"), at=NOW)
    with pytest.raises(Refusal, match="已由水务局部门经办人反馈"):
        give_help(help_of, "再说一遍", by=town.user("shuiwu"), at=NOW)
    assert desk.take(Case.objects.get(pk=case.pk), "feed_back").state == "fed_back"
    told = set(Dispatch.objects.values_list("to", flat=True).filter(key__contains="help_asked").first())
    assert told == {town.user("shuiwu").pk}


def test_help_is_asked_of_another_department_once_and_only_while_it_is_dealt_with(desk, town):
    case = desk.at_state("handling")
    with pytest.raises(Refusal, match="主办部门"):
        ask_for_help(case, desk.department("城建局"), "请协助", by=None, at=NOW)
    ask_for_help(case, desk.department("水务局"), "请协助", by=town.user("jiaotong"), at=NOW)
    with pytest.raises(Refusal, match="已经商请过"):
        ask_for_help(case, desk.department("水务局"), "请协助", by=None, at=NOW)
    with pytest.raises(Forbidden):
        ask_for_help(case, desk.department("公安分局"), "请协助", by=town.user("shuiwu"), at=NOW)
    with pytest.raises(Refusal, match="移交之后、反馈之前"):
        ask_for_help(desk.at_state("fed_back"), desk.department("水务局"), "请协助", by=None, at=NOW)


def test_only_departments_that_have_to_do_with_it_see_it(desk, town):
    case = desk.at_state("handling")
    ask_for_help(case, desk.department("水务局"), "请协助", by=None, at=NOW)
    seen = {}
    for name in ("jiaotong", "chengjian", "shuiwu", "gongan", "jiancha", "lingdao", "tongchou", "guanli"):
        seen[name] = Case.objects.filter(within(reach(town.user(name), Permission.CASE_VIEW, on=NOW.date()))).exists()
    assert seen == dict.fromkeys(seen, True) | {"gongan": False, "guanli": False}
    comment(case, "雨水口在东侧", by=town.user("shuiwu"), at=NOW)
    with pytest.raises(Forbidden):
        comment(case, "路过", by=town.user("gongan"), at=NOW)


def test_the_extra_steps_of_a_kind_come_before_the_step_they_stand_before(desk, town):
    case = truck(desk)
    with pytest.raises(Refusal, match="附加步骤“维修后复检”"):
        desk.take(case, "feed_back")
    with pytest.raises(Refusal, match="“维修后复检”之前还缺：测量值“复检光吸收系数”1 份"):
        do_extra(case, "retest", "合格", by=town.user("chengjian"), at=NOW)
    attach(case, "retest", [Piece(title="复检光吸收系数", value=0.4, unit="m⁻¹")], by=town.user("chengjian"), at=NOW)
    do_extra(case, "retest", "合格", by=town.user("chengjian"), at=NOW)
    with pytest.raises(Refusal, match="这一轮已经办过"):
        do_extra(case, "retest", "合格", by=town.user("chengjian"), at=NOW)
    assert desk.take(Case.objects.get(pk=case.pk), "feed_back").state == "fed_back"


def test_an_extra_step_that_tells_another_department_names_it_and_tells_it(desk, town):
    case = truck(desk, "verified")
    with pytest.raises(Refusal, match="附加步骤“反馈行业部门”"):
        desk.take(case, "close")
    with pytest.raises(Refusal, match="接收部门"):
        do_extra(case, "tell-industry", "已处罚", by=town.user("tongchou"), at=NOW)
    do_extra(case, "tell-industry", "已处罚", by=town.user("tongchou"), at=NOW, department=desk.department("水务局"))
    assert Dispatch.objects.filter(key__startswith="case.extra").get().to == [town.user("shuiwu").pk]
    assert desk.take(Case.objects.get(pk=case.pk), "close").state == "closed"


def test_a_sanction_is_one_the_kind_knows_with_its_document_and_its_size(desk, town):
    case = truck(desk)
    who = {"by": town.user("chengjian"), "at": NOW}
    with pytest.raises(Refusal, match="可用的惩戒措施是：罚款、通报"):
        sanction(case, "barred", NOW.date(), "决定书", **who)
    with pytest.raises(Refusal, match="须填写大于零的数额（元）"):
        sanction(case, "fine", NOW.date(), "决定书", **who)
    with pytest.raises(Refusal, match="还没有到"):
        sanction(case, "notice", date(2020, 10, 14), "通报", **who)
    assert sanction(case, "fine", NOW.date(), "决定书 12 号", amount=Decimal(200), **who).amount == 200
    assert sanction(case, "notice", NOW.date(), "通报", amount=Decimal(5), **who).amount is None


def test_a_closed_case_is_published_when_its_kind_says_and_not_before(desk, town):
    case = truck(desk, "verified")
    do_extra(case, "tell-industry", "已处罚", by=None, at=NOW, department=desk.department("水务局"))
    who = town.user("tongchou")
    with pytest.raises(Refusal, match="结案之后才能公开"):
        publish(case, by=who, at=NOW)
    desk.take(Case.objects.get(pk=case.pk), "close")
    with pytest.raises(Refusal, match=r"结案满 3 个工作日（2020-10-16 18:00）后"):
        publish(case, by=who, at=at(10, 16, 17))
    assert publish(case, by=who, at=at(10, 16, 18)).published_at == at(10, 16, 18)
    with pytest.raises(Refusal, match="不对外公开"):
        publish(desk.at_state("closed"), by=who, at=at(10, 30))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"found_at": at(10, 12, 11)}, "还没有到"),
        ({"address": " "}, "请写明地点"),
        ({"lon": 116.5}, "经度、纬度同时填写"),
        ({"lon": 2.3, "lat": 48.9}, "国内范围"),
        ({"title": " "}, "请填写“问题”"),
        ({"description": ""}, "请填写“情况说明”"),
        ({"title": "长" * 81}, "“问题”有 81 个字，最多 80 个字"),
        ({"level": "terrible"}, "没有“terrible”这一严重程度"),
        ({"kind": "nothing"}, "没有“nothing”这种问题类型"),
        ({"finder": "dog"}, "“发现方式”须在工作人员、监测设备、群众反映中选一项"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_with_what_to_do(desk, wrong, words):
    with pytest.raises(Refusal, match=words):
        desk.found(at(10, 12), **wrong)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("name", "may"), [("jiaotong", True), ("jiancha", True), ("tongchou", True), ("gongan", False), ("lingdao", False), ("guanli", False)]
)
def test_a_finding_is_entered_for_one_s_own_department_or_by_those_who_may_everywhere(desk, name, may):
    if may:
        assert desk.found(by=name).found_by
    else:
        with pytest.raises(Forbidden):
            desk.found(by=name)


def test_a_problem_of_an_entry_is_where_the_entry_is_and_a_kind_may_ask_for_its_ledger(desk, monkeypatch):
    values = {"code": "91350100M000100Y43", "name": "甲厂", "department": desk.department("交通局"), "street": "荣华街道"}
    entry = entries.enter(ENTERPRISES, values | {"address": "一号路 2 号", "lon": 116.51, "lat": 39.79}, by=None, at=at(3, 10))
    case = desk.found(entry=entry, address="", street="")
    assert (case.label, case.street, case.address, case.lon, case.lat) == (str(entry), "荣华街道", "一号路 2 号", 116.51, 39.79)
    from dataclasses import replace

    from made_kinds import PLAIN

    from gongjian.cases.registry import forget, register

    register(replace(PLAIN, slug="factory", title="企业问题", names=(), ledgers=("enterprises",)))
    try:
        assert desk.found(kind="factory", entry=entry).pk
        with pytest.raises(Refusal, match="请从该条目的页面登记"):
            desk.found(kind="factory")
    finally:
        forget("factory")


def test_how_long_it_took_counts_from_the_finding(desk):
    case = desk.at_state("verified", at(10, 12), found_at=at(10, 10))
    assert desk.take(case, "close", at(10, 12) + timedelta(hours=4)).took_hours == 52
