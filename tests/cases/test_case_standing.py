"""How cases stood on past days, as known by each; checked against the whole history told again day by day."""

from datetime import date, timedelta
from random import Random

import pytest
from stage import at

from gongjian.cases.actions.postponing import answer_for_time, ask_for_time
from gongjian.cases.flow import LOOP
from gongjian.cases.models import OPEN, Case, State
from gongjian.cases.queries.standing import Standing, standings
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.trail.office_day import end_of

pytestmark = pytest.mark.django_db
DAY = timedelta(1)


def on(month, day):
    return date(2020, month, day)


def test_a_case_is_open_then_overdue_then_closed_each_from_its_day(desk):
    case = desk.take(desk.take(desk.found(at(10, 12, 9)), "hand_over", at(10, 12, 9)), "sign", at(10, 12, 9))
    desk.take(case, "feed_back", at(10, 22, 9))
    for step, day in (("verify", 23), ("close", 23)):
        case = desk.take(case, step, at(10, day, 10))
    found = standings(["plain"], [on(10, 11), on(10, 12), on(10, 19), on(10, 21), on(10, 22), on(10, 23)])["plain"]
    assert found == {
        on(10, 11): Standing(0, 0, 0),
        on(10, 12): Standing(1, 0, 0),
        on(10, 19): Standing(1, 1, 0),  # due at six in the evening of that day
        on(10, 21): Standing(1, 1, 0),
        on(10, 22): Standing(1, 0, 0),
        on(10, 23): Standing(0, 0, 1),
    }
    assert standings(["plain"], [on(10, 23)], since=on(10, 24))["plain"][on(10, 23)].closed == 0


def test_what_was_overdue_stays_overdue_on_that_day_although_time_was_granted_later(desk, town):
    case = desk.at_state("handling", at(10, 12, 9))
    request = ask_for_time(case, at(10, 30, 18), "等待材料", by=town.user("chengjian"), at=at(10, 20))
    answer_for_time(request, True, "", by=town.user("tongchou"), at=at(10, 21))
    found = standings(["plain"], [on(10, 20), on(10, 21), on(10, 30)])["plain"]
    assert [found[day].overdue for day in sorted(found)] == [1, 0, 1]


def test_many_kinds_and_days_cost_the_same_three_queries(desk, django_assert_num_queries):
    desk.at_state("closed")
    with django_assert_num_queries(3):
        standings(["plain", "truck", "other"], [on(10, 1) + DAY * number for number in range(30)])
    with django_assert_num_queries(6):
        assert len(standings(["plain"], [on(1, 1) + DAY * number for number in range(61)])["plain"]) == 61


def test_a_kind_without_cases_stands_at_nothing(desk):
    assert standings(["truck"], [on(10, 1)]) == {"truck": {on(10, 1): Standing()}}


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_looking_at_every_case_at_the_end_of_every_day(desk, seed):
    """A random month: whatever the flow allows is done at random moments, and each evening the cases are counted as they stand."""
    rng = Random(seed)  # noqa: S311 - the same month each time
    seen, cases = {}, []
    for number in range(25):
        day = on(10, 1) + DAY * number
        moment = at(10, day.day, 8)
        for minute in sorted(rng.sample(range(600), 5)):
            moment = at(10, day.day, 8) + timedelta(minutes=minute)
            if not cases or rng.random() < 0.3:
                cases.append(desk.found(moment))
                continue
            case = Case.objects.get(pk=rng.choice(cases).pk)
            steps = LOOP.open_from(State(case.state))
            if not steps:
                continue
            try:
                desk.take(case, rng.choice(steps).name, moment)
            except (NotAllowed, Refusal):
                continue
            cases = list(Case.objects.all())
        rows = list(Case.objects.values_list("state", "due_at", "found_at"))
        seen[day] = Standing(
            sum(state in OPEN for state, _, _ in rows),
            sum(state in OPEN and due is not None and due < end_of(day) for state, due, _ in rows),
            sum(state == "closed" for state, _, _ in rows),
        )
    assert max(one.closed for one in seen.values()) + max(one.overdue for one in seen.values()) > 0
    assert standings(["plain"], list(seen))["plain"] == seen
