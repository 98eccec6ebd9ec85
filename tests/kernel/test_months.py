"""Months: parsing, neighbours, days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.months import Month

MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))


@given(MONTHS)
def test_a_month_reads_back_as_it_is_written(month):
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize("text", ["", "2020", "2020-9", "2020-13", "2020-00", "2020-09-01", " 2020-09", "２０２０-09", "二〇二〇-09"])
def test_anything_but_a_four_digit_year_and_a_two_digit_month_is_refused(text):
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


@given(MONTHS)
def test_next_and_previous_undo_each_other_and_leave_no_gap(month):
    assert month.next().previous() == month
    assert (month.next().first - month.last).days == 1


@given(MONTHS, MONTHS)
def test_months_order_as_their_days_do(one, other):
    assert (one < other) == (one.last < other.first)


@given(MONTHS)
def test_a_month_contains_its_own_days_and_no_others(month):
    days = list(month)
    assert (days[0], days[-1], len(days)) == (month.first, month.last, month.last.day)
    assert all(day in month for day in days)
    assert month.previous().last not in month
    assert month.next().first not in month


@given(MONTHS, st.integers(0, 40))
def test_through_lists_every_month_of_a_span_once(month, length):
    span = list(month.through(month.shifted(length)))
    assert span == [month.shifted(step) for step in range(length + 1)]
    assert list(month.next().through(month)) == []


def test_the_month_of_a_day_and_its_words():
    assert Month.of(date(2020, 2, 29)) == Month(2020, 2)
    assert Month(2020, 2).last == date(2020, 2, 29)
    assert Month(2020, 9).words() == "2020年9月"
