"""Counts for an assessment: as of a day, each number with the orders that make it."""

from datetime import date

import pytest
from order_desk import WAY
from stage import at

from gongjian.supervision.actions.deepening import deepen
from gongjian.supervision.models import OrderState
from gongjian.supervision.queries.counted import OrderCount, orders_of

pytestmark = pytest.mark.django_db
OCTOBER = (date(2020, 10, 1), date(2020, 10, 31))


def counted(desk, on=date(2020, 10, 31), span=OCTOBER, department="城建局"):
    return orders_of(*span, on).get(desk.department(department).pk, OrderCount())


def test_without_orders_nobody_is_counted(desk):
    assert orders_of(*OCTOBER, date(2020, 10, 31)) == {}


def test_an_order_is_counted_as_it_stood_on_each_day(desk):
    """Issued on the 12th, due on the 19th; red on the 15th; answered late on the 20th, cleared on the 22nd."""
    order = desk.take(desk.issued(), "sign", at(10, 13))
    deepen(order, "red", "久拖不办", by=None, at=at(10, 15))
    desk.proven(order, moment=at(10, 20))
    for step, day in (("answer", 20), ("review", 21), ("clear", 22)):
        desk.take(order, step, at(10, day))
    of = (order.pk,)
    assert counted(desk, date(2020, 10, 11)) == OrderCount()
    assert counted(desk, date(2020, 10, 12)) == OrderCount(issued=of)
    assert counted(desk, date(2020, 10, 15)) == OrderCount(issued=of, red=of)
    assert counted(desk, date(2020, 10, 18)) == OrderCount(issued=of, red=of)
    assert counted(desk, date(2020, 10, 19)) == OrderCount(issued=of, red=of, overdue=of)
    assert counted(desk, date(2020, 10, 21)) == OrderCount(issued=of, red=of, overdue=of)  # answered late, still open
    assert counted(desk, date(2020, 10, 22)) == OrderCount(issued=of, red=of, cleared_late=of)


def test_an_answer_in_time_that_waits_for_review_is_not_the_department_s_delay(desk):
    order = desk.at_state("answered")
    assert counted(desk, date(2020, 12, 31)) == OrderCount(issued=(order.pk,))


def test_what_was_withdrawn_counts_until_it_was(desk):
    order = desk.issued()
    desk.take(order, "withdraw", at(10, 14))
    assert counted(desk, date(2020, 10, 13)).issued == (order.pk,)
    assert counted(desk, date(2020, 10, 14)) == OrderCount()


def test_the_period_is_that_of_issue_both_days_included_and_departments_are_told_apart(desk):
    first = desk.issued(at(10, 1, 0, 1), due_at=at(10, 8))
    last = desk.issued(at(10, 31, 23, 59), title="末日", due_at=at(11, 8))
    desk.issued(at(9, 30, 23, 59), title="早", due_at=at(10, 8))
    desk.issued(at(11, 1, 0, 1), title="晚", due_at=at(11, 8))
    other = desk.issued(title="他部门", department=desk.department("水务局"))
    assert counted(desk, date(2020, 11, 5)).issued == (first.pk, last.pk)
    assert counted(desk, department="水务局").issued == (other.pk,)


def test_several_steps_of_one_moment_are_read_in_their_order(desk):
    moment = at(10, 13)
    order = desk.issued(moment)
    desk.proven(desk.take(order, "sign", moment), moment=moment)
    for step in ("answer", "review", "clear"):
        desk.take(order, step, moment)
    assert counted(desk, date(2020, 10, 13)).cleared_in_time == (order.pk,)


def test_every_state_is_counted_and_every_number_is_among_those_issued(desk, django_assert_num_queries):
    made = {state.value: desk.at_state(state.value, title=state.label).pk for state in OrderState}
    city = desk.department().pk
    with django_assert_num_queries(1):
        found = orders_of(*OCTOBER, date(2020, 10, 31))[city]
    assert set(WAY) == set(made)
    assert set(found.issued) == {pk for state, pk in made.items() if state != "withdrawn"}
    assert set(found.overdue) == {made[state] for state in ("issued", "signed", "returned")}
    assert found.cleared_in_time == (made["cleared"],)
    assert set(found.red) | set(found.cleared_late) == set()
