"""Areas as text: what three ways of writing say is the same area; what cannot be one is told why."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.geometry import BadShape, contains, point_within, polygon_from_geojson, to_geojson
from gongjian.kernel.shape_text import shape_from_text

SQUARE = [[116.5, 39.7], [116.6, 39.7], [116.6, 39.8], [116.5, 39.8], [116.5, 39.7]]
HOLE = [[116.54, 39.74], [116.54, 39.76], [116.56, 39.76], [116.54, 39.74]]
FAR = [[[117.0, 39.0], [117.1, 39.0], [117.1, 39.1], [117.0, 39.0]]]
AREAS = [
    {"type": "Polygon", "coordinates": [SQUARE]},
    {"type": "Polygon", "coordinates": [SQUARE, HOLE]},
    {"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], FAR]},
]


def wkt(shape):
    from shapely.geometry import shape as shapely_shape

    return shapely_shape(shape).wkt


def outcome(read, given):
    """The area, or the reason why there is none."""
    try:
        return read(given)
    except BadShape as no:
        return str(no)


@pytest.mark.parametrize("area", AREAS)
def test_geojson_features_and_wkt_say_the_same(area):
    feature = {"type": "Feature", "properties": {"name": "某地块"}, "geometry": area}
    texts = [
        json.dumps(area),
        json.dumps(feature),
        json.dumps({"type": "FeatureCollection", "features": [feature]}),
        "\ufeff" + json.dumps(area, indent=2),
        wkt(area),
        f"  SRID=4490;{wkt(area).lower()} ",
    ]
    for text in texts:
        assert to_geojson(shape_from_text(text)) == area


def test_wkt_with_heights_and_odd_spacing_is_read():
    text = "polygon z((116.5 39.7 20,116.6\t39.7 20 , 116.6 39.8 20,\n116.5 39.8 20,116.5 39.7 20))"
    assert to_geojson(shape_from_text(text)) == AREAS[0]


@pytest.mark.parametrize(
    "text",
    [
        "116.5,39.7\n116.6,39.7\n116.6,39.8\n116.5,39.8",
        "116.5,39.7\r\n116.6,39.7\r\n116.6,39.8\r\n116.5,39.8\r\n116.5,39.7\r\n",
        "116.5 39.7；116.6 39.7；116.6 39.8；116.5 39.8；",
        "（116.5，39.7）；（116.6，39.7）；（116.6，39.8）；（116.5，39.8）",
    ],
)
def test_corners_as_people_type_them_are_closed_to_an_area(text):
    assert to_geojson(shape_from_text(text)) == AREAS[0]


@given(st.lists(st.tuples(st.floats(73, 136), st.floats(3, 54)), min_size=3, max_size=8))
def test_corners_and_geojson_are_held_to_the_same(corners):
    ring = [list(corner) for corner in corners]
    whole = {"type": "Polygon", "coordinates": [ring if ring[0] == ring[-1] else [*ring, ring[0]]]}
    text = "\n".join(f"{lon!r}, {lat!r}" for lon, lat in corners)
    assert outcome(shape_from_text, text) == outcome(polygon_from_geojson, whole)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "边界至少要有三个不同的点，并回到起点"),
        ("某某路以东", "第1个点“某某路以东”读不出来，应为“经度, 纬度”，每行一个"),
        ("116.5,39.7\n116.6,39.7,3\n116.6,39.8", "第2个点“116.6,39.7,3”读不出来，应为“经度, 纬度”，每行一个"),
        ("39.7,116.5\n39.7,116.6\n39.8,116.6", "坐标（39.7，116.5）不是经度和纬度"),
        ("116,39;117,40;117,39;116,40", "边界自相交（116.5，39.5附近）"),
        ('{"type": "Polygon", "coordinates": [[[116.5,', "不是完整的GeoJSON，请整段复制"),
        ("[" * 100_000, "不是完整的GeoJSON，请整段复制"),
        ("[[116.5, 39.7]]", "不是面（GeoJSON Polygon或MultiPolygon）"),
        ('{"type": "Feature"}', "不是面（GeoJSON Polygon或MultiPolygon）"),
        ('{"type": "FeatureCollection", "features": []}', "GeoJSON里应当只有一个要素，请只粘贴这一处的范围"),
        ("POLYGON EMPTY", "WKT读不出来，应为POLYGON ((经度 纬度, 经度 纬度, …))"),
        ("POLYGON ((116.5 39.7, 116.6 39.7", "WKT读不出来，应为POLYGON ((经度 纬度, 经度 纬度, …))"),
        ("POLYGON ((116.5 39.7, 116.6 39.7)", "WKT的括号或坐标不完整，请整段复制"),
        ("POLYGON ((116.5 39.7, 116.6 39.7, 116.6 39.8, 116.5 39.8))", "边界没有闭合，末点应与起点相同"),
        ("SRID=3857;POLYGON ((1 2, 3 4, 5 6, 1 2))", "WKT的坐标系（EPSG:3857）不是国家2000经纬度，请先转换"),
        ("POLYGON " + "(" * 100_000 + ")", "WKT的括号或坐标不完整，请整段复制"),
        ("1" * 2_000_000, "文字太长，边界的点最多20000个，请先简化"),
    ],
)
def test_what_is_no_area_is_told_why(text, said):
    with pytest.raises(BadShape) as told:
        shape_from_text(text)
    assert str(told.value) == said


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_200_000,
        f"POLYGON (({'1' * 1_200_000}))",
        f"POLYGON (({' ' * 1_200_000}))",
        "1 " * 600_000,
        "(" * 1_200_000,
        f"1{' ' * 1_200_000}x",
        f"POLYGON{' ' * 1_200_000}x",
    ],
)
def test_no_text_takes_long(text):
    begun = time.process_time()
    with pytest.raises(BadShape):
        shape_from_text(text)
    assert time.process_time() - begun < 2


def test_the_point_of_a_bent_area_lies_in_it():
    horseshoe = [[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]
    area = polygon_from_geojson({"type": "Polygon", "coordinates": [horseshoe]})
    assert contains(area, point_within(area))
