"""Findings of data quality, limits and rules: kept once, by whom, and what cannot be."""

from datetime import date, timedelta

import pytest
from alarm_desk import DAY, NOX
from stage import at

from gongjian.alarms.actions.inspecting import decide, look_through
from gongjian.alarms.actions.outlets import OutletCard, end_limit, ensure_outlet
from gongjian.alarms.casekinds import KINDS
from gongjian.alarms.declaration import AlarmRule
from gongjian.alarms.engine.verdicts import Sort
from gongjian.alarms.flow import FINDING
from gongjian.alarms.models import FindingStep, Limit, QualityFinding
from gongjian.alarms.rules import RULES, find_rule, rule_title
from gongjian.alarms.severity import Severity
from gongjian.alarms.states import FindingState
from gongjian.cases.models import Case
from gongjian.cases.registry import find_kind
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden

REVIEWERS = {"tongchou", "jiancha"}
EVERYBODY = ["guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao", "xinren"]


def finding(desk):
    """The boiler's values stood still for a day of October."""
    desk.limit(desk.boiler)
    desk.say(*[20.0 + number % 7 for number in range(48)])
    desk.say(*[33.0] * 24, start=DAY + timedelta(days=2))
    look_through(date(2020, 10, 20), date(2020, 10, 22), now=at(10, 23), among=[desk.source])
    return QualityFinding.objects.get(detector="flat")


def test_findings_are_kept_once_however_often_they_are_found(desk):
    found = finding(desk)
    assert (found.outlet, found.factor.code, found.first, found.last) == (desk.boiler, NOX, at(10, 22, 0), at(10, 23, 0))
    assert found.figures == {"value": 33.0, "count": 24}
    assert "连续 24 个数据都是 33 mg/m³" in found.words
    count = QualityFinding.objects.count()
    assert look_through(date(2020, 10, 20), date(2020, 10, 22), now=at(10, 24), among=[desk.source]) == 0
    assert QualityFinding.objects.count() == count
    found.refresh_from_db()
    assert (found.found_at, found.seen_at) == (at(10, 23), at(10, 24))


def test_one_that_goes_on_grows_until_somebody_looked_at_it(desk):
    found = finding(desk)
    desk.say(33.0, 33.0, start=DAY + timedelta(days=3))
    look_through(date(2020, 10, 20), date(2020, 10, 23), now=at(10, 24), among=[desk.source])
    found.refresh_from_db()
    assert (found.last, found.figures["count"]) == (at(10, 23, 2), 26)
    decide(found, "dismiss", "停炉检修，仪器保持末值", by=None, at=at(10, 24))
    desk.say(33.0, start=DAY + timedelta(days=3, hours=2))
    look_through(date(2020, 10, 20), date(2020, 10, 23), now=at(10, 25), among=[desk.source])
    found.refresh_from_db()
    assert (found.figures["count"], found.state, FindingStep.objects.get().words) == (26, "sound", "停炉检修，仪器保持末值")


def test_what_a_device_copied_from_another_is_found_and_a_device_alone_copies_nobody(desk):
    from random import Random

    dice = Random(4)  # noqa: S311 - the same each time
    values = [round(dice.gauss(20, 3), 2) for _ in range(48)]
    desk.say(*values)
    desk.say(*[round(2 * value + 1, 2) for value in values], station="DW001")
    look_through(date(2020, 10, 20), date(2020, 10, 21), now=at(10, 23), among=[desk.source])
    rows = QualityFinding.objects.filter(detector="copy")
    assert {row.outlet for row in rows} == {desk.boiler, desk.sewer}
    assert "滨水公司 废水总排口" in rows.get(outlet=desk.boiler).words


@pytest.mark.parametrize("step", ["dismiss", "confirm", "look_again"])
@pytest.mark.parametrize("person", EVERYBODY)
def test_findings_are_for_those_who_review(desk, step, person):
    found = finding(desk)
    if step == "look_again":
        found = decide(found, "dismiss", "无异常", by=None, at=at(10, 24))
    if person in REVIEWERS:
        target = FINDING.step(FindingState(found.state), step).target
        assert decide(found, step, "现场看过", by=desk.town.user(person), at=at(10, 24)).state == target
        return
    with pytest.raises(Forbidden):
        decide(found, step, "现场看过", by=desk.town.user(person), at=at(10, 24))


def test_a_confirmed_finding_becomes_a_case_once(desk):
    found = finding(desk)
    for _ in range(2):
        found = decide(found, "confirm", "采样管堵塞", by=desk.town.user("jiancha"), at=at(10, 24), token="c" * 32)
    case = Case.objects.get()
    assert (found.state, found.case, case.quality_finding, case.kind) == ("cased", case, found, "online-abnormal")
    assert case.title == "滨热公司 1号锅炉排口：氮氧化物恒值"
    with pytest.raises(Refusal, match="流程已经结束"):
        decide(found, "dismiss", "再看", by=None, at=at(10, 25))


