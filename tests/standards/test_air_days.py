"""Hours become days: labels, the twenty hours, and ozone's running eight."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.standards.air.days import day_mean, day_mean_of_aggregate, day_value, day_values
from gongjian.standards.air.hours import HourLabel, by_day, day_of
from gongjian.standards.air.ozone import eight_hour_means, max_8h
from gongjian.standards.air.pollutants import Pollutant

BEIJING = timezone(timedelta(hours=8))
DAY = date(2020, 6, 1)
MIDNIGHT = datetime(2020, 6, 1, tzinfo=BEIJING)
slots = st.lists(st.none() | st.integers(0, 500).map(float), min_size=24, max_size=24)


def labels(values, start=MIDNIGHT):
    """Hourly means labelled by the end of their hour, from the first hour of ``start``'s day on."""
    return [(start + timedelta(hours=step + 1), value) for step, value in enumerate(values)]


def test_an_hour_labelled_midnight_belongs_to_the_day_before():
    assert day_of(MIDNIGHT) == date(2020, 5, 31)
    assert day_of(MIDNIGHT + timedelta(hours=1)) == DAY
    assert day_of(MIDNIGHT + timedelta(hours=23)) == DAY
    assert day_of(datetime(2020, 1, 1, tzinfo=BEIJING)) == date(2019, 12, 31)


def test_a_feed_that_labels_the_start_of_the_hour_keeps_midnight_in_its_day():
    assert day_of(MIDNIGHT, HourLabel.START) == DAY


def test_the_day_is_that_of_the_labels_own_clock():
    assert day_of(datetime(2020, 5, 31, 17, tzinfo=UTC)) == date(2020, 5, 31)
    assert day_of(datetime(2020, 5, 31, 17, tzinfo=UTC).astimezone(BEIJING)) == DAY


def test_a_days_hours_run_from_one_to_the_next_midnight():
    values = [float(step) for step in range(24)]
    assert by_day(labels(values)) == {DAY: values}


def test_one_hour_cannot_have_two_means():
    with pytest.raises(ValueError, match="2020-06-01 05:00"):
        by_day([(MIDNIGHT + timedelta(hours=5), 1.0), (MIDNIGHT + timedelta(hours=5), 2.0)])
    assert by_day([(MIDNIGHT + timedelta(hours=5), 1.0)] * 2)[DAY][4] == 1.0


def test_a_mean_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        by_day([(MIDNIGHT + timedelta(hours=5), float("nan"))])


@given(st.permutations(labels([float(step) for step in range(30)])))
def test_the_order_of_hours_does_not_matter(shuffled):
    assert by_day(shuffled) == by_day(sorted(shuffled))


def test_twenty_hours_make_a_day_and_nineteen_do_not():
    good = day_mean([30.0] * 20 + [None] * 4, Pollutant.PM25, DAY)
    poor = day_mean([30.0] * 19 + [None] * 5, Pollutant.PM25, DAY)
    assert (good.value, good.valid, good.expected, good.present, good.reasons) == (30.0, True, 24, 20, ())
    assert (poor.value, poor.valid, poor.present) == (30.0, False, 19)
    assert poor.reasons == ("2020-06-01PM2.5有效小时均值只有19个，应不少于20个",)
    assert good.unit == "µg/m³"
    assert good.method == "GB 3095-2012 表4；HJ 663-2013 第6章"


def test_a_day_without_hours_has_no_value_and_says_so():
    empty = day_mean([None] * 24, Pollutant.CO, DAY)
    assert (empty.value, empty.valid, empty.present, empty.unit) == (None, False, 0, "mg/m³")


def test_a_missing_hour_is_missing_and_not_zero():
    assert day_mean([48.0] * 22 + [None] * 2, Pollutant.NO2, DAY).value == 48.0
    assert day_mean([48.0] * 22 + [0.0] * 2, Pollutant.NO2, DAY).value == 44.0


def test_ozone_has_no_24_hour_mean():
    with pytest.raises(ValueError, match="8-hour"):
        day_mean_of_aggregate(80.0, 24, Pollutant.O3, DAY)


@given(slots)
def test_the_database_way_and_the_hour_way_agree(values):
    known = [value for value in values if value is not None]
    aggregate = day_value(DAY, len(known), sum(known) / len(known) if known else None)
    [row] = day_values(labels(values), Pollutant.PM25)
    assert row[2:] == aggregate[2:]
    assert row.value == pytest.approx(aggregate.value)


@given(slots, slots, st.integers(0, 23), st.floats(0, 500))
def test_a_late_hour_changes_its_own_day_and_no_other(one, other, hour, value):
    one[hour] = None
    both = labels(one) + labels(other, MIDNIGHT + timedelta(days=1))
    late = (MIDNIGHT + timedelta(hours=hour + 1), value)
    for pollutant in (Pollutant.PM25, Pollutant.O3):
        before = {row.day: row for row in day_values(both, pollutant)}
        after = {row.day: row for row in day_values([*both, late], pollutant)}
        assert after[DAY + timedelta(days=1)] == before[DAY + timedelta(days=1)]
        assert after[DAY].present >= before[DAY].present


def test_running_means_end_with_their_hour_and_need_six_of_eight():
    hours = [float(step) for step in range(1, 25)]
    assert eight_hour_means(hours)[:9] == [None] * 7 + [4.5, 5.5]
    assert eight_hour_means([1.0] * 6 + [None] * 2)[7] == 1.0
    assert eight_hour_means([1.0] * 5 + [None] * 3)[7] is None
    assert eight_hour_means([1.0] * 3) == [None] * 3


def test_the_ozone_day_is_its_highest_running_mean():
    figure = max_8h([0.0] * 12 + [160.0] * 8 + [0.0] * 4, DAY)
    assert (figure.value, figure.valid, figure.expected, figure.present) == (160.0, True, 17, 17)


def test_fourteen_running_means_are_enough_and_thirteen_are_not():
    enough = max_8h([100.0] * 19 + [None] * 5, DAY)
    short = max_8h([100.0] * 18 + [None] * 6, DAY)
    assert (enough.present, enough.valid) == (14, True)
    assert (short.present, short.valid, short.value) == (13, False, 100.0)
    assert short.reasons == ("2020-06-01O3有效8小时均值只有13个，应不少于14个，且最大值未超过限值",)


def test_too_few_running_means_still_prove_an_exceedance():
    few = [None] * 12 + [170.0] * 8 + [None] * 4
    assert max_8h(few, DAY).valid
    assert not max_8h([value and 150.0 for value in few], DAY).valid
    assert max_8h([value and 150.0 for value in few], DAY, cls=1).valid


def test_a_day_of_ozone_needs_its_24_hours():
    with pytest.raises(ValueError, match="24 hours"):
        max_8h([1.0] * 23, DAY)


@given(slots)
def test_the_ozone_day_lies_among_its_hours(values):
    figure = max_8h(values, DAY)
    known = [value for value in values if value is not None]
    assert figure.value is None or min(known) <= figure.value <= max(known)
    assert 0 <= figure.present <= figure.expected
