"""The mean service radius: known shapes, laws, and the error it promises."""

from math import asinh, log, sqrt
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_areas import CENTRE, area, box, disc, off, ring

from gongjian.kernel.geometry import Point, polygon_from_geojson
from gongjian.kernel.service_radius import mean_nearest_distance

DISTRICT = disc(sqrt(60 / 3.14159265))
PLACES = st.builds(off, st.floats(-8, 8), st.floats(-8, 8))
UNIT_SQUARE = (sqrt(2) + asinh(1)) / 6  # mean distance from the centre of a square of side 1: 0.3826


@pytest.mark.parametrize("step", [0.5, 0.2, 0.1])
def test_a_station_amid_a_disc_is_two_thirds_of_its_radius_away(step):
    assert mean_nearest_distance(disc(3), [CENTRE], step) == pytest.approx(2, abs=max(0.02 * step, 1e-3))


@pytest.mark.parametrize("step", [1.3, 0.5, 0.2, 0.1])
def test_a_square_is_right_even_where_the_step_does_not_fit(step):
    assert mean_nearest_distance(area(box(-2, -2, 2, 2)), [CENTRE], step) == pytest.approx(4 * UNIT_SQUARE, abs=0.06 * step**2 + 2e-3)
    assert pytest.approx((sqrt(2) + log(1 + sqrt(2))) / 6) == UNIT_SQUARE


def test_four_stations_in_the_quarters_halve_the_way_of_one():
    quarters = [off(x, y) for x in (-1, 1) for y in (-1, 1)]
    assert mean_nearest_distance(area(box(-2, -2, 2, 2)), quarters, 0.05) == pytest.approx(2 * UNIT_SQUARE, rel=2e-3)


def test_parts_count_by_their_area():
    """A block of 1 km² about its own station and one of 4 km² whose station is its own: 1 part to 4."""
    shape = {"type": "MultiPolygon", "coordinates": [[ring(box(-4.5, -0.5, -3.5, 0.5))], [ring(box(3, -1, 5, 1))]]}
    found = mean_nearest_distance(polygon_from_geojson(shape), [off(-4, 0), off(4, 0)], 0.05)
    assert found == pytest.approx((1 * UNIT_SQUARE + 4 * 2 * UNIT_SQUARE) / 5, rel=2e-3)


def test_a_hole_has_no_places_in_it():
    whole, hole = box(-2, -2, 2, 2), box(-1, -1, 1, 1)
    found = mean_nearest_distance(area(whole, hole), [CENTRE], 0.05)
    assert found == pytest.approx((16 * 4 - 4 * 2) * UNIT_SQUARE / 12, rel=2e-3)


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=8), PLACES, st.randoms(use_true_random=False))
def test_another_station_never_makes_it_longer_and_order_never_matters(stations, another, order):
    before = mean_nearest_distance(DISTRICT, stations, 0.5)
    assert mean_nearest_distance(DISTRICT, [*stations, another], 0.5) <= before
    shuffled = [*stations, stations[0]]
    order.shuffle(shuffled)
    assert mean_nearest_distance(DISTRICT, shuffled, 0.5) == before


@settings(max_examples=25, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=6), st.sampled_from([0.3, 0.7, 1.5, 4.0, 20.0]))
def test_the_error_stays_under_its_bound(stations, step):
    fine = mean_nearest_distance(DISTRICT, stations, 0.1)
    assert abs(mean_nearest_distance(DISTRICT, stations, step) - fine) < 0.71 * (step + 0.1)


@settings(max_examples=15, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=6))
def test_in_practice_the_error_is_a_small_part_of_the_step(stations):
    fine = mean_nearest_distance(DISTRICT, stations, 0.05)
    assert mean_nearest_distance(DISTRICT, stations, 0.2) == pytest.approx(fine, abs=0.02)


def test_no_station_and_no_step_are_mistakes():
    with pytest.raises(ValueError, match="without a station"):
        mean_nearest_distance(DISTRICT, [], 0.2)
    for step in (0, -1, float("nan"), 1e-4):
        with pytest.raises(ValueError, match="a step of"):
            mean_nearest_distance(DISTRICT, [CENTRE], step)


def test_sixty_stations_of_a_district_are_measured_while_a_page_is_made():
    """18 ms where this was written; five tries, as other work may take the processor in between."""
    chance = Random(1)  # noqa: S311 - a repeatable sample
    stations = [Point(CENTRE.lon + chance.uniform(-0.05, 0.05), CENTRE.lat + chance.uniform(-0.04, 0.04)) for _ in range(60)]

    def seconds():
        began = process_time()
        mean_nearest_distance(DISTRICT, stations, 0.1)
        return process_time() - began

    assert min(seconds() for _ in range(5)) < 0.05
