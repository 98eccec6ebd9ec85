"""The payload of a map: few bytes, nothing lost, nothing that is not listed."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.ui.places import Area, MarkShape, Place, PlaceKind, PlaceStatus, payload
from gongjian.ui.styleguide_places import KINDS, STATUSES, places_sample

ONE, OTHER = KINDS[0].slug, KINDS[1].slug
OPEN = STATUSES[0].slug
SPOTS = st.builds(
    Place,
    id=st.integers(1, 2**40),
    kind=st.sampled_from([kind.slug for kind in KINDS]),
    status=st.sampled_from([status.slug for status in STATUSES]),
    lon=st.floats(73, 136),
    lat=st.floats(3, 54),
    name=st.text(max_size=12),
    code=st.text(max_size=6),
)


@given(st.lists(SPOTS, max_size=8))
def test_what_goes_in_comes_out_to_a_tenth_of_a_metre(places):
    told = json.loads(payload(KINDS, STATUSES, places))
    assert len(told["places"]) == len(places)
    for place, (ident, kind, status, lon, lat, name, code) in zip(places, told["places"], strict=True):
        assert (ident, name, code) == (place.id, place.name, place.code)
        assert (told["kinds"][kind]["slug"], told["statuses"][status]["slug"]) == (place.kind, place.status)
        assert abs(lon - place.lon) <= 5.1e-7
        assert abs(lat - place.lat) <= 5.1e-7


def test_an_area_is_a_feature_that_names_kind_and_status_by_number():
    ring = {"type": "Polygon", "coordinates": [[[116.4, 39.7], [116.5, 39.7], [116.5, 39.8], [116.4, 39.7]]]}
    (area,) = json.loads(payload(KINDS, STATUSES, [], [Area(7, OTHER, OPEN, ring, "地块", "D-7")], unplaced=3))["areas"]
    assert area == {"type": "Feature", "id": 7, "properties": {"kind": 1, "status": 0, "name": "地块", "code": "D-7"}, "geometry": ring}


def test_a_kind_or_status_that_is_not_listed_is_a_mistake():
    for kind, status in ((ONE, "unheard"), ("unheard", OPEN)):
        with pytest.raises(KeyError):
            payload(KINDS, STATUSES, [Place(1, kind, status, 116.5, 39.8, "")])


@pytest.mark.parametrize(("colour", "symbol"), [(0, "企"), (9, "企"), (1, ""), (1, "企业")])
def test_a_kind_has_one_of_eight_colours_and_one_sign(colour, symbol):
    with pytest.raises(ValueError, match="kind"):
        PlaceKind("x", "某类", symbol, colour)


def test_every_form_a_status_may_have_is_one_the_map_draws():
    from test_sources import SRC

    drawn = (SRC / "ui" / "static" / "ui" / "map" / "marks.js").read_text()
    assert all(f"  {shape.value}: [" in drawn for shape in MarkShape)
    assert json.loads(payload([], [PlaceStatus("x", "某", MarkShape.HEXAGON)], []))["statuses"][0]["shape"] == "hexagon"


def test_twenty_thousand_places_travel_in_less_than_half_a_megabyte():
    body = places_sample(20_000)
    assert len(json.loads(body)["places"]) == 20_000
    assert len(gzip.compress(body, 6)) < 400_000
    assert len(body) < 1_600_000
