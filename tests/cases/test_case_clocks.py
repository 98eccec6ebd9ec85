"""Deadlines of cases: where they begin, what stops them, who moves them, and what is late."""

from datetime import date

import pytest
from stage import at

from gongjian.cases.actions.postponing import answer_for_time, ask_for_time
from gongjian.cases.actions.waking import wake
from gongjian.cases.models import Case, CaseStep, Postponement
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden

pytestmark = pytest.mark.django_db


def test_each_state_has_its_own_clock_and_the_calendar_is_the_office_s(desk):
    """12 October 2020 is a Monday; five working days end on the 19th."""
    case = desk.found(at(10, 12, 9))
    assert case.due_at == at(10, 12, 14, 30)  # four working hours over noon
    case = desk.take(case, "hand_over", at(10, 12, 10))
    assert case.due_at == at(10, 12, 15, 30)
    case = desk.take(case, "sign", at(10, 12, 11))
    assert case.due_at == at(10, 19, 18)
    case = desk.take(case, "begin", at(10, 13, 9))
    assert case.due_at == at(10, 19, 18)  # the same clock goes on
    case = desk.take(case, "feed_back", at(10, 14, 9))
    assert case.due_at == at(10, 16, 18)
    assert not case.late


def test_a_week_of_national_day_does_not_count(desk):
    case = desk.take(desk.found(at(9, 30, 17)), "hand_over", at(9, 30, 17))
    assert case.due_at == at(10, 9, 12)


def test_dealing_with_it_anew_starts_the_clock_anew(desk):
    case = desk.at_state("fed_back", at(10, 12, 9))
    case = desk.take(case, "reject", at(10, 14, 9))
    assert case.due_at == at(10, 21, 18)


def test_a_step_after_its_time_marks_the_case_and_the_step(desk):
    case = desk.take(desk.found(at(10, 12, 9)), "hand_over", at(10, 12, 15))
    assert case.late
    assert list(CaseStep.objects.filter(case=case).values_list("late", flat=True)) == [False, True]


def test_a_level_without_a_clock_has_none(desk):
    case = desk.at_state("fed_back")
    Case.objects.filter(pk=case.pk).update(kind="truck", level="urgent")
    case = desk.take(Case.objects.get(pk=case.pk), "verify")
    assert case.due_at is None


def test_while_suspended_no_clock_runs_and_afterwards_as_much_time_is_left(desk):
    """Due on the 19th, paused on the 14th with three working days left, resumed on the 26th."""
    case = desk.take(desk.at_state("handling", at(10, 12, 9)), "suspend", at(10, 14, 9))
    assert (case.due_at, case.suspended_until) == (None, date(2020, 10, 24))
    case = desk.take(case, "resume", at(10, 26, 9))
    assert (case.due_at, case.suspended_until, case.state) == (at(10, 29, 18), None, "handling")
    assert not case.late


def test_the_pause_ends_by_itself_on_its_day_and_only_once(desk):
    case = desk.take(desk.at_state("handling", at(10, 12, 9)), "suspend", at(10, 14, 9), until=date(2020, 10, 24))
    assert wake(at=at(10, 23, 1)) == 0
    assert wake(at=at(10, 24, 1)) == 1
    assert wake(at=at(10, 24, 2)) == 0
    step = CaseStep.objects.filter(case=case).last()
    assert (step.step, step.by_label, step.text) == ("resume", "系统", "挂起期满，自动恢复办理")


@pytest.mark.parametrize("until", [date(2020, 10, 13), date(2020, 10, 12), date(2022, 1, 1)])
def test_a_pause_that_ends_in_the_past_or_never_is_refused(desk, until):
    case = desk.at_state("handling")
    with pytest.raises(Refusal, match="须在明天之后、一年之内"):
        desk.take(case, "suspend", at(10, 13), until=until)


def asked(desk, case, wanted, moment, by="chengjian"):
    return ask_for_time(case, wanted, "等待材料到货", by=desk.town.user(by), at=moment)


def test_a_deadline_moves_only_when_somebody_else_grants_it(desk, town):
    case = desk.at_state("handling", at(10, 12, 9))
    request = asked(desk, case, at(10, 26, 18), at(10, 15))
    assert Case.objects.get(pk=case.pk).due_at == at(10, 19, 18)
    with pytest.raises(Forbidden):
        answer_for_time(request, True, "", by=town.user("chengjian-zhang"), at=at(10, 15))
    moved = answer_for_time(request, True, "同意", by=town.user("tongchou"), at=at(10, 16))
    assert moved.due_at == at(10, 26, 18)
    with pytest.raises(Refusal, match="已由统筹办批复"):
        answer_for_time(request, False, "迟了", by=town.user("jiancha"), at=at(10, 16))


def test_nobody_answers_their_own_request(desk, town):
    """Where the department found the problem itself, its head could do both."""
    own = desk.at_state("handling", at(10, 12, 9), origin=desk.department("水务局"))
    own = desk.take(own, "reroute", at(10, 12, 9))
    own = desk.take(own, "sign", at(10, 12, 9))
    from gongjian.people import actions as people
    from gongjian.people.roles import Role

    people.give_post(town.user("shuiwu"), Role.HEAD, desk.department("水务局"), by=None, at=at(10, 12))
    request = asked(desk, own, at(10, 26, 18), at(10, 15), by="shuiwu")
    with pytest.raises(Forbidden, match="不能批复自己的申请"):
        answer_for_time(request, True, "", by=town.user("shuiwu"), at=at(10, 15))


def test_a_refused_request_needs_a_reason_and_moves_nothing(desk, town):
    case = desk.at_state("handling", at(10, 12, 9))
    request = asked(desk, case, at(10, 26, 18), at(10, 15))
    with pytest.raises(Refusal, match="不同意的理由"):
        answer_for_time(request, False, " ", by=town.user("tongchou"), at=at(10, 15))
    assert answer_for_time(request, False, "工期充足", by=town.user("tongchou"), at=at(10, 15)).due_at == at(10, 19, 18)


@pytest.mark.parametrize("wanted", [at(10, 14), at(10, 19, 18), at(9, 1)])
def test_a_deadline_in_the_past_or_before_the_old_one_is_refused(desk, wanted):
    case = desk.at_state("handling", at(10, 12, 9))
    with pytest.raises(Refusal, match="须晚于现在和原时限（2020-10-19 18:00）"):
        asked(desk, case, wanted, at(10, 15))


def test_one_request_waits_at_a_time_and_lapses_with_its_state(desk):
    case = desk.at_state("handling", at(10, 12, 9))
    request = asked(desk, case, at(10, 26, 18), at(10, 15))
    with pytest.raises(Refusal, match="已有一份延期申请"):
        asked(desk, case, at(10, 27, 18), at(10, 15))
    desk.take(case, "feed_back", at(10, 16))
    request = Postponement.objects.get(pk=request.pk)
    assert (request.granted, request.answer, request.answered_by) == (False, "该环节已经办结，申请自动失效", "系统")


def test_time_is_asked_for_only_by_those_whose_clock_runs(desk):
    with pytest.raises(Refusal, match="没有由您部门承担的时限"):
        asked(desk, desk.at_state("fed_back"), at(10, 26, 18), at(10, 13))
    with pytest.raises(Forbidden):
        asked(desk, desk.at_state("handling"), at(10, 26, 18), at(10, 13), by="jiaotong")
