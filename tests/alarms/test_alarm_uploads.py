"""What devices upload, from the live store to the alarm."""

from time import perf_counter

import numpy as np
import pytest
from alarm_desk import DAY, NOX
from django.db import connection
from stage import at

from gongjian.alarms.actions.sweeping import sweep
from gongjian.alarms.models import Alarm, Outlet
from gongjian.alarms.stored import StoredSource
from gongjian.alarms.uploaded import UploadedSource, uploading_stations
from gongjian.telemetry.actions import note_listening
from gongjian.telemetry.live.packing import MICRO, Content, body_of, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Stream
from gongjian.telemetry.live.schema import NAMES
from gongjian.telemetry.models import Device, DeviceFactor, Factor
from gongjian.telemetry.queries import live, store
from gongjian.telemetry.store import Claim, Period, SeriesKey

SHAPE = (Column("a21002", "Avg"), Column("a21002", "ZsAvg"), Column("a19001", "Avg"))
KEY = SeriesKey("DA001", NOX, Period.HOUR)
START = int(DAY.timestamp())


@pytest.fixture
def device(desk, settings, tmp_path):
    """The boiler's instrument, and a live store in which nothing is."""
    settings.HOME = tmp_path
    if connection.vendor == "postgresql":
        with live()._transaction():
            for name in NAMES:
                live()._run(f"TRUNCATE {name}")
    made = Device.objects.create(code="88888880000001", name="烟气分析仪", station=desk.boiler.station, minute_interval=10)
    DeviceFactor.objects.create(device=made, code="a21002", unit="mg/m³", factor=Factor.objects.get(code=NOX))
    DeviceFactor.objects.create(device=made, code="a19001", unit="%")
    yield made
    if connection.vendor == "postgresql":  # nobody may be at work in the database when it is dropped; the next use connects anew
        live().close()


def upload(device, values, *, moment=START, stream=Stream.HOUR, flags="NNN", received=None, shape=SHAPE):
    content = Content(shape_number(shape), body_of(values, flags[: len(shape)].encode()))
    row = packed(device.pk, stream, moment, (received or moment + 3600) * MICRO, content)
    return live().append(Batch([row], {shape_number(shape): shape}))


def test_from_a_packet_to_the_alarm_in_well_under_a_second(desk, device):
    """The best of three: what the sweep takes once the packet is durable."""
    desk.limit(desk.boiler)
    sweep(now=at(10, 20, 0, 30))
    took = []
    for hour in range(3):
        began = perf_counter()
        upload(device, (70.0, 80.0 + hour, 6.0), moment=START + 3 * hour * 3600)
        assert sweep(now=at(10, 20, 3 * hour + 1)).series
        took.append(perf_counter() - began)
    alarm = Alarm.objects.get()
    assert (alarm.begin, alarm.peak, alarm.bad) == (DAY, 82.0, 3)
    assert min(took) < 0.5, took


def test_a_label_is_the_end_of_what_the_packet_names_by_its_start_and_the_converted_value_counts(device):
    upload(device, (70.0, 80.0, 6.0))
    upload(device, (71.0, None, 6.0), moment=START + 3600, flags="N-N")
    series = UploadedSource().window(KEY, START)
    assert series.moments.tolist() == [START + 3600, START + 7200]
    assert series.values.tolist() == [80.0, 71.0]
    assert UploadedSource().window(KEY, START + 3600, START + 7200).values.tolist() == [71.0]
    assert len(UploadedSource().window(KEY, START, START + 3600)) == 1


def test_flags_of_the_device_are_kept_none_is_normal_and_what_was_not_sent_is_not_there(device):
    upload(device, (70.0, 80.0, 6.0), flags="MMN")
    upload(device, (71.0, 81.0, 6.0), moment=START + 3600, flags="---")
    upload(device, (6.0,), moment=START + 7200, shape=SHAPE[2:], flags="N")
    upload(device, (None, None, 6.0), moment=START + 10800, flags="DDN")
    series = UploadedSource().window(KEY, START)
    assert series.flags.tolist() == ["M", "N", "D"]
    assert np.isnan(series.values[2])


def test_minutes_have_the_interval_of_their_device(desk, device):
    desk.limit(desk.boiler)
    for number in range(3):
        upload(device, (70.0, 80.0, 6.0), moment=START + 600 * number, stream=Stream.MINUTE)
    assert UploadedSource().length(SeriesKey("DA001", NOX, Period.MINUTE)) == 600
    sweep(now=at(10, 20, 1))
    alarm = Alarm.objects.get(rule="over-minute")
    assert (alarm.begin, alarm.since, alarm.bad) == (DAY, at(10, 20, 0, 30), 3)


def test_real_time_data_say_only_that_the_device_is_there(desk, device):
    upload(device, (900.0, 900.0, 6.0), stream=Stream.REAL_TIME, moment=START, received=START + 5)
    sweep(now=at(10, 20, 1))
    assert desk.boiler.heard_at.timestamp() == START + 5
    assert not Alarm.objects.exists()
    sweep(now=at(10, 20, 2, 1))
    assert Alarm.objects.get().rule == "offline"


def test_a_correction_replaces_and_a_packet_sent_again_changes_nothing(desk, device):
    desk.limit(desk.boiler)
    upload(device, (70.0, 80.0, 6.0))
    sweep(now=at(10, 20, 1))
    upload(device, (70.0, 80.0, 6.0))
    sweep(now=at(10, 20, 1, 1))
    assert Alarm.objects.get().state == "open"
    upload(device, (20.0, 21.0, 6.0))
    sweep(now=at(10, 20, 1, 2))
    assert Alarm.objects.get().state == "withdrawn"