def test_a_finding_wants_words_a_fresh_look_and_not_too_many(desk):
    found = finding(desk)
    with pytest.raises(Refusal, match="还缺：查看情况"):
        decide(found, "dismiss", "  ", by=None, at=at(10, 24))
    with pytest.raises(Refusal, match="最多 1000 个字"):
        decide(found, "dismiss", "长" * 1001, by=None, at=at(10, 24))
    decide(found, "dismiss", "无异常", by=None, at=at(10, 24), version=1)
    with pytest.raises(Refusal, match="有了变动，现在是“查看后无异常”"):
        decide(found, "look_again", "再看", by=None, at=at(10, 24), version=1)


def test_a_later_limit_of_the_same_source_ends_the_one_before_and_the_same_again_changes_nothing(desk):
    first = desk.limit(desk.boiler, since=date(2020, 1, 1))
    assert desk.limit(desk.boiler, since=date(2020, 1, 1)).pk == first.pk
    desk.limit(desk.boiler, upper=30.0, since=date(2020, 7, 1))
    first.refresh_from_db()
    assert (first.valid_to, Limit.objects.count()) == (date(2020, 7, 1), 2)
    assert first.holds_on(date(2020, 6, 30))
    assert not first.holds_on(date(2020, 7, 1))
    with pytest.raises(Refusal, match="须从更晚的日期开始"):
        desk.limit(desk.boiler, upper=20.0, since=date(2020, 5, 1))


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        ({"upper": None}, "至少填写上限、下限"),
        ({"upper": float("nan")}, "并且是数值"),
        ({"lower": 9.0, "upper": 6.0}, "下限 9 须小于上限 6"),
        ({"averaging": "minute"}, "只能是小时均值或日均值"),
        ({"until": date(2020, 1, 1)}, "停用日期须晚于"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(desk, bounds, sentence):
    from gongjian.telemetry.store import Period

    said = bounds | ({"averaging": Period(bounds["averaging"])} if "averaging" in bounds else {})
    with pytest.raises(Refusal, match=sentence):
        desk.limit(desk.boiler, **said)
    assert not Limit.objects.exists()


@pytest.mark.parametrize("person", EVERYBODY)
def test_limits_and_outlets_are_kept_by_those_who_may(desk, person):
    limit, who = desk.limit(desk.boiler), desk.town.user(person)
    card = OutletCard(station=desk.boiler.station, holder="新名", department=desk.boiler.department, address="甲")
    if person in REVIEWERS:
        end_limit(limit, date(2020, 11, 1), by=who, at=at(10, 21))
        assert ensure_outlet(card, by=who, at=at(10, 21)).holder == "新名"
        with pytest.raises(Refusal, match="不能再次停用"):
            end_limit(limit, date(2020, 12, 1), by=who, at=at(10, 21))
        return
    for act in (lambda: end_limit(limit, date(2020, 11, 1), by=who, at=at(10, 21)), lambda: ensure_outlet(card, by=who, at=at(10, 21))):
        with pytest.raises(Forbidden):
            act()


def test_a_limit_cannot_end_before_it_began(desk):
    with pytest.raises(Refusal, match="须晚于起始日期"):
        end_limit(desk.limit(desk.boiler), date(2020, 1, 1), by=None, at=at(10, 21))


def test_every_rule_leads_to_a_kind_and_a_level_there_is():
    assert len({rule.slug for rule in RULES}) == len(RULES)
    for rule in RULES:
        if rule.case_kind:
            assert find_kind(rule.case_kind).level(rule.level)
    assert {rule.case_kind for rule in RULES} - {""} == {kind.slug for kind in KINDS}
    assert rule_title("gone") == "gone"
    with pytest.raises(KeyError):
        find_rule("gone")


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"slug": "A"}, "not a slug"),
        ({"kinds": ()}, "no kind"),
        ({"silence": timedelta(hours=1)}, "silence"),
        ({"sort": Sort.OFFLINE}, "silence"),
        ({"case_kind": "x"}, "leads to a case"),
        ({"heals": False}, "never be done with"),
        ({"need": 3, "among": 2}, "no such rule"),
    ],
)
def test_a_rule_that_could_not_be_gone_by_is_refused(wrong, fault):
    right = {"slug": "ab", "title": "甲", "sort": Sort.OVER, "basis": "乙", "severity": Severity.MINOR, "kinds": ("dust",), "heals": True}
    AlarmRule(**right)
    with pytest.raises(ValueError, match=fault):
        AlarmRule(**right | wrong)
