"""Errands stand in the order somebody out there would take them."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import at

from gongjian.fieldwork.errands import Errand
from gongjian.fieldwork.ordering import BANDS_KM, band, far_words, ordered, point_from_words, wind
from gongjian.kernel.geometry import Point, distance_km

HERE = Point(116.5, 39.8)
NORTH_KM = 1 / 111.2  # degrees of latitude a kilometre takes


def errand(title, km=None, due=0, *, overdue=False):
    place = None if km is None else Point(HERE.lon, HERE.lat + km * NORTH_KM)
    return Errand(
        sort="问题", title=title, todo="签收", page="cases:board", due_at=at(10, 31) + timedelta(hours=due), overdue=overdue, place=place
    )


def titles(found, here=HERE):
    return [placed.errand.title for placed in ordered(found, here)]


def test_nearer_bands_come_first_and_within_a_band_what_is_overdue():
    found = [
        errand("远", 8),
        errand("近", 0.2),
        errand("近处超时", 0.9, overdue=True),
        errand("远处超时", 9.5, overdue=True),
        errand("更远", 30),
        errand("无处", due=-5, overdue=True),
        errand("无处晚", due=3),
    ]
    assert titles(found) == ["近处超时", "近", "远处超时", "远", "更远", "无处", "无处晚"]


def test_without_a_place_the_one_due_first_is_first_and_the_undated_last():
    undated = Errand(sort="检查", title="不限期", todo="检查", page="cases:board")
    late = errand("超时", 9, due=-2, overdue=True)
    assert titles([undated, errand("下午", 0.1, due=5), errand("中午", 7, due=2), late], None) == ["超时", "中午", "下午", "不限期"]
    assert [placed.km for placed in ordered([late], None)] == [None]


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 60)), st.booleans(), st.integers(-50, 50)), max_size=12))
def test_no_errand_is_lost_and_no_band_stands_before_a_nearer_one(told):
    found = [errand(str(number), km, due, overdue=late) for number, (km, late, due) in enumerate(told)]
    placed = ordered(found, HERE)
    assert sorted(one.errand.title for one in placed) == sorted(one.title for one in found)
    bands = [band(one.km) for one in placed]
    assert bands == sorted(bands)
    for one, other in pairwise(placed):
        if band(one.km) == band(other.km):
            assert (not one.errand.overdue, one.km or 0) <= (not other.errand.overdue, other.km or 0)


def test_the_bands_end_where_they_say():
    assert [band(km) for km in (0, 1, 1.01, 3, 10, 10.01, None)] == [0, 0, 1, 1, 2, 3, len(BANDS_KM) + 1]


@pytest.mark.parametrize(
    ("east", "north", "words"),
    [(0, 1, "北"), (1, 1, "东北"), (1, 0, "东"), (1, -1, "东南"), (0, -1, "南"), (-1, -1, "西南"), (-1, 0, "西"), (-1, 1, "西北")],
)
def test_a_direction_is_the_one_a_compass_shows(east, north, words):
    there = Point(HERE.lon + 0.013 * east, HERE.lat + 0.01 * north)  # about the same length either way at this latitude
    assert wind(HERE, there) == words


def test_distances_are_told_as_one_says_them():
    assert [far_words(km) for km in (0.004, 0.238, 0.999, 1.04, 12.46)] == ["0 米", "240 米", "1000 米", "1.0 公里", "12.5 公里"]
    assert distance_km(HERE, Point(116.5, 39.9)) == pytest.approx(11.12, abs=0.01)


@pytest.mark.parametrize("words", ["", "here", "1", "1,2,3", "181,0", "0,91", "nan,1", "inf,0", "116.5;39.8"])
def test_an_address_that_names_no_place_on_earth_names_none(words):
    assert point_from_words(words) is None
    assert point_from_words("116.5,39.8") == HERE
