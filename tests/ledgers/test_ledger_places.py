"""The map of ledgers shows what the lists show, says what it cannot show, and is not built again while nothing changed."""

import gzip
import json
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from ledger_sample.declarations import YARDS
from sampled import company, yard
from stage import at

from gongjian.ledgers.actions import entries
from gongjian.ledgers.declaration import Placed
from gongjian.ledgers.models import Status
from gongjian.ledgers.queries.asking import asked
from gongjian.ledgers.queries.listing import whole
from gongjian.ledgers.queries.places import placements, places, places_of, state_of
from gongjian.ledgers.registry import ledgers
from gongjian.ledgers.signs import STATUSES, place_kinds, placed_ledgers

pytestmark = pytest.mark.django_db
ON = date(2020, 6, 1)
MAP, PLACES = "/ledgers/map/", "/ledgers/map/places.json"
OF_YARDS = "/ledgers/sample-yards/map/"
AREA = {"type": "Polygon", "coordinates": [[[116.5, 39.77], [116.52, 39.77], [116.52, 39.79], [116.5, 39.77]]]}


@pytest.fixture
def district(town):
    """A company with a place; yards at a point, with an extent, without a place, and gone since May."""
    return {
        "company": company(lon=116.51, lat=39.78),
        "point": yard("Y-1", lon=116.512, lat=39.781, name="河东堆场"),
        "area": yard("Y-2", shape=AREA, name="河西堆场", sort="roofed"),
        "nowhere": yard("Y-3", name="无处堆场"),
        "gone": gone(yard("Y-4", lon=116.513, lat=39.782, name="旧堆场")),
    }


def gone(entry):
    return entries.withdraw(YARDS, entry, date(2020, 5, 1), "拆除", version=1, by=None, at=at(5, 2))


def told(answer):
    return json.loads(gzip.decompress(answer.content) if answer.headers.get("Content-Encoding") == "gzip" else answer.content)


def names(body):
    found = told(body) if hasattr(body, "headers") else json.loads(body)
    return {row[5] for row in found["places"]} | {area["properties"]["name"] for area in found["areas"]}


def test_everything_in_force_with_a_place_is_on_the_map_and_the_rest_is_counted(district):
    body = json.loads(places(placed_ledgers(), ON, past=False))
    assert names(json.dumps(body)) == {"甲厂", "河东堆场", "河西堆场"}
    assert body["unplaced"] == 1
    (area,) = body["areas"]
    assert (area["id"], area["geometry"], area["properties"]["code"]) == (district["area"].pk, AREA, "Y-2")
    slugs = [kind["slug"] for kind in body["kinds"]]
    yards = [row for row in body["places"] if slugs[row[1]] == YARDS.slug]
    assert [row[:1] + row[3:] for row in yards] == [[district["point"].pk, 116.512, 39.781, "河东堆场", "Y-1"]]
    assert len({row[0] for row in body["places"]} | {area["id"]}) == 3


def test_a_past_day_shows_what_was_known_by_its_end(district):
    entries.amend(YARDS, district["point"], {"lon": 116.53, "lat": 39.79}, version=1, by=None, at=at(5, 20))
    april = json.loads(places(placed_ledgers(), date(2020, 4, 30), past=True))
    assert names(json.dumps(april)) == {"甲厂", "河东堆场", "河西堆场", "旧堆场"}
    assert [row[3:5] for row in april["places"] if row[0] == district["point"].pk] == [[116.512, 39.781]]
    assert json.loads(places(placed_ledgers(), date(2020, 3, 6), past=True))["places"][0][5] == "甲厂"
    assert [row[3:5] for row in json.loads(places([YARDS], ON, past=True))["places"] if row[0] == district["point"].pk] == [[116.53, 39.79]]


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize(
    "given_filters",
    [
        {},
        {"text": "河"},
        {"text": "甲厂"},
        {"sort": "roofed"},
        {"status": "withdrawn"},
        {"status": "all"},
        {"lon": "-"},
        {"text": "没有的"},
    ],
)
def test_the_map_of_a_ledger_has_exactly_the_rows_of_its_list(district, given_filters, past):
    wanted = asked(YARDS, given_filters, ON, past=past)
    listed = [row for row, _ in whole(wanted, "lon", "name")]
    body = json.loads(places_of(wanted))
    assert names(json.dumps(body)) == {row["name"] for row in listed if row["lon"] is not None}
    assert body["unplaced"] == sum(row["lon"] is None for row in listed)
    assert [kind["slug"] for kind in body["kinds"]] == [YARDS.slug]


