"""What holds on a day, read by the database, is what plain Python reads; for every formula, whole and split, then and now."""

from datetime import date, timedelta
from math import isclose

import pytest
from held import COVERAGES, DAYS, EDGES, PATHS, SEEN, STOCKS, THINGS, hold, keyed, read_by_hand, refill, visit
from hypothesis import given
from hypothesis import strategies as st
from test_values import LAW

from gongjian.indicators import measuring
from gongjian.indicators.periods import PeriodKind, month, parse_period, period_of, ytd
from gongjian.indicators.queries.values import by_split, series, value
from gongjian.indicators.recalling import standings
from gongjian.indicators.standing import Wish
from gongjian.kernel.months import Month

pytestmark = pytest.mark.django_db
EVERY = (*STOCKS, *COVERAGES)
AS_OF = st.none() | st.dates(date(2019, 1, 1), date(2021, 2, 1))
ENDS = st.lists(st.sampled_from(EDGES) | st.dates(date(2019, 6, 1), date(2021, 2, 1)), min_size=1, max_size=3)


def agree(reading, by_hand):
    same = reading.value == by_hand.value if None in (reading.value, by_hand.value) else isclose(reading.value, by_hand.value)
    assert same and (reading.expected, reading.present) == (by_hand.expected, by_hand.present), (reading, by_hand)  # noqa: PT018 - one fact


@LAW
@given(things=THINGS, visits=SEEN, kind=st.sampled_from(PeriodKind), on=DAYS, as_of=AS_OF)
def test_every_figure_of_every_period_is_what_plain_python_reads_whole_and_split(things, visits, kind, on, as_of):
    refill(things, visits)
    period = period_of(kind, on)
    for indicator in EVERY:
        agree(value(indicator, period, as_of), read_by_hand(indicator, period, as_of))
        for split in PATHS:
            parts = by_split(indicator, period, split, as_of)
            for key, reading in parts:
                agree(reading, read_by_hand(indicator, period, as_of, keyed(split, key)))
            assert sum(reading.expected for _, reading in parts) == read_by_hand(indicator, period, as_of).expected


@LAW
@given(things=THINGS, visits=SEEN, as_of=AS_OF)
def test_the_series_of_two_years_is_each_month_by_hand(things, visits, as_of):
    refill(things, visits)
    for indicator in EVERY:
        for reading in series(indicator, Month(2019, 1), Month(2020, 12), as_of):
            agree(reading, read_by_hand(indicator, reading.period, as_of))


@LAW
@given(things=THINGS, visits=SEEN, ends=ENDS)
def test_the_standing_of_each_of_many_days_is_that_day_by_hand(things, visits, ends):
    refill(things, visits)
    found = standings([Wish(indicator, split) for indicator in EVERY for split in ("", *PATHS)], ends)
    for indicator in EVERY:
        for day in ends:
            shown, past = Wish(indicator).periods(day)
            agree(found[indicator.code, "", day].reading, read_by_hand(indicator, shown, day))
            agree(found[indicator.code, "", day].past, read_by_hand(indicator, past, day))
            for split in PATHS:
                parts = dict(found[indicator.code, split, day].parts)
                assert sum(reading.expected for reading in parts.values()) == read_by_hand(indicator, shown, day).expected
                for key, reading in parts.items():
                    agree(reading, read_by_hand(indicator, shown, day, keyed(split, key)))


@pytest.mark.parametrize("indicator", EVERY, ids=lambda one: one.code)
def test_a_value_a_series_and_a_split_are_one_query_each(indicator, django_assert_num_queries):
    hold("A")
    visit("A", date(2020, 3, 3))
    for work in (
        lambda: value(indicator, ytd(date(2020, 10, 31))),
        lambda: series(indicator, Month(2020, 1), Month(2020, 12)),
        lambda: by_split(indicator, ytd(date(2020, 10, 31)), "street"),
    ):
        with django_assert_num_queries(1):
            work()


def test_a_thing_holds_from_its_first_day_to_the_day_before_its_end():
    hold("A", date(2020, 3, 1), date(2020, 4, 1))
    count = STOCKS[0]
    days = (date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 31), date(2020, 4, 1))
    assert [value(count, parse_period(day.isoformat())).value for day in days] == [None, 1, 1, None]
    assert value(count, month(Month(2020, 3))).value == 1
    assert value(count, month(Month(2020, 4))).value is None


def test_a_correction_changes_what_is_known_now_and_not_what_was_known_then():
    hold("A", date(2020, 1, 1), replaced=date(2020, 6, 1))
    hold("A", date(2020, 1, 1), date(2020, 3, 1), entered=date(2020, 6, 1))
    hold("B", date(2020, 1, 1))
    april = month(Month(2020, 4))
    assert value(STOCKS[0], april).value == 1
    assert value(STOCKS[0], april, date(2020, 5, 31)).value == 2
    assert [one.value for one in series(STOCKS[0], Month(2020, 2), Month(2020, 4), date(2020, 6, 1))] == [2, 1, 1]


def test_a_stock_does_not_grow_through_the_year_and_does_not_add_up_by_day():
    assert not any(indicator.cumulative for indicator in EVERY)
    with pytest.raises(TypeError, match="does not add up"):
        measuring.by_day(STOCKS[0], date(2020, 1, 1), date(2020, 1, 31))


def test_more_days_and_figures_than_a_database_takes_at_once_come_in_a_few_queries(django_assert_max_num_queries):
    hold("A", date(2019, 1, 1))
    visit("A", date(2020, 3, 3))
    days = [date(2020, 1, 1) + timedelta(step) for step in range(120)]
    wishes = [Wish(indicator, split) for indicator in EVERY for split in ("", *PATHS)]
    with django_assert_max_num_queries(12):
        found = standings(wishes, days)
    assert all(found[STOCKS[0].code, "", day].reading.value == 1 for day in days)
