"""An area in a ledger is one that can be, and its point lies in it."""

from datetime import date

import pytest
from stage import at

from gongjian.ledgers.actions import entries
from gongjian.ledgers.checking import Invalid, checked
from gongjian.mobile.ledgers.places import LOW_EMISSION_ZONES
from gongjian.mobile.models import LowEmissionZone, LowEmissionZoneVersion
from gongjian.people.models import Department
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


def square(west, south=39.7, side=0.02):
    east, north = west + side, south + side
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def lies_in(entry, west, south=39.7, side=0.02):
    return west <= entry.lon <= west + side and south <= entry.lat <= south + side


@pytest.fixture
def values(town):
    """What a low-emission zone must have besides its place."""
    department = Department.objects.get(name="交通局")
    return {"code": "DPF-01", "name": "某区", "sort": "machines", "least_stage": 3, "since": date(2020, 1, 1), "department": department}


def test_an_area_without_a_point_is_given_one_within_it(values):
    entry = entries.enter(LOW_EMISSION_ZONES, values | {"shape": square(116.5)}, by=None, at=at(3, 10))
    assert lies_in(entry, 116.5)
    stored = LowEmissionZone.objects.get()
    assert stored.shape == square(116.5)
    assert (stored.lon, stored.lat) == (entry.lon, entry.lat)


def test_a_point_somebody_chose_within_the_area_stays(values):
    entry = entries.enter(LOW_EMISSION_ZONES, values | {"shape": square(116.5), "lon": 116.501, "lat": 39.701}, by=None, at=at(3, 10))
    assert (entry.lon, entry.lat) == (116.501, 39.701)


def test_an_area_that_moves_takes_its_point_along_and_leaves_a_version(values):
    entry = entries.enter(LOW_EMISSION_ZONES, values | {"shape": square(116.5)}, by=None, at=at(3, 10))
    entry = entries.amend(LOW_EMISSION_ZONES, entry, {"shape": square(116.6)}, version=1, by=None, at=at(3, 11))
    assert lies_in(entry, 116.6)
    old, new = LowEmissionZoneVersion.objects.order_by("entered_at")
    assert (old.shape, new.shape) == (square(116.5), square(116.6))
    assert lies_in(old, 116.5)
    assert lies_in(new, 116.6)
    assert Event.objects.get(verb="entry.amended").after["shape"] == square(116.6)
    again = entries.amend(LOW_EMISSION_ZONES, entry, {"shape": square(116.6)}, version=2, by=None, at=at(3, 12))
    assert again.version == 2


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (
            {"type": "Polygon", "coordinates": [[[116, 39], [117, 40], [117, 39], [116, 40], [116, 39]]]},
            "范围：边界自相交（116.5，39.5附近）",
        ),
        ({"type": "Point", "coordinates": [116.5, 39.7]}, "范围：不是面（GeoJSON Polygon或MultiPolygon）"),
        ({"type": "LineString", "coordinates": [[116.5, 39.7], [116.6, 39.7]]}, "范围：不是面（GeoJSON Polygon或MultiPolygon）"),
    ],
)
def test_an_area_that_cannot_be_is_refused_with_the_reason(values, shape, said):
    assert checked(LOW_EMISSION_ZONES, values | {"shape": shape}).faults == {"shape": said}
    with pytest.raises(Invalid, match=said.split("（")[0]):
        entries.enter(LOW_EMISSION_ZONES, values | {"shape": shape}, by=None, at=at(3, 10))


def test_half_a_point_is_made_whole_by_the_area(values):
    found = checked(LOW_EMISSION_ZONES, values | {"shape": square(116.5), "lon": 116.51})
    assert found.faults == {}
    assert 39.7 < found.values["lat"] < 39.72