def test_the_map_of_all_is_the_maps_of_each_together(district):
    for day, past in ((ON, False), (date(2020, 4, 30), True)):
        each = [json.loads(places_of(asked(ledger, {}, day, past=past))) for ledger in placed_ledgers()]
        whole_map = json.loads(places(placed_ledgers(), day, past=past))
        assert {row[0] for row in whole_map["places"]} == {row[0] for one in each for row in one["places"]}
        assert whole_map["unplaced"] == sum(one["unplaced"] for one in each)
        counted = {one.ledger.slug: (one.placed, one.unplaced) for one in placements(day, past=past)}
        for ledger, one in zip(placed_ledgers(), each, strict=True):
            assert counted[ledger.slug] == (len(one["places"]) + len(one["areas"]), one["unplaced"])


def test_the_number_of_queries_does_not_grow_with_the_entries(district, django_assert_max_num_queries):
    for number in range(20):
        yard(f"M-{number}", lon=116.5 + number / 1000, lat=39.78)
    with django_assert_max_num_queries(3):
        places(placed_ledgers(), ON, past=False)
    with django_assert_max_num_queries(4):  # and how frequent the words are
        places_of(asked(YARDS, {"text": "堆场"}, ON))
    with django_assert_max_num_queries(3 * len(placed_ledgers())):
        places(placed_ledgers(), date(2020, 4, 30), past=True)


def test_an_unchanged_map_is_answered_without_reading_the_entries(district, sign_in):
    client = sign_in("jiaotong")
    for address in (PLACES, f"{OF_YARDS}places.json?text=河", f"{PLACES}?on=2020-04-30"):
        first = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert (first.status_code, first.headers["Cache-Control"]) == (200, "private, no-cache")
        with CaptureQueriesContext(connection) as queries:
            again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert not [
            one["sql"] for one in queries if '"ledgers_entry"."lat"' in one["sql"] or ("version" in one["sql"] and "SUM" not in one["sql"])
        ]


def test_every_kind_of_change_is_seen_at_once(district, sign_in):
    client = sign_in("jiaotong")
    changes = [
        lambda: yard("Y-9", lon=116.5, lat=39.78),
        lambda: entries.amend(YARDS, district["point"], {"lon": 116.52}, version=1, by=None, at=at(3, 1)),  # told with an earlier clock
        lambda: entries.withdraw(YARDS, district["area"], date(2020, 5, 1), "拆除", version=1, by=None, at=at(5, 2)),
        lambda: entries.restore(YARDS, district["gone"], "误报", version=2, by=None, at=at(5, 3)),
        lambda: entries.amend(YARDS, district["nowhere"], {"note": "看过"}, version=1, by=None, at=at(5, 4)),
    ]
    seen = client.get(PLACES).headers["ETag"]
    for change in changes:
        change()
        answer = client.get(PLACES, headers={"If-None-Match": seen})
        assert answer.status_code == 200
        seen = answer.headers["ETag"]
        assert client.get(PLACES, headers={"If-None-Match": seen}).status_code == 304


def test_another_day_filter_word_or_ledger_is_another_state(district):
    states = [
        state_of(placed_ledgers(), ON, False),
        state_of(placed_ledgers(), date(2020, 6, 2), False),
        state_of(placed_ledgers(), ON, True),
        state_of([YARDS], ON, False),
        state_of([YARDS], ON, False, "河", []),
        state_of([YARDS], ON, False, "", [("sort", "open")]),
    ]
    assert len(set(states)) == len(states)
    company("91110108551385082Q", "乙厂")  # a yard is found by its company
    assert state_of([YARDS], ON, False) != states[3]


def test_a_thing_without_a_name_goes_by_its_code(district):
    entries.amend(YARDS, district["point"], {"name": ""}, version=1, by=None, at=at(5, 1))
    assert "Y-1" in names(places([YARDS], ON, past=False))


def test_no_two_ledgers_are_drawn_alike():
    kinds = list(place_kinds().values())
    assert len(kinds) == len([one for one in ledgers() if one.placed is not Placed.NOWHERE]) >= 5
    assert len({kind.symbol for kind in kinds}) == len(kinds)
    assert all(kind.symbol.isalpha() for kind in kinds)
    for one, following in pairwise(kinds):
        assert one.colour != following.colour
    assert [kind.symbol for kind in kinds if kind.slug == "fuel-sites"] == ["油"]
    assert {status.slug for status in STATUSES} == set(Status.values)
    assert len({(status.shape, status.pale) for status in STATUSES}) == len(STATUSES)


@given(st.lists(st.text("加油充电站台账（库）", min_size=1, max_size=4), min_size=1, max_size=20))
def test_titles_however_alike_give_signs_of_their_own(titles):
    from dataclasses import replace

    from gongjian.ledgers.signs import _signs

    found = _signs([replace(YARDS, slug=f"l{number}", title=title) for number, title in enumerate(titles)])
    assert len(set(found.values())) == len(titles)
    assert all(len(sign) == 1 and sign.isalnum() for sign in found.values())
