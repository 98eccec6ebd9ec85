"""Working days: the laws, and October 2020 as it was."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.months import Month
from gongjian.kernel.workdays import Calendar

DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))
CALENDARS = st.builds(Calendar, st.dictionaries(DAYS, st.booleans(), max_size=60))
# National Day and Mid-Autumn 2020: 1 to 8 October off, 27 September and 10 October worked.
AUTUMN_2020 = Calendar(
    {date(2020, 10, day): False for day in range(1, 9)} | {date(2020, 9, 27): True, date(2020, 10, 10): True},
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2020, 10, 8), False),
        (date(2020, 10, 9), True),
        (date(2020, 10, 10), True),
        (date(2020, 10, 11), False),
        (date(2020, 9, 27), True),
    ],
)
def test_the_table_of_exceptions_overrules_the_week(day, working):
    assert AUTUMN_2020.is_working(day) is working


def test_the_third_working_day_skips_the_holiday_and_counts_the_make_up_day():
    assert AUTUMN_2020.nth_working_day(Month(2020, 10), 3) == date(2020, 10, 12)
    assert Calendar().nth_working_day(Month(2020, 10), 3) == date(2020, 10, 5)


@pytest.mark.parametrize("n", [0, -1, 24])
def test_a_working_day_the_month_does_not_have_is_refused(n):
    with pytest.raises(ValueError, match="2020-10 has 22 working days"):
        Calendar().nth_working_day(Month(2020, 10), n)


@given(CALENDARS, DAYS, st.integers(-30, 30))
def test_adding_then_subtracting_returns_to_a_working_day(calendar, day, n):
    start = calendar.add_working_days(day, 1)
    assert calendar.add_working_days(calendar.add_working_days(start, n), -n) == start


@given(CALENDARS, DAYS, st.integers(-30, 30))
def test_adding_more_days_never_lands_earlier(calendar, day, n):
    assert calendar.add_working_days(day, n) < calendar.add_working_days(day, n + 1)


@given(CALENDARS, DAYS, st.integers(1, 30))
def test_what_was_added_is_what_lies_between(calendar, day, n):
    later = calendar.add_working_days(day, n)
    assert calendar.is_working(later)
    assert calendar.working_days_between(day, later) == n
    assert calendar.working_days_between(later, day) == -n


@given(CALENDARS, DAYS, st.integers(0, 60), st.integers(0, 60))
def test_days_between_add_up(calendar, day, first, second):
    middle, end = day + timedelta(first), day + timedelta(first + second)
    whole = calendar.working_days_between(day, middle) + calendar.working_days_between(middle, end)
    assert calendar.working_days_between(day, end) == whole


@given(CALENDARS, st.builds(Month, st.integers(2019, 2022), st.integers(1, 12)))
def test_the_nth_working_day_of_a_month_is_n_working_days_after_the_month_before(calendar, month):
    worked = [day for day in month if calendar.is_working(day)]
    for n, day in enumerate(worked, start=1):
        assert calendar.nth_working_day(month, n) == day == calendar.add_working_days(month.previous().last, n)
