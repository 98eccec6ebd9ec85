"""The district's outline: the one that is built in, and what another must be."""

import json
import math
from itertools import pairwise

import pytest

from gongjian.kernel.refusal import Refusal
from gongjian.ui import outline as module
from gongjian.ui.outline import BUILT_IN, outline, read

RING = [[116.4, 39.7], [116.6, 39.7], [116.6, 39.9], [116.4, 39.7]]


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def feature(kind, coordinates, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "outline.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_the_built_in_one_says_it_is_a_sketch_and_is_about_as_large_as_the_district():
    found = read(BUILT_IN)
    assert found["note"] == "示意，非法定边界"
    (district,) = [one for one in found["features"] if one["properties"]["role"] == "district"]
    ring = district["geometry"]["coordinates"][0]
    km = 111.0 * 111.32 * math.cos(math.radians(39.785))
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2 * km
    assert 55 < area < 66  # about 60 km² by the district's own account
    assert {one["properties"]["role"] for one in found["features"]} == {"district", "water", "ring", "highway", "road", "label"}


def test_a_file_of_a_gis_knows_no_roles_and_is_drawn_all_the_same(written):
    found = read(
        written(
            collection(feature("MultiPolygon", [[RING]]), feature("LineString", RING[:2], NAME="x"), feature("Point", RING[0], name="街道"))
        )
    )
    assert [one["properties"] for one in found["features"]] == [
        {"role": "district", "name": ""},
        {"role": "road", "name": ""},
        {"role": "label", "name": "街道"},
    ]
    assert found["note"] == ""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "读不出来"),
        ([], "FeatureCollection"),
        (collection(), "没有区界"),
        (collection(feature("LineString", RING)), "没有区界"),
        (collection(feature("Circle", RING)), "第1个要素的几何类型"),
        (collection(feature("Polygon", [RING[:3]])), "第1个要素的坐标"),
        (collection(feature("Polygon", [RING]), feature("Polygon", [[[39.7, 116.4]] * 4])), "第2个要素的坐标"),  # latitude first
        (collection(feature("Polygon", [[[4_400_000.0, 440_000.0]] * 4])), "第1个要素的坐标"),  # metres of a projection
        (collection(feature("Polygon", [[["116.4", "39.7"]] * 4])), "第1个要素的坐标"),
        (collection(None), "第1个要素"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_place(written, content, why):
    with pytest.raises(Refusal, match=why) as refusal:
        read(written(content))
    assert "GONGJIAN_OUTLINE" in str(refusal.value)


def test_the_one_the_settings_name_is_in_force(settings, written):
    settings.GONGJIAN_OUTLINE = str(written(collection(feature("Polygon", [RING], name="示例区"), note="以批复为准")))
    module._kept.cache_clear()
    assert outline()["note"] == "以批复为准"
    settings.GONGJIAN_OUTLINE = ""
    assert outline()["note"] == "示意，非法定边界"
    assert outline() is outline()


def test_every_map_is_given_it_compressed_and_not_twice(client):
    first = client.get("/atlas/outline.json", headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    again = client.get("/atlas/outline.json", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.get("/atlas/outline.json").json() == outline()
