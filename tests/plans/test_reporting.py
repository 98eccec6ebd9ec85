"""The monthly report's way, by whom, when, and who hears of it."""

from dataclasses import replace
from datetime import date

import pytest
import stage
from django.db import transaction
from stage import at

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.notices import couriers
from gongjian.notices.actions import deliver_waiting
from gongjian.notices.channels import Channel
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.models import Delivery, Dispatch
from gongjian.people import actions as people
from gongjian.people.permissions import Forbidden
from gongjian.plans.actions import reporting
from gongjian.plans.flow import REPORT
from gongjian.plans.models import Report, ReportStep
from gongjian.plans.models.performance import ReportState
from gongjian.plans.queries.reports import due_days
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
SAID = reporting.Account("on_course", "检查三十处。", "人手不足", "继续推进")
LEADERS = {"chengjian", "chengjian-zhang"}  # of A1.2, led by 城建局
OFFICE = {"tongchou"}
EVERYBODY = [*stage.PEOPLE, "xinren", None]


def test_the_whole_way_is_kept_step_by_step_with_what_it_said_then(town):
    """Written, handed in, recalled, handed in, returned, bettered, handed in, accepted, returned after all."""
    town.submitted("A1.2", 4, "chengjian", at(5, 6))
    reporting.recall(town.report("A1.2", 4), by=town.user("chengjian"), at=at(5, 6, 11))
    town.submitted("A1.2", 4, "chengjian", at(5, 6, 12), progress="检查三十一处。")
    reporting.send_back(town.report("A1.2", 4), "  缺少数量 ", by=town.user("tongchou"), at=at(5, 7))
    town.submitted("A1.2", 4, "chengjian-zhang", at(5, 8), standing="behind", progress="检查三十二处。")
    reporting.accept(town.report("A1.2", 4), by=town.user("tongchou"), at=at(5, 9))
    reporting.send_back(town.report("A1.2", 4), "与台账不符", by=town.user("tongchou"), at=at(5, 10))
    told = [(s.step, s.state, s.standing, s.content["progress"], s.reason) for s in ReportStep.objects.all()]
    assert told == [
        ("submit", "submitted", "on_course", "检查三十处。", ""),
        ("recall", "draft", "on_course", "检查三十处。", ""),
        ("submit", "submitted", "on_course", "检查三十一处。", ""),
        ("return", "returned", "on_course", "检查三十一处。", "缺少数量"),
        ("submit", "submitted", "behind", "检查三十二处。", ""),
        ("accept", "accepted", "behind", "检查三十二处。", ""),
        ("return", "returned", "behind", "检查三十二处。", "与台账不符"),
    ]
    events = list(Event.objects.filter(verb__startswith="report.").exclude(verb="report.write"))
    assert [event.verb for event in events] == [f"report.{step[0]}" for step in told]
    assert events[3].before == {"month": "2020-04", "state": "submitted"}
    assert events[3].after["state"] == "returned"
    assert (events[3].note, events[3].actor_label, events[3].subject_label) == ("缺少数量", "统筹办", "A1.2")


def _reach(town, state):
    """A report of April in that state, None for one that is not written."""
    makers = {
        "draft": lambda: town.written("A1.2", 4, "chengjian", at(5, 6)),
        "submitted": lambda: town.submitted("A1.2", 4, "chengjian", at(5, 6)),
        "returned": lambda: town.returned("A1.2", 4, "chengjian", at(5, 6)),
        "accepted": lambda: town.accepted("A1.2", 4, "chengjian", at(5, 6)),
    }
    return makers[state]() if state else None


def _act(town, action, by):
    who = {"by": town.user(by), "at": at(5, 8)}
    if action == "write":
        seen = Report.objects.filter(measure=town.measure("A1.2")).first()
        return reporting.write(town.measure("A1.2"), Month(2020, 4), SAID, version=seen.version if seen else None, **who)
    if action == "return":
        return reporting.send_back(town.report("A1.2", 4), "缺少数量", **who)
    return getattr(reporting, action)(town.report("A1.2", 4), **who)


TABLE = [  # action, the state it starts from, where it leads, who may
    ("write", None, "draft", LEADERS),
    ("submit", "draft", "submitted", LEADERS),
    ("recall", "submitted", "draft", LEADERS),
    ("accept", "submitted", "accepted", OFFICE),
    ("return", "submitted", "returned", OFFICE),
    ("return", "accepted", "returned", OFFICE),
    ("write", "returned", "returned", LEADERS),
    ("submit", "returned", "submitted", LEADERS),
]


@pytest.mark.parametrize("person", EVERYBODY)
@pytest.mark.parametrize(("action", "state", "then", "allowed"), TABLE, ids=lambda value: value if isinstance(value, str) else "")
def test_who_may_take_each_step(town, action, state, then, allowed, person):
    """Only the lead department writes, only the coordinating office reviews; for everybody else nothing moves."""
    _reach(town, state)
    before = list(Report.objects.values()), ReportStep.objects.count(), Event.objects.count()
    if person in allowed:
        _act(town, action, person)
        assert town.report("A1.2", 4).state == then
        return
    with pytest.raises(Forbidden) as refused:
        _act(town, action, person)
    assert str(refused.value).endswith("。")
    assert (list(Report.objects.values()), ReportStep.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "accepted"])
