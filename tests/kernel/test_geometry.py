"""Shapes in and out, what makes a polygon no polygon, and measures held against the ellipsoid."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_areas import CENTRE, area, box, disc, off, ring

from gongjian.kernel.geometry import (
    MOST_POINTS,
    BadShape,
    Box,
    Point,
    area_km2,
    bounding_box,
    centroid,
    contains,
    distance_km,
    point_from_geojson,
    polygon_from_geojson,
    to_geojson,
)
from gongjian.kernel.planes import Plane

SQUARE = [[116, 39], [117, 39], [117, 40], [116, 40], [116, 39]]


def polygon(*rings):
    return polygon_from_geojson({"type": "Polygon", "coordinates": list(rings)})


def test_what_goes_in_comes_out():
    holed = {"type": "Polygon", "coordinates": [SQUARE, [[116.4, 39.4], [116.4, 39.6], [116.6, 39.6], [116.4, 39.4]]]}
    parted = {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[118, 39], [119, 39], [119, 40], [118, 39]]]]}
    for shape in (holed, parted):
        assert to_geojson(polygon_from_geojson(shape)) == shape
    assert to_geojson(point_from_geojson({"type": "Point", "coordinates": [116.5, 39.8, 35.0]})) == {
        "type": "Point",
        "coordinates": [116.5, 39.8],
    }


@pytest.mark.parametrize(
    ("rings", "said"),
    [
        ([SQUARE[:-1]], "边界没有闭合，末点应与起点相同"),
        ([[[116, 39], [117, 40], [117, 39], [116, 40], [116, 39]]], "边界自相交（116.5，39.5附近）"),
        ([[[116, 39], [117, 40], [116, 39]]], "边界至少要有三个不同的点，并回到起点"),
        ([SQUARE, [[118, 39], [119, 39], [119, 40], [118, 39]]], "洞不在面的里面（118，39附近）"),
        ([[[116, 39], [117, "x"], [117, 40], [116, 39]]], "坐标应为经度和纬度两个数"),
        ([[[116, 39], [117], [117, 40], [116, 39]]], "坐标应为经度和纬度两个数"),
        ([[[116, 39], [True, 39], [117, 40], [116, 39]]], "坐标应为经度和纬度两个数"),
        ([[[39, 116], [39, 117], [40, 117], [39, 116]]], "坐标（39，116）不是经度和纬度"),
        ([[[116, 39], [float("nan"), 39], [117, 40], [116, 39]]], "坐标（nan，39）不是经度和纬度"),
        ([[[116 + 1e-6 * number, 39] for number in range(MOST_POINTS + 1)]], f"边界的点超过{MOST_POINTS}个，请先简化"),
        ([], "面里没有边界"),
        ([7], "坐标的层次不对"),
        (["abcd"], "坐标的层次不对"),
    ],
)
def test_what_is_no_polygon_is_turned_down_with_the_reason(rings, said):
    with pytest.raises(BadShape) as found:
        polygon(*rings)
    assert str(found.value) == said


def test_parts_that_overlap_are_no_polygon():
    with pytest.raises(BadShape, match=r"^边界自相交|^一个面套在另一个面里"):
        polygon_from_geojson({"type": "MultiPolygon", "coordinates": [[SQUARE], [[[116.5, 39.5], [118, 39.5], [118, 41], [116.5, 39.5]]]]})


@pytest.mark.parametrize("shape", [None, [], "Point", {"type": "LineString", "coordinates": SQUARE}, {}])
def test_other_geometries_are_turned_down(shape):
    with pytest.raises(BadShape, match="不是面"):
        polygon_from_geojson(shape)
    with pytest.raises(BadShape, match="不是一个点"):
        point_from_geojson(shape)


@given(
    st.recursive(st.none() | st.floats() | st.text(max_size=3) | st.just(SQUARE), lambda inner: st.lists(inner, max_size=4), max_leaves=8)
)
def test_nothing_but_a_polygon_or_a_reason_comes_of_any_coordinates(coordinates):
    for kind in ("Polygon", "MultiPolygon"):
        try:
            found = polygon_from_geojson({"type": kind, "coordinates": coordinates})
        except BadShape as said:
            found = str(said)
        assert found[-1] != "。" if isinstance(found, str) else area_km2(found) > 0


def test_the_plane_is_the_one_of_the_published_example():
    """IOGP Guidance Note 7-2, EPSG:3035: 50° N 5° E lies at 3,962,799.45 m E and 2,999,718.85 m N of the false origin."""
    east, north = Plane(10, 52).place([5], [50])
    assert (4321 + east[0], 3210 + north[0]) == (pytest.approx(3962.79945, abs=1e-5), pytest.approx(2999.71885, abs=1e-5))


@given(st.floats(73, 135), st.floats(4, 53))
def test_a_cell_of_meridians_and_parallels_has_the_area_of_the_ellipsoid(lon, lat):
    """Its area has a closed form: the sine of the authalic latitude. Along the parallel the ring needs many points."""
    e2 = 0.006694380022900788
    e = math.sqrt(e2)

    def zone(at):
        sine = math.sin(math.radians(at))
        return 6378.137**2 * (1 - e2) / 2 * (sine / (1 - e2 * sine * sine) + math.atanh(e * sine) / e)

    steps = [lon + 0.1 * number / 50 for number in range(51)]
    cell = polygon([*([one, lat] for one in steps), *([one, lat + 0.1] for one in reversed(steps)), [lon, lat]])
    assert area_km2(cell) == pytest.approx(math.radians(0.1) * (zone(lat + 0.1) - zone(lat)), rel=1e-6)


def test_a_hole_is_taken_off_and_is_outside():
    holed = area(box(-2, -2, 2, 2), box(-1, -1, 1, 1))
    assert area_km2(holed) == pytest.approx(12, rel=1e-3)
    assert not contains(holed, CENTRE)
    assert contains(holed, off(1.5, 0))
    assert contains(holed, Point(*ring(box(-2, -2, 2, 2))[0]))
    assert not contains(holed, off(2.01, 0))


def test_a_disc_has_its_box_its_centre_and_its_area():
    found = disc(4)
    assert area_km2(found) == pytest.approx(math.pi * 16, rel=2e-4)
    assert distance_km(centroid(found), CENTRE) < 0.001
    west, south, east, north = bounding_box(found)
    assert (Point(west, CENTRE.lat), Point(CENTRE.lon, north)) == (pytest.approx(off(-4, 0)), pytest.approx(off(0, 4)))
    assert (south, east) == (pytest.approx(off(0, -4).lat), pytest.approx(off(4, 0).lon))
    assert bounding_box(CENTRE) == Box(116.5, 39.8, 116.5, 39.8)


def test_a_degree_of_latitude_and_the_way_to_shanghai():
    assert distance_km(Point(116, 39), Point(116, 40)) == pytest.approx(111.195, abs=1e-3)
    assert distance_km(Point(116.4074, 39.9042), Point(121.4737, 31.2304)) == pytest.approx(1067, abs=3)
    assert distance_km(Point(0, 0), Point(180, 0)) == pytest.approx(math.pi * 6371.0088)


@given(*[st.builds(Point, st.floats(73, 135), st.floats(4, 53))] * 3)
def test_distance_is_a_metric(a, b, c):
    assert distance_km(a, b) == distance_km(b, a) >= 0
    assert distance_km(a, a) == 0
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-9


def test_nothing_heavy_is_imported_before_something_is_measured():
    told = "import sys, gongjian.kernel.geometry, gongjian.kernel.service_radius; print({'numpy', 'shapely'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert ran.stdout.strip() == "set()"
