"""Registering stations and factors."""

from datetime import UTC, datetime

import pytest

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.models import Factor, Station
from gongjian.telemetry.queries import names_of, stations
from gongjian.trail.models import Event

AT = datetime(2020, 1, 1, tzinfo=UTC)

CARD = StationCard("yizhuang", "亦庄", longitude=116.5, latitude=39.8, names=("亦庄开发区",))


def test_a_station_goes_by_its_code_its_name_and_every_name_feeds_print(db):
    ensure_station(CARD, by=None, at=AT)
    assert names_of("air") == {"yizhuang": "yizhuang", "亦庄": "yizhuang", "亦庄开发区": "yizhuang"}
    assert names_of("dust") == {}
    assert [station.name for station in stations("air")] == ["亦庄"]


def test_registering_again_changes_and_logs_nothing(db):
    ensure_station(CARD, by=None, at=AT)
    ensure_factors([("O3", "臭氧", "µg/m³")], by=None, at=AT)
    events = Event.objects.count()
    ensure_station(CARD, by=None, at=AT)
    ensure_factors([("O3", "臭氧", "µg/m³")], by=None, at=AT)
    assert (Station.objects.count(), Factor.objects.count(), Event.objects.count()) == (1, 1, events)


def test_a_name_means_one_station_only_and_nothing_is_left_of_a_refused_one(db):
    ensure_station(CARD, by=None, at=AT)
    with pytest.raises(Refusal, match="已经是另一个监测站点"):
        ensure_station(StationCard("other", "别处", names=("亦庄开发区",)), by=None, at=AT)
    assert Station.objects.count() == 1


def test_people_do_not_write_what_stations_are_and_measure(db):
    with pytest.raises(Refusal, match="只由系统写入"):
        ensure_station(CARD, by=User(username="somebody"), at=AT)