@pytest.mark.parametrize("action", ["write", "submit", "recall", "accept", "return"])
def test_no_step_is_taken_from_a_state_it_does_not_leave(town, state, action):
    """Whoever would be allowed gets a sentence that names the present state, and nothing changes."""
    open_steps = {step.name for step in REPORT.open_from(ReportState(state))}
    if action in open_steps or (action == "write" and "submit" in open_steps):
        return
    _reach(town, state)
    before = list(Report.objects.values()), ReportStep.objects.count()
    by = "tongchou" if action in ("accept", "return") else "chengjian"
    with pytest.raises(Refusal, match=str(ReportState(state).label)):
        _act(town, action, by)
    assert (list(Report.objects.values()), ReportStep.objects.count()) == before


def test_an_assisting_department_is_told_that_it_does_not_lead(town):
    with pytest.raises(Forbidden, match="这一项不归您所在的部门"):
        town.written("A1.1", 4, "gongan", at(5, 6))


def test_any_of_several_lead_departments_writes_in_its_own_name(town):
    assert town.written("A2.1", 4, "jiedao", at(5, 6)).department.name == "滨河街道"
    assert town.written("A2.1", 5, "chengjian", at(6, 3)).department.name == "城建局"


def test_the_departments_a_collective_name_stands_for_write_for_it(town):
    assert town.written("A2.2", 4, "gongan", at(5, 6)).department.name == "公安分局"
    with pytest.raises(Forbidden):
        town.written("A2.2", 5, "jiaotong", at(6, 3))


def test_a_person_whose_post_has_ended_writes_no_more(town):
    person = town.user("chengjian")
    people.end_post(person.posts.get(), until=date(2020, 5, 1), by=None, at=at(5, 1))
    with pytest.raises(Forbidden):
        town.written("A1.2", 4, "chengjian", at(5, 6))


def test_two_posts_at_different_times_write_for_the_department_of_the_time(town):
    """Moved from the street to the city bureau in June: what is entered in May is the street's."""
    person = town.user("jiedao")
    people.end_post(person.posts.get(), until=date(2020, 6, 1), by=None, at=at(6, 1))
    bureau = town.user("chengjian").posts.get().department
    people.give_post(person, "officer", bureau, since=date(2020, 6, 1), by=None, at=at(6, 1))
    assert town.written("A2.1", 4, "jiedao", at(5, 31)).department.name == "滨河街道"
    assert town.written("A2.1", 5, "jiedao", at(6, 2)).department.name == "城建局"


def test_a_stale_version_is_refused_and_nothing_is_lost(town):
    """Two people have one draft open: the second is told, and the first one's words stand."""
    seen = town.written("A1.2", 4, "chengjian", at(5, 6)).version
    measure, month = town.measure("A1.2"), Month(2020, 4)
    first, second = replace(SAID, progress="先到。"), replace(SAID, progress="后到。")
    reporting.write(measure, month, first, by=town.user("chengjian"), at=at(5, 6, 11), version=seen)
    with pytest.raises(Refusal, match="您写的内容没有保存"):
        reporting.write(measure, month, second, by=town.user("chengjian-zhang"), at=at(5, 6, 12), version=seen)
    assert town.report("A1.2", 4).progress == "先到。"


def test_a_second_new_report_of_one_month_is_stale(town):
    town.written("A1.2", 4, "chengjian", at(5, 6))
    with pytest.raises(Refusal, match="已被别人修改过"):
        reporting.write(town.measure("A1.2"), Month(2020, 4), SAID, by=town.user("chengjian-zhang"), at=at(5, 6), version=None)


def test_a_step_makes_a_version_that_was_seen_before_it_stale(town):
    seen = town.submitted("A1.2", 4, "chengjian", at(5, 6)).version
    reporting.send_back(town.report("A1.2", 4), "缺数", by=town.user("tongchou"), at=at(5, 7))
    with pytest.raises(Refusal, match="已被别人修改过"):
        reporting.write(town.measure("A1.2"), Month(2020, 4), SAID, by=town.user("chengjian"), at=at(5, 8), version=seen)


@pytest.mark.parametrize(
    ("month", "moment"),
    [
        (Month(2020, 6), at(5, 31, 23, 59)),  # not yet begun
        (Month(2020, 3), at(5, 6)),  # the month of issue
        (Month(2019, 12), at(5, 6)),  # before the plan
        (Month(2021, 1), at(2, 3, year=2021)),  # after its year
    ],
)
def test_only_the_months_of_the_plan_that_have_begun_are_reported(town, month, moment):
    with pytest.raises(Refusal, match=f"不能填报 {month}"):
        reporting.write(town.measure("A1.2"), month, SAID, by=town.user("chengjian"), at=moment)
    assert not Report.objects.exists()


def test_the_first_and_the_last_month_of_the_plan_are_reported(town):
    assert town.written("A1.2", 4, "chengjian", at(4, 1, 0)).month == date(2020, 4, 1)
    assert town.written("A1.2", 12, "chengjian", at(1, 4, year=2021)).month == date(2020, 12, 1)


