"""The versions of a day agree with the day as it stood at any moment."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from gongjian.air.day_versions import day_versions
from gongjian.standards.air.days import DayValue, day_value
from gongjian.standards.air.ozone import max_8h
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.store import Stored

DAY = date(2020, 6, 1)
BEGIN = datetime(2020, 6, 1, tzinfo=CLOCK)
CLOSE = BEGIN + timedelta(days=1)
HOUR = timedelta(hours=1)

moments = st.integers(-30, 60).map(lambda step: CLOSE + HOUR * step)
chains = st.lists(st.tuples(moments, st.one_of(st.none(), st.integers(1, 300).map(float))), max_size=3, unique_by=lambda pair: pair[0])


@st.composite
def versions_of_hours(draw):
    rows = []
    for hour in range(1, 25):
        chain = sorted(draw(chains), key=lambda pair: pair[0])
        ends = [entered for entered, _ in chain[1:]] + [None] * bool(chain)
        rows += [Stored(BEGIN + HOUR * hour, value, "N", "", entered, end) for (entered, value), end in zip(chain, ends, strict=True)]
    return rows


def known(rows, moment):
    return [
        (row.at, row.value)
        for row in rows
        if row.value is not None and row.entered_at <= moment and (row.replaced_at is None or moment < row.replaced_at)
    ]


def stood(versions, moment):
    return next((v.figure for v in versions if v.entered_at <= moment and (v.replaced_at is None or moment < v.replaced_at)), None)


@given(versions_of_hours(), moments)
def test_at_any_moment_after_its_end_the_day_is_what_its_hours_then_known_come_to(rows, moment):
    moment = max(moment, CLOSE)
    figure = stood(day_versions(Pollutant.PM25, DAY, rows), moment)
    values = [value for _, value in known(rows, moment)]
    if not values:
        assert figure is None
        return
    assert DayValue(DAY, *figure[:3]) == day_value(DAY, len(values), fsum(values) / len(values))
    assert (figure.hours, figure.highest) == (len(values), max(values))


@given(versions_of_hours(), moments)
def test_ozone_is_the_highest_eight_hour_mean_of_the_hours_then_known(rows, moment):
    moment = max(moment, CLOSE)
    figure = stood(day_versions(Pollutant.O3, DAY, rows), moment)
    hours = dict(known(rows, moment))
    expected = max_8h([hours.get(BEGIN + HOUR * hour) for hour in range(1, 25)], DAY)
    assert (figure and figure.value, figure.present if figure else 0) == (expected.value, expected.present)
    assert figure is None or figure.valid == expected.valid


@given(versions_of_hours())
def test_there_is_no_day_before_it_is_over(rows):
    assert all(version.entered_at >= CLOSE for version in day_versions(Pollutant.PM25, DAY, rows))


@given(versions_of_hours())
def test_versions_follow_one_another_and_differ(rows):
    versions = day_versions(Pollutant.PM25, DAY, rows)
    for one, following in pairwise(versions):
        assert one.replaced_at is not None
        assert one.replaced_at <= following.entered_at
        assert one.replaced_at < following.entered_at or one.figure != following.figure


@given(versions_of_hours(), st.randoms())
def test_the_order_of_the_hours_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert day_versions(Pollutant.O3, DAY, shuffled) == day_versions(Pollutant.O3, DAY, rows)
