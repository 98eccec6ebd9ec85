"""The made-up instruments and lorries: the same whenever they are asked, going on where they were, leaving the alarms' story alone."""

from datetime import date, timedelta

import pytest
from live_field import empty_live
from stage import at

from gongjian.alarms.demonstration.outlets import FACTORS, OUTLETS
from gongjian.alarms.uploaded import uploading_stations
from gongjian.live.demonstration.instruments import DEVICES
from gongjian.live.demonstration.journeys import LORRIES
from gongjian.project.demonstration.live import continue_live, make_live
from gongjian.telemetry.actions import StationCard, ensure_factors, ensure_station
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import Device
from gongjian.telemetry.queries import live

TODAY, UNTIL = date(2020, 10, 31), at(10, 31, 9, 7)


@pytest.fixture
def outlets(db, settings, tmp_path):
    settings.HOME = tmp_path
    empty_live()
    ensure_factors(FACTORS, by=None, at=at(1, 1))
    for made in OUTLETS:
        ensure_station(StationCard(made.code, made.name, made.kind, made.lon, made.lat), by=None, at=at(1, 1))
    yield
    empty_live()


def test_it_is_made_once_and_the_same_again(outlets):
    first = make_live(TODAY, UNTIL)
    assert first > 5_000
    assert make_live(TODAY, UNTIL) == 0
    assert Device.objects.count() == len(DEVICES) + len(LORRIES)


def test_it_goes_on_where_it_was_and_nothing_is_told_before_it_is_over(outlets):
    make_live(TODAY, UNTIL)
    later = UNTIL + timedelta(minutes=10)
    continue_live(TODAY, UNTIL)
    assert continue_live(TODAY, UNTIL) == 0
    here = live().newest()
    assert continue_live(TODAY, later) > 0
    assert continue_live(TODAY, later) == 0
    told = live().since(here)[1]
    assert {row.stream for row in told} == {Stream.MINUTE, Stream.VEHICLE}
    assert all(row.received <= (later.timestamp() + 5) * 1e6 for row in told)
    assert min(row.moment for row in told) >= (UNTIL - timedelta(minutes=10)).timestamp()


def test_one_dust_point_stays_silent_as_its_story_says(outlets):
    make_live(TODAY, UNTIL)
    silent = Device.objects.get(station__code="DEMO-YC002")
    assert live().latest([silent.pk], Stream.MINUTE)[silent.pk].moment < at(10, 30, 15).timestamp()


def test_the_alarms_of_the_made_up_outlets_go_on_being_judged_by_their_hours(outlets):
    make_live(TODAY, UNTIL)
    assert uploading_stations() == set()


def test_without_the_made_up_outlets_there_are_no_made_up_devices(db, settings, tmp_path):
    settings.HOME = tmp_path
    assert make_live(TODAY, UNTIL) == 0
    assert Device.objects.count() == 0
    assert continue_live(TODAY, UNTIL) == 0
