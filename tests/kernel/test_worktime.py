"""Working time: the laws of its arithmetic for any start and any calendar, and October 2020 as it was."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.workdays import Calendar
from gongjian.kernel.worktime import OFFICE, Shift, Span, Unit, Worktime, days, hours

HERE = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2021, 1, 1), timezones=st.just(HERE))  # noqa: DTZ001 - hypothesis adds the zone
CALENDARS = st.builds(Calendar, st.dictionaries(st.dates(date(2019, 10, 1), date(2021, 3, 1)), st.booleans(), max_size=60))


@st.composite
def shift_tables(draw):
    edges = sorted(draw(st.sets(st.integers(0, 24 * 60 - 1), min_size=2, max_size=8)))
    clocks = [time(minute // 60, minute % 60) for minute in edges[: len(edges) // 2 * 2]]
    return tuple(Shift(begins, ends) for begins, ends in zip(clocks[::2], clocks[1::2], strict=True))


OFFICES = st.builds(Worktime, CALENDARS, st.one_of(st.just(OFFICE), shift_tables()))
AMOUNTS = st.timedeltas(timedelta(seconds=1), timedelta(hours=60))
SPANS = st.builds(Span, st.integers(1, 20), st.sampled_from(Unit))
AUTUMN = Calendar({date(2020, 10, day): False for day in range(1, 9)} | {date(2020, 9, 27): True, date(2020, 10, 10): True})
OFFICE_2020 = Worktime(AUTUMN)


def moment(month, day, hour=9, minute=0):
    return datetime(2020, month, day, hour, minute, tzinfo=HERE)


@given(OFFICES, MOMENTS, AMOUNTS)
def test_adding_then_subtracting_returns_to_a_working_moment(office, start, amount):
    worked = office.add(office.add(start, amount), -amount)
    assert office.between(start, worked) == timedelta(0)
    if office.is_working(start):
        assert worked == start


@given(OFFICES, MOMENTS, AMOUNTS)
def test_what_was_added_is_what_lies_between_whatever_the_start(office, start, amount):
    assert office.between(start, office.add(start, amount)) == amount
    assert office.between(office.add(start, -amount), start) == amount


@given(OFFICES, MOMENTS, MOMENTS, AMOUNTS)
def test_a_later_start_never_ends_earlier(office, one, other, amount):
    first, second = sorted((one, other))
    assert office.add(first, amount) <= office.add(second, amount)
    assert office.add(first, -amount) <= office.add(second, -amount)


@given(OFFICES, MOMENTS, AMOUNTS, AMOUNTS)
def test_adding_twice_is_adding_the_sum(office, start, one, other):
    assert office.add(office.add(start, one), other) == office.add(start, one + other)


@given(OFFICES, MOMENTS, MOMENTS, MOMENTS)
def test_time_between_adds_up_and_changes_sign(office, one, other, third):
    assert office.between(one, other) + office.between(other, third) == office.between(one, third)
    assert office.between(one, other) == -office.between(other, one)


@given(OFFICES, MOMENTS, SPANS)
def test_a_deadline_lies_after_the_start_and_on_a_working_day(office, start, span):
    due = office.due(start, span)
    assert due > start
    assert office.calendar.is_working(due.date())


@given(OFFICES, MOMENTS, SPANS, MOMENTS, MOMENTS)
def test_a_pause_leaves_as_much_time_as_there_was(office, start, span, one, other):
    paused, resumed = sorted((one, other))
    due = office.due(start, span)
    moved = office.moved(due, paused, resumed, span.unit)
    if span.unit is Unit.HOURS:
        assert office.between(resumed, moved) == office.between(paused, due)
    else:
        left = office.calendar.working_days_between(paused.date(), due.date())
        assert moved.time() == due.time()
        assert moved.date() == office.calendar.add_working_days(resumed.date(), left)


@given(OFFICES, MOMENTS, MOMENTS, MOMENTS, SPANS)
def test_a_longer_pause_never_brings_the_deadline_nearer(office, start, one, other, span):
    paused, resumed = sorted((one, other))
    due = office.due(start, span)
    assert office.moved(due, paused, resumed, span.unit) <= office.moved(due, paused, resumed + timedelta(days=3), span.unit)


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        (moment(10, 12, 9), hours(2), moment(10, 12, 11)),
        (moment(10, 12, 11), hours(1), moment(10, 12, 12)),  # the end of the morning, not the beginning of the afternoon
        (moment(10, 12, 11), hours(2), moment(10, 12, 14, 30)),
        (moment(9, 30, 17), hours(4), moment(10, 9, 12)),  # over National Day
        (moment(10, 9, 17), hours(2), moment(10, 10, 10)),  # a Saturday that is worked
        (moment(10, 11, 20), hours(1), moment(10, 12, 10)),  # found on a Sunday evening
        (moment(9, 30, 17), days(1), moment(10, 9, 18)),
        (moment(9, 30, 3), days(3), moment(10, 12, 18)),
        (moment(10, 3, 12), days(1), moment(10, 9, 18)),
    ],
)
def test_deadlines_of_october_2020(start, span, due):
    assert OFFICE_2020.due(start, span) == due


def test_a_case_paused_over_the_holiday_keeps_its_hours_and_its_lateness():
    due = moment(9, 30, 17)
    assert OFFICE_2020.moved(due, moment(9, 30, 15), moment(10, 9, 9), Unit.HOURS) == moment(10, 9, 11)
    assert OFFICE_2020.moved(due, moment(9, 30, 18), moment(10, 9, 10), Unit.HOURS) == moment(10, 9, 9)
    assert OFFICE_2020.moved(moment(10, 10, 18), moment(9, 30, 15), moment(10, 12, 9), Unit.DAYS) == moment(10, 14, 18)


@pytest.mark.parametrize("shifts", [(), (Shift(time(9), time(12)), Shift(time(11), time(18))), tuple(reversed(OFFICE))])
def test_an_office_that_never_works_or_works_twice_at_once_is_refused(shifts):
    with pytest.raises(ValueError, match="in order and do not overlap"):
        Worktime(shifts=shifts)


def test_an_empty_shift_and_an_empty_span_are_refused():
    with pytest.raises(ValueError, match="no length"):
        Shift(time(9), time(9))
    with pytest.raises(ValueError, match="leaves no time"):
        hours(0)


def test_spans_are_said_as_people_say_them():
    assert (hours(4).words(), days(3).words()) == ("4 工作小时", "3 个工作日")
