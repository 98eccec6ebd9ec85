"""Lights of many days at once are the values of each day alone."""

from datetime import date, timedelta

import pytest
from declared import COMPUTED, COUNT, DISTINCT, EVERY, FROM_RECORDS, RATIO, enter
from hypothesis import given
from hypothesis import strategies as st
from test_values import LAW, RECORDS, refill, told

from gongjian.indicators.periods import ytd
from gongjian.indicators.queries.values import by_split, value
from gongjian.indicators.recalling import standings
from gongjian.indicators.standing import Wish

pytestmark = pytest.mark.django_db


@LAW
@given(records=RECORDS, ends=st.lists(st.dates(date(2020, 1, 1), date(2021, 3, 1)), min_size=1, max_size=4))
def test_the_standing_of_each_day_is_the_value_as_of_that_day(records, ends):
    refill(records)
    found = standings([Wish(indicator) for indicator in EVERY], ends)
    for indicator in EVERY:
        for day in ends:
            standing = found[indicator.code, "", day]
            assert told(standing.reading) == told(value(indicator, ytd(day), day)), indicator.code
            assert told(standing.past) == told(value(indicator, ytd(day).year_before(), day)), indicator.code


@LAW
@given(records=RECORDS, on=st.dates(date(2020, 1, 1), date(2020, 12, 31)))
def test_the_parts_of_a_standing_are_the_values_by_split(records, on):
    refill(records)
    found = standings([Wish(indicator, "use") for indicator in FROM_RECORDS], [on - timedelta(7), on])
    for indicator in FROM_RECORDS:
        parts = {key: told(reading) for key, reading in found[indicator.code, "use", on].parts}
        assert parts == {key: told(reading) for key, reading in by_split(indicator, ytd(on), "use", on)}, indicator.code


def test_any_number_of_figures_from_records_on_any_number_of_days_is_one_query(django_assert_num_queries):
    for index in range(20):
        enter(date(2020, 1 + index % 10, 5), passed=bool(index % 3))
    days = [date(2020, 10, 31) - timedelta(weeks=week) for week in range(12)]
    with django_assert_num_queries(2):  # one for what was remembered, one for everything else
        standings([Wish(indicator) for indicator in FROM_RECORDS], days)
    with django_assert_num_queries(2):
        standings([Wish(COUNT), Wish(RATIO, "use"), Wish(DISTINCT, "street")], days[:1])
    with django_assert_num_queries(1 + len(days)):  # the sample's loader asks once a day, ours to write better
        standings([Wish(COMPUTED)], days)