def test_a_station_is_read_from_one_store_only(desk, device):
    """Its hourly values are folded into observations as well: judged twice they could contradict each other."""
    assert uploading_stations() == {"DA001"}
    store().write_many({KEY: [Claim(at(10, 20, 1), 900.0, at(10, 20, 1))]}, source="联网接收")
    assert StoredSource().since(0, ["DA001"])[1] == []
    assert StoredSource().keys(["DA001"]) == []
    upload(device, (70.0, 20.0, 6.0))
    assert UploadedSource().keys(["DA001", "DW001"]) == [KEY]
    assert UploadedSource().keys(["DW001"]) == []


def test_the_live_store_is_told_how_far_was_read(desk, device):
    upload(device, (70.0, 20.0, 6.0))
    sweep(now=at(10, 20, 1))
    assert live().cursor("alarms") > 0
    assert len(UploadedSource().window(SeriesKey("DW001", NOX, Period.HOUR), 0)) == 0


def hear(device, hour, minute=0):
    """A packet of real-time data that arrives at a time of the day, and is swept at once."""
    moment = int(at(10, 20, hour, minute).timestamp())
    upload(device, (9.0, 9.0, 6.0), stream=Stream.REAL_TIME, moment=moment, received=moment)
    sweep(now=at(10, 20, hour, minute))


def listened(*spans):
    for first, last in spans:
        note_listening(at(10, 20, first), now=at(10, 20, last))


def test_who_is_silent_is_found_although_no_packet_comes_from_anybody(desk, device):
    hear(device, 1)
    for hour, minute, count in ((2, 59, 0), (3, 0, 0), (3, 1, 1), (4, 0, 1)):
        note_listening(at(10, 20, 0), now=at(10, 20, hour, minute))
        assert len(sweep(now=at(10, 20, hour, minute)).opened) == (1 if (hour, minute) == (3, 1) else 0)
        assert Alarm.objects.count() == count
    assert Alarm.objects.get().since == at(10, 20, 3)


def test_while_the_gateway_is_down_nobody_is_off_the_line_and_nobody_right_after(desk, device):
    """Down from two to eight: no alarm for what nobody could have heard, and none in the moment it comes back."""
    hear(device, 1)
    listened((0, 2))
    sweep(now=at(10, 20, 7, 59))
    note_listening(at(10, 20, 8), now=at(10, 20, 8))
    sweep(now=at(10, 20, 8))
    note_listening(at(10, 20, 8), now=at(10, 20, 8, 59))
    sweep(now=at(10, 20, 8, 59))
    assert not Alarm.objects.exists()
    note_listening(at(10, 20, 8), now=at(10, 20, 9, 1))  # an hour before it went down, an hour since it is back
    sweep(now=at(10, 20, 9, 1))
    assert (Alarm.objects.get().begin, Alarm.objects.get().since) == (at(10, 20, 1), at(10, 20, 9))


def test_an_alarm_stands_through_a_restart_of_the_gateway_and_ends_when_the_device_is_heard(desk, device):
    hear(device, 1)
    listened((0, 4))
    sweep(now=at(10, 20, 4))
    note_listening(at(10, 20, 8), now=at(10, 20, 8))
    sweep(now=at(10, 20, 8))
    assert Alarm.objects.get().lasts
    hear(device, 8, 30)
    alarm = Alarm.objects.get()
    assert (alarm.state, alarm.ended) == ("cleared", at(10, 20, 8, 30))


def test_who_was_heard_and_fell_silent_again_before_anybody_swept_alarms_anew(desk, device):
    hear(device, 1)
    listened((0, 12))
    sweep(now=at(10, 20, 4))
    moment = int(at(10, 20, 5).timestamp())
    upload(device, (9.0, 9.0, 6.0), stream=Stream.REAL_TIME, moment=moment, received=moment)
    for minute in (0, 1):
        sweep(now=at(10, 20, 9, minute))
    assert [(alarm.begin, alarm.lasts) for alarm in Alarm.objects.order_by("begin")] == [(at(10, 20, 1), False), (at(10, 20, 5), True)]


def test_who_has_not_read_everything_yet_judges_nobody_silent(desk, device, monkeypatch):
    """After a long stop the backlog is gone through first: what was heard last stands at its end."""
    hear(device, 1)
    moment = int(at(10, 20, 8).timestamp())
    upload(device, (9.0, 9.0, 6.0), stream=Stream.REAL_TIME, moment=moment - 60, received=moment - 60)
    upload(device, (9.0, 9.0, 6.0), stream=Stream.REAL_TIME, moment=moment, received=moment)
    monkeypatch.setattr("gongjian.alarms.uploaded.AT_ONCE", 1)
    monkeypatch.setattr("gongjian.alarms.actions.sweeping.ROUNDS", 1)
    for _ in range(4):
        sweep(now=at(10, 20, 8, 1))
    assert not Alarm.objects.exists()


def test_a_sweep_in_which_nothing_is_new_costs_the_same_however_many_are_silent(desk, device, django_assert_max_num_queries):
    """It runs four times a second: dead outlets must not make it dearer."""
    hear(device, 1)
    listened((0, 12))
    Outlet.objects.update(heard_at=at(10, 20, 1))
    sweep(now=at(10, 20, 9))
    with django_assert_max_num_queries(20):
        assert sweep(now=at(10, 20, 9, 1)).opened == []
