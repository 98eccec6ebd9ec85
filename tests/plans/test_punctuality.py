"""Who reported in time, late or not at all, as of any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import at

from gongjian.kernel.months import Month
from gongjian.people.models import Department
from gongjian.plans.actions import reporting
from gongjian.plans.facts import ReportState, Standing
from gongjian.plans.queries.reports import owings, punctuality
from gongjian.plans.timeliness import Taken, handing

DUE = date(2020, 10, 13)
APRIL, LAST = Month(2020, 4), date(2020, 12, 31)


def taken(*steps):
    return [Taken(DUE + timedelta(days), ReportState(state), Standing.ON_COURSE) for days, state in steps]


@pytest.mark.parametrize(
    ("steps", "on", "since"),
    [
        ((), 9, None),
        (((0, "submitted"),), 9, 0),
        (((1, "submitted"),), 9, 1),
        (((1, "submitted"),), 0, None),
        (((-1, "submitted"), (0, "returned"), (4, "submitted")), 9, -1),
        (((-2, "submitted"), (-1, "draft")), 9, None),
        (((-2, "submitted"), (-1, "draft"), (3, "submitted")), 9, 3),
        (((-2, "submitted"), (2, "draft")), 9, None),
        (((-2, "submitted"), (2, "draft"), (3, "submitted")), 9, -2),
        (((2, "submitted"), (3, "draft"), (5, "submitted")), 9, 5),
    ],
)
def test_a_report_counts_from_when_it_was_handed_in_and_not_taken_back(steps, on, since):
    found = handing(taken(*steps), DUE, DUE + timedelta(on)).since
    assert found == (None if since is None else DUE + timedelta(since))


STEPS = st.lists(st.tuples(st.integers(-5, 9), st.sampled_from(["submitted", "draft", "returned", "accepted"])), max_size=8).map(sorted)


@given(STEPS, st.integers(-6, 10), st.integers(-6, 10))
def test_what_came_later_changes_no_past_day(steps, day, later):
    on = DUE + timedelta(min(day, later))
    known = [step for step in taken(*steps) if step.on <= DUE + timedelta(max(day, later))]
    assert handing(known, DUE, on) == handing(taken(*steps), DUE, on)


@given(STEPS)
def test_in_time_on_any_later_day_means_it_stood_handed_in_when_the_due_day_was_over(steps):
    at_due, now = handing(taken(*steps), DUE, DUE), handing(taken(*steps), DUE, DUE + timedelta(30))
    if now.since is not None:
        assert (now.since <= DUE) == (at_due.since is not None)


@pytest.fixture
def reported(town):
    """April, due on 8 May: one in time, one late, one taken back, one not begun."""
    town.submitted("A1.1", 4, "jiaotong", at(5, 8, 23))
    town.submitted("W1.1", 4, "shuiwu", at(5, 11))
    reporting.recall(town.submitted("A1.2", 4, "chengjian", at(5, 7)), by=town.user("chengjian"), at=at(5, 9))
    return town


def of(name, first=date(2020, 5, 1), last=date(2020, 5, 31), on=LAST):
    return punctuality(first, last, on).get(Department.objects.get(name=name).pk)


@pytest.mark.django_db
def test_each_department_answers_for_what_it_leads_first(reported):
    keys = {name: (reported.measure(name).pk, APRIL) for name in ("A1.1", "A1.2", "A2.1", "A2.2", "W1.1", "W1.2")}
    assert of("交通局").in_time == (keys["A1.1"],)
    assert (of("水务局").late, of("水务局").missing) == ((keys["W1.1"],), (keys["A2.2"], keys["W1.2"]))
    assert of("城建局").missing == (keys["A1.2"], keys["A2.1"])
    assert of("公安分局").missing == (keys["A2.2"],)  # a collective name: each of its departments
    assert of("滨河街道") is None  # the second-named lead
    assert set(of("水务局").due) == {keys["W1.1"], keys["A2.2"], keys["W1.2"]}


@pytest.mark.django_db
def test_as_of_a_day_what_had_not_happened_does_not_count(reported):
    assert of("水务局", on=date(2020, 5, 8)) is None  # still in time through the due day
    assert len(of("水务局", on=date(2020, 5, 9)).missing) == 3
    assert of("城建局", on=date(2020, 5, 8)).in_time == ((reported.measure("A1.2").pk, APRIL),)
    assert of("城建局", first=date(2020, 5, 9), last=date(2020, 5, 31)) is None


@pytest.mark.django_db
def test_nothing_is_owed_after_an_accepted_done(town):
    town.accepted("A1.2", 4, "chengjian", at(5, 7), standing="done")
    measure = town.measure("A1.2").pk
    assert [one.measure for one in owings(town.programme, [APRIL.next()], LAST)].count(measure) == 0
    assert (measure, APRIL.next()) not in of("城建局", first=date(2020, 5, 1), last=date(2020, 8, 1)).due
    town.submitted("A1.2", 6, "chengjian", at(7, 2))  # handed in after all: it counts
    assert (measure, Month(2020, 6)) in of("城建局", first=date(2020, 5, 1), last=date(2020, 8, 1)).in_time


@pytest.mark.django_db
def test_the_number_of_questions_does_not_grow(reported, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        punctuality(date(2020, 1, 1), LAST, LAST)
