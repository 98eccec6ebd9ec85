"""Labels, days and whole numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.standards.air import hours
from gongjian.telemetry import moments
from gongjian.telemetry.moments import CLOCK

labels = st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1), timezones=st.just(CLOCK)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@given(labels)
def test_a_label_comes_back_from_its_number(label):
    assert moments.from_seconds(moments.seconds(label)) == label


@given(labels)
def test_a_label_belongs_to_the_day_the_air_standards_give_it_to(label):
    assert moments.day_of(moments.day_number(moments.seconds(label))) == hours.day_of(label)


@given(st.dates(date(1995, 1, 1), date(2100, 1, 1)))
def test_a_day_ends_where_the_next_begins_and_holds_its_24_labels(day):
    assert moments.end(day) == moments.begin(day + timedelta(1))
    inside = range(moments.begin(day) + 3600, moments.end(day) + 1, 3600)
    assert len(inside) == 24
    assert {moments.day_of(moments.day_number(label)) for label in inside} == {day}


@given(st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_of_entering_is_kept_to_the_microsecond(moment):
    assert moments.from_micros(moments.micros(moment)) == moment


def test_what_stands_is_replaced_at_no_moment():
    assert moments.from_micros(moments.FOREVER) is None


@pytest.mark.parametrize("label", [datetime(2020, 1, 1), datetime(2020, 1, 1, 0, 0, 0, 5, tzinfo=UTC)])  # noqa: DTZ001
def test_a_label_is_a_whole_second_with_a_zone(label):
    with pytest.raises(ValueError, match="label"):
        moments.seconds(label)
