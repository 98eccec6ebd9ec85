"""Pace of counts, failures a ratio can afford, and the headroom of a mean."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.pace import failures_affordable, headroom, pace, passes_needed

counts = st.integers(0, 300)
shares = st.integers(1, 100).map(lambda percent: percent / 100)


def test_half_the_year_gone_and_a_third_done_is_behind():
    half = pace(40, 120, 183, 366)
    assert (half.expected, half.projected, half.on_course) == (60, 80, False)
    assert half.per_day == pytest.approx(80 / 183)


def test_a_target_that_is_met_needs_nothing_more():
    assert pace(130, 120, 200, 365).per_day == 0
    assert pace(120, 120, 365, 365).per_day == 0


def test_a_missed_year_has_no_pace_left_and_a_new_one_no_projection():
    assert pace(100, 120, 365, 365).per_day is None
    morning = pace(0, 120, 0, 365)
    assert (morning.projected, morning.on_course) == (None, True)


@pytest.mark.parametrize(("days", "of"), [(-1, 365), (366, 365), (0, 0)])
def test_a_day_outside_the_period_is_refused(days, of):
    with pytest.raises(ValueError, match="within"):
        pace(1, 2, days, of)


def test_the_decimal_target_is_taken_at_its_word():
    """1 − 0.95 is a little under 0.05 as a float; five of a hundred may fail all the same."""
    assert failures_affordable(0.95, 0, 0, 100) == 5
    assert failures_affordable("0.95", 95, 0) == 5
    assert failures_affordable(0.9, 80, 12, 8) == -2


@given(shares, counts, counts, st.integers(1, 300))
def test_affordable_failures_keep_the_target_and_one_more_would_not(target, passed, failed, to_come):
    share, total = Fraction(str(target)), passed + failed + to_come
    spare = failures_affordable(target, passed, failed, to_come)
    assert spare <= to_come
    if spare >= 0:
        assert passed + to_come - spare >= share * total
    if spare < to_come:
        assert passed + to_come - (spare + 1) < share * total


@given(shares, counts, counts)
def test_failures_added_today_keep_the_target_and_one_more_would_not(target, passed, failed):
    share, spare = Fraction(str(target)), failures_affordable(target, passed, failed)
    assert (spare >= 0) == (passed >= share * (passed + failed))
    assert passed < share * (passed + failed + spare + 1)


@given(shares, counts, counts)
def test_passes_needed_reach_the_target_and_one_fewer_would_not(target, passed, failed):
    share, needed = Fraction(str(target)), passes_needed(target, passed, failed)
    if needed is None:
        assert target == 1
        assert failed
        return
    assert passed + needed >= share * (passed + failed + needed)
    assert needed == 0 or passed + needed - 1 < share * (passed + failed + needed - 1)


@pytest.mark.parametrize("target", [1.01, -0.1])
def test_a_share_outside_zero_to_one_is_refused(target):
    with pytest.raises(ValueError, match="between"):
        failures_affordable(target, 1, 1)


def test_a_target_of_zero_cannot_be_missed():
    assert failures_affordable(0, 1, 1, 5) == 5
    with pytest.raises(ValueError, match="never"):
        failures_affordable(0, 1, 1)


@given(st.floats(1, 200), st.lists(st.floats(0, 500), max_size=50), st.integers(1, 300))
def test_a_rest_at_its_headroom_lands_on_the_target(target, values, left):
    room = headroom(target, sum(values), len(values), left)
    assert (sum(values) + room.rest_at_most * left) / (len(values) + left) == pytest.approx(target)
    assert room.reachable == (room.rest_at_most >= 0)


def test_a_mean_too_high_cannot_come_back():
    room = headroom(30, 100.0 * 300, 300, 65)
    assert (room.so_far, room.reachable) == (100.0, False)


def test_with_nothing_left_the_mean_has_decided():
    assert headroom(38, 37.8 * 350, 350, 0).reachable
    assert headroom(37, 37.8 * 350, 350, 0).rest_at_most is None
    assert not headroom(37, 37.8 * 350, 350, 0).reachable


@given(st.integers(-2, 0), st.integers(-2, 0))
def test_a_mean_of_nothing_is_refused(count, left):
    with pytest.raises(ValueError, match="no mean"):
        headroom(1, 0, count, left)
