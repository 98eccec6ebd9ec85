"""Roses against examples counted by hand, and against what must hold of every rose."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.live.drawing.rose import draw_pollution, draw_wind
from gongjian.live.roses import CALM, NAMES, SIDE, SIDES, pollution_rose, wind_rose

HOURS = st.lists(st.tuples(st.floats(0, 20), st.floats(0, 359.9), st.floats(-5, 500)), min_size=1, max_size=80)


def test_a_rose_counted_by_hand():
    """Eight hours: two from the north (one of them just west of it), one from the east, one of force 5 from the south, four calm."""
    speeds = [1.0, 2.0, 3.4, 9.0, 0.0, 0.2, 0.29, 0.1]
    directions = [0, 350, 90, 180, 0, 90, 180, np.nan]
    rose = wind_rose(speeds, directions)
    assert (rose.count, rose.calm) == (8, 0.5)
    assert rose.shares[NAMES.index("北")] == (0.125, 0.125, 0, 0, 0)
    assert rose.shares[NAMES.index("东")] == (0, 0, 0.125, 0, 0)
    assert rose.shares[NAMES.index("南")] == (0, 0, 0, 0, 0.125)
    assert sum(rose.sides) == pytest.approx(0.5)
    assert rose.prevailing == "北"


def test_a_pollution_rose_counted_by_hand():
    rose = pollution_rose([1.0, 2.0, 2.0, 0.1, 0.0], [45, 44, 225, 0, 0], [10.0, 30.0, np.nan, 100.0, 300.0])
    assert rose.means[NAMES.index("东北")] == 20.0
    assert rose.counts[NAMES.index("东北")] == 2
    assert rose.means[NAMES.index("西南")] is None
    assert (rose.calm, rose.calm_count) == (200.0, 2)
    assert rose.worst == "东北"


@pytest.mark.parametrize(
    ("degrees", "name"), [(0, "北"), (11.24, "北"), (11.25, "北东北"), (348.74, "北西北"), (348.75, "北"), (360, "北"), (180, "南")]
)
def test_where_a_side_begins(degrees, name):
    assert wind_rose([2.0], [degrees]).prevailing == name


def test_what_is_no_wind_is_left_out():
    """A direction beyond the circle, a negative speed, a missing one: of none of them is anything told."""
    rose = wind_rose([2.0, -1.0, np.nan, 2.0, np.inf], [400, 90, 90, np.nan, 90])
    assert (rose.count, rose.calm, sum(rose.sides), rose.prevailing) == (0, 0.0, 0.0, "")
    assert pollution_rose([], [], []).worst == ""


@given(HOURS)
def test_the_shares_of_all_hours_are_one(hours):
    speeds, directions, _ = zip(*hours, strict=True)
    rose = wind_rose(speeds, directions)
    assert sum(rose.sides) + rose.calm == pytest.approx(1)
    assert rose.calm == pytest.approx(sum(speed < CALM for speed in speeds) / len(speeds))


@given(HOURS, st.integers(0, SIDES - 1))
def test_turning_the_wind_turns_the_rose(hours, turn):
    speeds, directions, values = (np.array(each) for each in zip(*hours, strict=True))
    directions = np.floor(directions / SIDE) * SIDE  # the middles of sides, where turning rounds nothing over an edge
    turned = (directions + turn * SIDE) % 360
    before, after = wind_rose(speeds, directions), wind_rose(speeds, turned)
    assert np.allclose(np.roll(np.array(before.shares), turn, axis=0), np.array(after.shares))
    one, other = pollution_rose(speeds, directions, values), pollution_rose(speeds, turned, values)
    assert [one.means[(side - turn) % SIDES] for side in range(SIDES)] == [
        pytest.approx(mean) if mean is not None else None for mean in other.means
    ]


@given(HOURS)
def test_the_mean_of_all_directions_and_calm_is_the_mean_of_all(hours):
    speeds, directions, values = zip(*hours, strict=True)
    rose = pollution_rose(speeds, directions, values)
    total = sum((mean or 0) * count for mean, count in zip(rose.means, rose.counts, strict=True)) + (rose.calm or 0) * rose.calm_count
    assert sum(rose.counts) + rose.calm_count == len(values)
    assert total == pytest.approx(sum(values), abs=1e-6)


def test_a_rose_is_drawn_with_a_petal_for_every_class_that_blew_and_the_calm_in_the_middle():
    drawn = draw_wind(wind_rose([1.0, 2.0, 9.0, 0.0], [0, 0, 90, 0]), "风")
    assert drawn.count('class="rose-petal') == 3
    assert ">25%</text>" in drawn
    assert draw_wind(wind_rose([], []), "风").count('class="rose-petal') == 0
    assert draw_pollution(pollution_rose([1.0], [90], [12.0]), "尘").count('class="rose-petal') == 1
    assert draw_pollution(pollution_rose([], [], []), "尘").count('class="rose-petal') == 0
