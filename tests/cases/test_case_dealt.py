"""What a department did with its cases in a term, as it was known by the end of a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stage import at

from gongjian.cases.queries.dealt import dealt_with

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2020, 9, 1), date(2020, 9, 30)
AFTER = ("sign", "begin", "feed_back", "verify", "close")


def told(on=LAST, first=FIRST, last=LAST):
    """What is said of each case: of whom, and how it is."""
    return [(one.case, one.department, _how(one)) for one in dealt_with(first, last, on)]


def _how(one):
    if one.reopened_on:
        return "reopened"
    if one.closed_on:
        return "late" if one.late else "closed"
    return "overdue"


@pytest.fixture
def mine(desk):
    """The key of 城建局, to whom cases are handed over here."""
    return desk.department("城建局").pk


def test_a_case_closed_in_time_is_closed_by_the_department_that_dealt_with_it(desk, mine):
    case = desk.at_state("closed", at(9, 10))
    assert told() == [(case.pk, mine, "closed")]
    assert told(first=date(2020, 10, 1), last=date(2020, 10, 31), on=date(2020, 10, 31)) == []


def test_only_its_own_late_steps_make_a_department_late(desk, mine):
    others = desk.take(desk.found(at(9, 1)), "hand_over", at(9, 21))  # long after its time, but that was who found it
    for step in AFTER:
        others = desk.take(others, step, at(9, 21, 11))
    own = desk.take(desk.found(at(9, 1)), "hand_over", at(9, 1))
    for step in AFTER:
        own = desk.take(own, step, at(9, 25))
    assert others.late
    assert told() == [(others.pk, mine, "closed"), (own.pk, mine, "late")]


def test_a_step_that_hands_a_case_on_late_does_not_make_the_next_department_late(desk):
    case = desk.take(desk.found(at(9, 1)), "hand_over", at(9, 1))
    case = desk.take(case, "reroute", at(9, 20))
    for step in AFTER:
        case = desk.take(case, step, at(9, 20, 11))
    assert told() == [(case.pk, desk.department("水务局").pk, "closed")]


def test_an_open_case_is_overdue_only_in_the_departments_own_hands(desk, mine):
    waiting = desk.at_state("handed_over", at(9, 1))
    for state in ("found", "fed_back", "verified", "suspended", "dismissed"):
        desk.at_state(state, at(9, 1))
    desk.at_state("handed_over", at(9, 30, 16))  # its time is not over by the end of the day
    assert told() == [(waiting.pk, mine, "overdue")]


def test_what_was_overdue_then_stays_so_in_the_hands_it_was_in_then(desk, mine):
    case = desk.at_state("handed_over", at(9, 1))
    desk.take(case, "reroute", at(10, 5))  # to 水务局
    assert told() == [(case.pk, mine, "overdue")]
    assert told(on=date(2020, 10, 20)) == [(case.pk, desk.department("水务局").pk, "overdue")]


def test_a_case_opened_again_in_the_term_is_no_longer_closed_in_it(desk, mine):
    case = desk.at_state("closed", at(9, 2))
    desk.take(case, "reopen", at(9, 30, 17))
    assert told() == [(case.pk, mine, "reopened")]
    assert told(on=date(2020, 9, 29)) == [(case.pk, mine, "closed")]


def test_a_case_opened_again_and_closed_again_is_both_and_late_only_for_what_came_after(desk, mine):
    case = desk.take(desk.found(at(9, 1)), "hand_over", at(9, 1))
    for step in AFTER:
        case = desk.take(case, step, at(9, 20))  # late the first time
    case = desk.take(case, "reopen", at(9, 21))
    for step in AFTER:
        case = desk.take(case, step, at(9, 21, 11))
    assert told() == [(case.pk, mine, "closed"), (case.pk, mine, "reopened")]


def test_a_case_opened_again_after_the_term_was_closed_in_it(desk, mine):
    case = desk.take(desk.at_state("closed", at(9, 2)), "reopen", at(10, 8))
    assert told() == [(case.pk, mine, "closed")]


def test_it_asks_as_often_for_many_cases_as_for_one(desk):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            dealt_with(FIRST, LAST, LAST)
        return len(queries)

    for state in ("closed", "handed_over"):
        desk.at_state(state, at(9, 2))
    few = asked()
    for _ in range(4):
        desk.at_state("closed", at(9, 3))
        desk.at_state("handed_over", at(9, 3))
    assert asked() == few <= 9