@pytest.mark.parametrize("field", ["progress", "difficulties", "next_steps"])
def test_a_text_that_is_too_long_is_refused_by_its_title(town, field):
    title = {"progress": "本月进展", "difficulties": "困难与问题", "next_steps": "下步安排"}[field]
    long = replace(SAID, **{field: "长" * (reporting.LONGEST + 1)})
    with pytest.raises(Refusal, match=f"“{title}”有 4001 个字，最多 4000 个字"):
        reporting.write(town.measure("A1.2"), Month(2020, 4), long, by=town.user("chengjian"), at=at(5, 6))
    assert not Report.objects.exists()


def test_an_unknown_judgement_is_refused(town):
    with pytest.raises(Refusal, match="“自评”"):
        reporting.write(town.measure("A1.2"), Month(2020, 4), replace(SAID, standing="splendid"), by=town.user("chengjian"), at=at(5, 6))


@pytest.mark.parametrize("progress", ["", "  \n　"])
def test_a_report_without_progress_is_not_handed_in_and_its_draft_is_not_kept_either(town, progress):
    """Written and handed in at once: both or neither."""
    with pytest.raises(Refusal, match="还缺：本月进展"):
        reporting.write_and_submit(
            town.measure("A1.2"), Month(2020, 4), replace(SAID, progress=progress), by=town.user("chengjian"), at=at(5, 6)
        )
    assert not Report.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n　"])
def test_a_return_needs_a_reason(town, reason):
    town.submitted("A1.2", 4, "chengjian", at(5, 6))
    with pytest.raises(Refusal, match="还缺：退回理由"):
        reporting.send_back(town.report("A1.2", 4), reason, by=town.user("tongchou"), at=at(5, 7))
    assert town.report("A1.2", 4).state == "submitted"


def test_reports_are_due_on_the_third_working_day_of_the_next_month(town):
    """Not counting the days off: Labour Day 2020 (1 to 5 May), National Day (1 to 8 October), with the Saturdays worked for them."""
    due = due_days(town.programme)
    assert list(due) == [Month(2020, month) for month in range(4, 13)]
    assert (due[Month(2020, 4)], due[Month(2020, 9)]) == (date(2020, 5, 8), date(2020, 10, 12))
    assert due[Month(2020, 12)] == date(2021, 1, 6)


@pytest.fixture
def courier(monkeypatch):
    in_use = {Channel.CONSOLE: Memory()}
    monkeypatch.setattr(couriers, "current", lambda: in_use)
    return in_use[Channel.CONSOLE]


def told():
    """Who has what in their inbox."""
    return [(one.user.username, one.dispatch.notice()) for one in Delivery.objects.filter(channel="inbox").order_by("pk")]


@pytest.mark.parametrize("outcome", ["accept", "return"])
def test_the_people_of_the_lead_department_hear_once_what_became_of_it(town, courier, outcome):
    """Officer and head of 城建局, nobody else: one notice in each inbox that leads to the report, and one letter by the courier."""
    town.submitted("A1.2", 4, "chengjian", at(5, 6))
    _act(town, outcome, "tongchou")
    (notice,) = {notice for _, notice in told()}
    assert {name for name, _ in told()} == LEADERS
    assert set(notice.to) == {town.user(name).pk for name in LEADERS}
    assert notice.title == "A1.2 2020年4月月报" + ("已采用" if outcome == "accept" else "已退回：缺少数量")
    assert notice.link == f"/measure/{town.measure('A1.2').pk}/report/2020-04/"
    assert deliver_waiting(now=lambda: at(5, 8)) == len(LEADERS)
    assert [(letter.title, len(letter.readers)) for letter in courier.delivered] == [(notice.title, len(LEADERS))]


def test_every_return_is_told_anew(town, courier):
    for day in (6, 7):
        town.submitted("A1.2", 4, "chengjian", at(5, day))
        reporting.send_back(town.report("A1.2", 4), "缺少数量", by=town.user("tongchou"), at=at(5, day, 12))
    deliver_waiting(now=lambda: at(5, 8))
    assert len(courier.delivered) == 2


@pytest.mark.parametrize("action", ["submit", "recall"])
def test_the_departments_own_steps_send_nothing(town, courier, action):
    _reach(town, "draft" if action == "submit" else "submitted")
    _act(town, action, "chengjian")
    assert not Dispatch.objects.exists()
    assert deliver_waiting(now=lambda: at(5, 8)) == 0


class BrokenError(Exception):
    """Something went wrong after the step."""


def test_a_return_that_is_rolled_back_tells_nobody(town, courier):
    town.submitted("A1.2", 4, "chengjian", at(5, 6))

    def fail():
        with transaction.atomic():
            _act(town, "return", "tongchou")
            raise BrokenError

    with pytest.raises(BrokenError):
        fail()
    assert deliver_waiting(now=lambda: at(5, 8)) == 0
    assert courier.delivered == []
    assert not Dispatch.objects.exists()
    assert town.report("A1.2", 4).state == "submitted"
