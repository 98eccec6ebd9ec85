"""Datums and written degrees: known pairs, and every way back to where it started."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.entry import BadEntry
from gongjian.kernel.geometry import Point, distance_km
from gongjian.standards.coordinates import (
    Datum,
    bd09_to_gcj02,
    cgcs2000_to_gcj02,
    from_cgcs2000,
    gcj02_to_bd09,
    gcj02_to_cgcs2000,
    to_cgcs2000,
)
from gongjian.standards.degrees import Axis, BadCoordinate, check_position, parse_degrees

IN_CHINA = st.tuples(st.floats(73.7, 135), st.floats(3.6, 53.5))


def metres(one, other):
    return distance_km(Point(*one), Point(*other)) * 1000


# Pairs that public libraries for these datums print in their own documentation, to 1 cm (1e-7 degrees).
@pytest.mark.parametrize(
    ("move", "moved"),
    [
        (cgcs2000_to_gcj02, (116.41024449916938, 39.91640428150164)),
        (gcj02_to_bd09, (116.41036949371029, 39.92133699351021)),
    ],
)
def test_forward_moves_agree_with_the_public_formula(move, moved):
    assert move(116.404, 39.915) == pytest.approx(moved, abs=1e-9)


def test_backward_moves_agree_with_the_public_approximations_to_their_metres():
    assert metres(bd09_to_gcj02(116.404, 39.915), (116.39762729119315, 39.90865673957631)) < 1
    assert metres(gcj02_to_cgcs2000(116.404, 39.915), (116.39775550083061, 39.91359571849836)) < 1


@given(IN_CHINA, st.sampled_from(Datum))
def test_there_and_back_is_where_it_began(place, datum):
    """The promise is half a metre; what is kept is a millimetre."""
    assert metres(to_cgcs2000(*from_cgcs2000(*place, datum), datum), place) < 0.001


@given(IN_CHINA, st.sampled_from(Datum))
def test_back_and_there_is_where_it_began(place, datum):
    assert metres(from_cgcs2000(*to_cgcs2000(*place, datum), datum), place) < 0.001


@given(IN_CHINA)
def test_gcj02_moves_a_place_by_hundreds_of_metres_and_no_more(place):
    assert 10 < metres(cgcs2000_to_gcj02(*place), place) < 1500


def test_a_place_abroad_is_not_moved():
    assert cgcs2000_to_gcj02(2.35, 48.85) == (2.35, 48.85)
    assert gcj02_to_cgcs2000(2.35, 48.85) == (2.35, 48.85)


def test_every_datum_says_whose_map_it_is():
    assert [one.word for one in Datum] == ["CGCS2000（卫星定位、天地图，与WGS-84通用）", "GCJ-02（高德、腾讯地图）", "BD-09（百度地图）"]


@pytest.mark.parametrize(
    "written",
    [
        "116°30′15″",
        "116°30'15\"",
        "116°30'15''",
        "116º30’15”E",
        "E116°30′15″",
        "东经116度30分15秒",
        "116 30 15",
        "１１６度３０分１５秒",
        "+116° 30′ 15.0″",
        "116°30.25′",
    ],
)
def test_degrees_minutes_and_seconds_are_read_however_written(written):
    assert parse_degrees(written, Axis.LON) == pytest.approx(116.5041666667, abs=1e-9)


@pytest.mark.parametrize(
    ("written", "axis", "value"),
    [
        ("E116.5", Axis.LON, 116.5),
        ("116.5", Axis.LON, 116.5),
        ("116.5°E", Axis.LON, 116.5),
        ("西经77.0", Axis.LON, -77.0),
        ("-0°30′", Axis.LON, -0.5),
        ("39.8N", Axis.LAT, 39.8),
        ("s39.8", Axis.LAT, -39.8),
        ("39°48′S", Axis.LAT, -39.8),
        ("北纬39度48分", Axis.LAT, 39.8),
    ],
)
def test_decimal_degrees_carry_their_side(written, axis, value):
    assert parse_degrees(written, axis) == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "axis", "said"),
    [
        ("北纬39.8", Axis.LON, "“北纬39.8”是纬度，这里应填经度"),
        ("E116.5", Axis.LAT, "“E116.5”是经度，这里应填纬度"),
        ("116°60′", Axis.LON, "经度“116°60′”的分和秒应小于60"),
        ("116°3′60″", Axis.LON, "经度“116°3′60″”的分和秒应小于60"),
        ("181", Axis.LON, "经度“181”超出180度"),
        ("90.1", Axis.LAT, "纬度“90.1”超出90度"),
        ("", Axis.LON, "经度“”认不出，请写成116.5或116°30′0″的样子"),
        ("大兴区", Axis.LON, "经度“大兴区”认不出，请写成116.5或116°30′0″的样子"),
    ],
)
def test_what_is_no_degree_is_turned_down_with_the_reason(written, axis, said):
    with pytest.raises(BadCoordinate) as found:
        parse_degrees(written, axis)
    assert str(found.value) == said


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59))
def test_written_out_and_read_again_is_the_same(degrees, minutes, seconds):
    value = degrees + minutes / 60 + seconds / 3600
    assert parse_degrees(f"{degrees}°{minutes}′{seconds}″", Axis.LON) == pytest.approx(value, abs=1e-12)
    assert parse_degrees(repr(round(value, 9)), Axis.LON) == pytest.approx(value, abs=1e-9)


@given(st.text(max_size=14), st.sampled_from(Axis))
def test_nothing_but_a_number_in_range_or_a_reason_comes_of_any_text(text, axis):
    try:
        said = parse_degrees(text, axis)
    except BadEntry as refused:
        said = str(refused)
    assert said[-1] != "。" if isinstance(said, str) else abs(said) <= 180


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [
        (39.8, 116.5, "经度和纬度写反了"),
        (0, 0, "经度和纬度都是0，没有定到位置"),
        (2.35, 48.85, "经度2.35、纬度48.85不在中国境内"),
        (116.5, float("nan"), "经度116.5、纬度nan不在中国境内"),
    ],
)
def test_a_position_outside_china_is_turned_down_and_a_swapped_one_told(lon, lat, said):
    with pytest.raises(BadCoordinate) as found:
        check_position(lon, lat)
    assert str(found.value) == said


@given(IN_CHINA)
def test_a_position_in_china_passes_and_swapped_never_does(place):
    assert check_position(*place) == place
    with pytest.raises(BadCoordinate):
        check_position(place[1], place[0])
