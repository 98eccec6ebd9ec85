"""GB/T 8170: the standard's own worked examples, and the laws behind them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.standards.rounding import exact, round_half_even, round_to_interval

decimals = st.decimals(-(10**9), 10**9, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("12.1498", 1, "12.1"),
        ("12.1498", 0, "12"),
        ("1268", -2, "1300"),
        ("10.5002", 0, "11"),
        ("1.050", 1, "1.0"),
        ("0.35", 1, "0.4"),
        ("2500", -3, "2000"),
        ("3500", -3, "4000"),
        ("0.0325", 3, "0.032"),
        ("32500", -3, "32000"),
        ("-355", -1, "-360"),
        ("-325", -1, "-320"),
        ("-0.0365", 3, "-0.036"),
        ("15.4546", 0, "15"),  # in one step; in two it would come to 16
    ],
)
def test_the_examples_of_the_standard_come_out(value, places, rounded):
    assert round_half_even(value, places) == Decimal(rounded)


@pytest.mark.parametrize(
    ("value", "interval", "rounded"),
    [
        ("60.25", "0.5", "60.0"),
        ("60.38", "0.5", "60.5"),
        ("60.28", "0.5", "60.5"),
        ("-60.75", "0.5", "-61.0"),
        ("830", "20", "840"),
        ("842", "20", "840"),
        ("832", "20", "840"),
        ("-930", "20", "-920"),
    ],
)
def test_half_and_fifth_units_follow_the_same_rule(value, interval, rounded):
    assert round_to_interval(value, interval) == Decimal(rounded)


def test_the_dust_of_adding_floats_does_not_decide_a_tie():
    assert sum([0.1] * 3) != 0.3
    assert round_half_even(0.1 + 0.1 + 0.45, 1) == Decimal("0.6")  # 0.6500000000000001 as a float
    assert round_half_even(749 / 20, 1) == Decimal("37.4")


@pytest.mark.parametrize("nonsense", [float("nan"), float("inf"), "九", "NaN", ""])
def test_what_is_no_number_is_refused(nonsense):
    with pytest.raises(ValueError, match="number"):
        exact(nonsense)


def test_an_interval_of_nothing_is_refused():
    with pytest.raises(ValueError, match="positive"):
        round_to_interval(1, 0)


@given(decimals, st.integers(-3, 6))
def test_rounding_moves_by_half_a_step_at_most_and_ties_end_even(value, places):
    step = Decimal(1).scaleb(-places)
    rounded = round_half_even(value, places)
    assert abs(rounded - value) <= step / 2
    assert rounded % step == 0
    if abs(rounded - value) == step / 2:
        assert (rounded / step) % 2 == 0


@given(decimals, st.integers(-3, 6))
def test_rounding_is_odd_settled_and_the_same_by_either_door(value, places):
    rounded = round_half_even(value, places)
    assert round_half_even(-value, places) == -rounded
    assert round_half_even(rounded, places) == rounded
    assert round_to_interval(value, Decimal(1).scaleb(-places)) == rounded


@given(decimals, decimals, st.integers(-3, 6))
def test_rounding_never_swaps_two_numbers(one, other, places):
    low, high = sorted((one, other))
    assert round_half_even(low, places) <= round_half_even(high, places)
