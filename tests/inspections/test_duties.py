"""Duties: turns opened once whatever nights were missed, facts of any past day, events, changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import at

from gongjian.inspections.actions.keeping import Asked, change_duty, stop_duty
from gongjian.inspections.actions.opening import mark_overdue, note_event, open_turns
from gongjian.inspections.actions.reviewing import cancel
from gongjian.inspections.models import Duty, DutyTurn, Task, TaskOutcome
from gongjian.inspections.periods import turn_of
from gongjian.inspections.periods import turns as calendar_turns
from gongjian.inspections.queries.duties import standings, turns
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Dispatch
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

WHOLE = (date(2020, 1, 1), date(2020, 12, 31))
days = st.dates(date(2018, 1, 1), date(2023, 12, 31))


@given(st.sampled_from(["month", "quarter", "half", "year"]), days)
def test_every_day_lies_in_one_turn_and_the_next_begins_the_day_after(every, day):
    turn = turn_of(every, day)
    assert turn.first <= day <= turn.last
    assert turn_of(every, turn.last + timedelta(1)).first == turn.last + timedelta(1)
    assert turn.words()


@given(st.sampled_from(["month", "quarter", "half", "year"]), days, st.none() | days, days, days)
def test_turns_are_whole_and_within_the_duty(every, since, until, first, last):
    found = list(calendar_turns(every, since, until, first, last))
    assert found == sorted(set(found))
    assert all(first <= turn.first <= last and turn.last >= since and (until is None or turn.last < until) for turn in found)


@pytest.mark.django_db
def test_a_turn_is_opened_once_for_every_thing_however_often_the_timetable_comes(desk):
    for number in range(3):
        desk.firm(number)
    desk.duty()
    assert open_turns(at=at(4, 1)) == 3
    assert open_turns(at=at(4, 1, 11)) == 0
    assert Task.objects.count() == TaskOutcome.objects.count() == 3
    assert Dispatch.objects.filter(key__startswith="task.opened:").count() == 1
    assert DutyTurn.objects.get().things == 3


@pytest.mark.django_db
def test_missed_nights_are_made_up_for_with_the_things_as_they_were(desk):
    desk.firm(1)
    desk.firm(2, moment=at(5, 20))
    desk.duty()
    assert open_turns(at=at(6, 15)) == 1 + 1 + 2  # April and May knew one firm when they began, June two
    assert list(DutyTurn.objects.values_list("first", "things")) == [(date(2020, 4, 1), 1), (date(2020, 5, 1), 1), (date(2020, 6, 1), 2)]


@pytest.mark.django_db
def test_a_turn_is_known_as_it_stood_on_any_past_day(desk):
    desk.firm(1)
    desk.firm(2)
    desk.duty()
    open_turns(at=at(4, 1))
    one, two = Task.objects.order_by("id")
    desk.done(one, moment=at(4, 10))
    desk.done(two, moment=at(5, 5), seed=9)
    open_turns(at=at(5, 5))

    def seen(on):
        return [(turn.turn.first.month, turn.things, turn.done, turn.overdue, turn.missed_on(on)) for turn in turns("checks", *WHOLE, on)]

    assert seen(date(2020, 4, 5)) == [(4, 2, 0, 0, False)]
    assert seen(date(2020, 4, 30)) == [(4, 2, 1, 0, False)]
    assert seen(date(2020, 5, 1)) == [(4, 2, 1, 1, True), (5, 0, 0, 0, False)]
    assert seen(date(2020, 5, 5)) == [(4, 2, 2, 0, False), (5, 2, 0, 0, False)]
    assert seen(date(2020, 6, 2)) == [(4, 2, 2, 0, False), (5, 2, 0, 2, True), (6, 0, 0, 0, False)]
    assert turns("nobody", *WHOLE, date(2020, 5, 5)) == []


@pytest.mark.django_db
def test_a_turn_nobody_opened_is_still_missed(desk):
    desk.duty()
    standing = standings([("企业检查", "month")], [date(2020, 6, 10)])
    assert standing == {}
    Duty.objects.update(called="企业检查")
    (standing,) = standings([("企业检查", "month")], [date(2020, 6, 10)])["企业检查", "month"].values()
    assert (standing.expected, standing.done, standing.missed, standing.next_due, standing.total) == (3, 0, 2, date(2020, 6, 30), 9)


@pytest.mark.django_db
def test_a_turn_with_nothing_to_visit_or_all_taken_back_asks_for_nothing(desk):
    desk.duty(called="检查")
    open_turns(at=at(4, 1))  # no firm at all
    desk.firm(1)
    open_turns(at=at(5, 1))
    cancel(Task.objects.get(), "搬走", by=None, at=at(5, 2))
    (standing,) = standings([("检查", "month")], [date(2020, 6, 10)])["检查", "month"].values()
    assert (standing.expected, standing.missed, standing.total) == (1, 0, 7)


@pytest.mark.django_db
def test_it_takes_the_same_number_of_queries_for_one_duty_and_for_many_on_many_days(desk, django_assert_num_queries):
    for number in range(4):
        desk.duty(code=f"d{number}", called=f"事项{number}", ledger="")
    open_turns(at=at(8, 1))
    days_ = [date(2020, 8, 1) - timedelta(7 * week) for week in range(9)]
    with django_assert_num_queries(3):
        standings([(f"事项{number}", "month") for number in range(4)], days_)


@pytest.mark.django_db
def test_overdue_is_written_down_once_and_told_once_a_day(desk):
    found = desk.task()
    assert mark_overdue(at=at(4, 30)) == 0
    assert mark_overdue(at=at(5, 3)) == 1
    assert mark_overdue(at=at(5, 3, 12)) == 0
    row = TaskOutcome.objects.get(task=found, replaced_at=None)
    assert (row.in_time, row.done) == (False, False)
    assert Dispatch.objects.filter(key__startswith="task.overdue:").count() == 1
    desk.done(found, moment=at(5, 4))
    assert TaskOutcome.objects.get(task=found, replaced_at=None).in_time is False


@pytest.mark.django_db
def test_an_event_opens_its_tasks_once_and_is_expected_only_when_it_was_entered(desk):
    duty = desk.duty(every="event", called="预警检查", ledger="", places=["东街", "西街"], event_days=2)
    assert open_turns(at=at(4, 20)) == 0
    head = desk.user("tongchou")
    turn = note_event(duty, "黄色预警", date(2020, 4, 18), by=head, at=at(4, 20))
    assert note_event(duty, "黄色预警", date(2020, 4, 18), by=head, at=at(4, 21)) == turn
    assert list(Task.objects.values_list("label", "due_on")) == [("东街", date(2020, 4, 20)), ("西街", date(2020, 4, 20))]
    told = standings([("预警检查", "event")], [date(2020, 4, 19), date(2020, 4, 20), date(2020, 4, 21)])["预警检查", "event"]
    assert [(one.expected, one.missed, one.total) for one in told.values()] == [(0, 0, None), (1, 0, None), (1, 1, None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("event", "on", "words"),
    [("", date(2020, 4, 18), "写明事件"), ("预警", date(2020, 4, 22), "不晚于今天"), ("预警", date(2020, 3, 1), "履行期间")],
)
def test_an_event_that_cannot_be_is_refused(desk, event, on, words):
    with pytest.raises(Refusal, match=words):
        note_event(desk.duty(every="event", ledger=""), event, on, by=None, at=at(4, 20))


@pytest.mark.django_db
def test_a_duty_of_the_calendar_has_no_events(desk):
    with pytest.raises(Refusal, match="不按事件"):
        note_event(desk.duty(), "预警", date(2020, 4, 18), by=None, at=at(4, 20))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"code": "checks"}, "代码“checks”已被"),
        ({"code": "b", "called": "检查"}, "已由“企业检查”"),
        ({"code": "b", "every": "week"}, "选择周期"),
        ({"code": "b", "ledger": "nothing"}, "没有“nothing”这个台账"),
        ({"code": "b", "places": ["东街"]}, "只填一种"),
        ({"code": "b", "ledger": "", "places": ["东街", "东街"]}, "不能重复"),
        ({"code": "b", "checklist": "nothing"}, "没有“nothing”这份检查清单"),
        ({"code": "b", "lead_days": 61}, "提前天数"),
        ({"code": "b", "photos": 21}, "最多要求 20 份"),
    ],
)
def test_a_duty_that_could_not_be_done_is_refused(desk, said, words):
    desk.duty(called="检查")
    with pytest.raises(Refusal, match=words):
        desk.duty(**said)
    assert Duty.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["jiaotong", "jiancha", "lingdao", "chengjian-zhang"])
def test_duties_are_entered_by_the_office_and_by_heads_for_their_own(desk, name):
    with pytest.raises(Forbidden):
        desk.duty(by=desk.user(name))
    desk.duty(by=desk.user("tongchou"))
    desk.duty(code="own", department=desk.department("城建局"), by=desk.user("chengjian-zhang"))


def asked_of(duty, **said):
    names = list(Asked.__dataclass_fields__)
    return replace(Asked(**{name: getattr(duty, name) for name in names}), **said)


@pytest.mark.django_db
def test_a_change_is_for_the_turns_to_come_and_not_over_somebody_elses(desk):
    desk.firm()
    duty = desk.duty()
    open_turns(at=at(4, 1))
    change_duty(duty, asked_of(duty, title="企业专项检查", photos=2), version=1, by=desk.user("tongchou"), at=at(4, 2))
    open_turns(at=at(5, 1))
    assert list(Task.objects.order_by("id").values_list("photos", flat=True)) == [0, 2]
    with pytest.raises(Refusal, match="有了改动"):
        change_duty(duty, asked_of(duty), version=1, by=desk.user("tongchou"), at=at(4, 3))
    with pytest.raises(Refusal, match="不能更改"):
        change_duty(duty, asked_of(duty, every="year"), version=None, by=None, at=at(4, 3))


@pytest.mark.django_db
def test_a_stopped_duty_opens_no_more_turns_and_cannot_be_stopped_into_the_past(desk):
    desk.firm()
    duty = desk.duty()
    with pytest.raises(Refusal, match="过去的履职不能抹去"):
        stop_duty(duty, date(2020, 4, 15), by=None, at=at(5, 2))
    stop_duty(duty, date(2020, 6, 1), by=desk.user("tongchou"), at=at(5, 2))
    open_turns(at=at(8, 1))
    assert list(DutyTurn.objects.values_list("first", flat=True)) == [date(2020, 4, 1), date(2020, 5, 1)]
    with pytest.raises(Refusal, match="已定于"):
        stop_duty(duty, date(2020, 7, 1), by=None, at=at(5, 2))
    assert Event.objects.filter(verb="duty.stopped").count() == 1
