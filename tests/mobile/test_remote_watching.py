"""Days of vehicles are kept once, and anew when data come late; signs follow them, but never a person's word."""

import pytest
from mobile.made_lorry import PLATE, SUNDAY, TUESDAY, WEDNESDAY, flat, say, standing, watch
from mobile.made_traffic import bureau, entered, moment
from mobile.told_seconds import VIN

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions import records
from gongjian.ledgers.registry import find_records
from gongjian.mobile.actions.remote_days import SWEEP, mark_days
from gongjian.mobile.models import RemoteDay, RemoteMark, RemoteSign
from gongjian.mobile.queries.remote import seconds_of
from gongjian.people.models import Department
from gongjian.telemetry.live.packing import MICRO, Content, body_of, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Stream
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import begin
from gongjian.telemetry.queries import live

pytestmark = pytest.mark.django_db


def test_a_day_that_is_over_is_kept_under_the_plate_with_its_sums(truck, device):
    say(device)
    done = watch()
    (day,) = standing()
    assert (done.worked_out, done.changed, done.days) == (1, 1, {TUESDAY})
    assert (day.on, day.label, day.entry_id, day.vin, day.street) == (TUESDAY, PLATE, truck.pk, VIN, "博兴街道")
    assert (day.km, day.fuel_litres, day.complete, day.trips, day.signs) == (36.0, 12.0, 100.0, 1, 0)
    assert day.source.startswith("网关")
    assert (done := watch(hour=2)).worked_out == 0, done


def test_today_is_not_kept_and_is_kept_when_it_is_over(truck, device):
    say(device)
    assert watch(TUESDAY, 12).worked_out == 0
    assert RemoteMark.objects.get().on == TUESDAY
    assert watch().changed == 1
    assert not RemoteMark.objects.exists()


def test_seconds_that_come_late_make_the_day_anew_as_a_further_version(truck, device):
    say(device)
    watch()
    say(device, hour=15)
    assert watch(hour=3).changed == 1
    old, new = RemoteDay.objects.order_by("pk")
    assert (old.km, new.km) == (36.0, 72.0)
    assert old.replaced_at == new.entered_at == moment(WEDNESDAY, 3)


def test_seconds_sent_again_as_they_were_change_nothing(truck, device):
    say(device)
    watch()
    assert say(device) == 0
    live().move_cursor(SWEEP, 0)
    assert watch(hour=3).changed == 0
    assert RemoteDay.objects.count() == 1


def test_what_comes_while_a_day_is_worked_out_makes_it_anew(truck, device, monkeypatch):
    from gongjian.mobile.actions import remote_days

    worked_out = remote_days.told_on

    def slowly(*given):
        found = worked_out(*given)
        say(device, hour=15)
        mark_days()
        return found

    say(device)
    monkeypatch.setattr(remote_days, "told_on", slowly)
    watch()
    monkeypatch.setattr(remote_days, "told_on", worked_out)
    assert watch(hour=3).changed == 1
    assert [day.km for day in standing()] == [72.0]


def test_a_day_ends_at_midnight(truck, device):
    say(device, TUESDAY, hour=23, count=400)
    watch(SUNDAY)
    assert [(day.on, day.km) for day in standing()] == [(TUESDAY, 36.0), (WEDNESDAY, 4.0)]
    assert len(seconds_of(device, WEDNESDAY)) == 40


def test_marks_are_made_in_portions_and_none_of_a_device_that_is_gone(device):
    say(device)
    other = Device.objects.create(protocol=Protocol.HJ212, code="MN1", name="数采仪")
    say(other, count=3)
    assert mark_days(at_once=50) >= 1
    assert [(mark.device_id, mark.on) for mark in RemoteMark.objects.all()] == [(device.pk, TUESDAY)]
    assert mark_days() == 0


def test_a_sweep_holds_up_no_packing_where_only_instruments_speak(device):
    say(device)
    mark_days()
    other = Device.objects.create(protocol=Protocol.HJ212, code="MN1", name="数采仪")
    shape = (Column("a34001", "Avg"),)
    content = Content(shape_number(shape), body_of([1.0], b"N"))
    live().append(Batch([packed(other.pk, Stream.MINUTE, begin(TUESDAY), begin(WEDNESDAY) * MICRO, content)], {shape_number(shape): shape}))
    assert mark_days() == 0
    assert live().cursor(SWEEP) == live().newest()


def test_a_vehicle_in_no_ledger_is_kept_under_its_vin_for_the_enforcement_office_and_under_its_plate_once_it_is(device):
    office = bureau()
    say(device, nox_downstream=12.0, moving=False)
    watch()
    (day,) = standing()
    assert (day.label, day.entry_id, day.department_id) == (VIN, None, office.pk)
    truck = entered("vehicles", PLATE, vin=VIN)
    live().move_cursor(SWEEP, 0)
    watch(hour=3)
    assert [(day.label, day.entry_id) for day in standing()] == [(PLATE, truck.pk)]
    assert [(sign.label, sign.entry_id) for sign in standing(RemoteSign)] == [(PLATE, truck.pk)]


def test_without_departments_nothing_is_kept(device):
    Department.objects.all().delete()
    say(device)
    assert watch().changed == 0


def test_a_day_somebody_corrected_stays_as_they_said(truck, device):
    say(device)
    watch()
    kind = find_records("remote-days")
    records.correct(kind, standing()[0], {"km": 50.0}, "按里程表", by=None, at=moment(WEDNESDAY, 2))
    say(device, hour=15)
    assert watch(hour=3).changed == 0
    assert [day.km for day in standing()] == [50.0]


def test_a_sign_is_a_record_with_its_time_its_figure_and_its_words(truck, device):
    flat(device)
    watch()
    (sign,) = standing(RemoteSign)
    assert (sign.sign, sign.label, sign.entry_id, sign.value) == ("nox-flat", PLATE, truck.pk, 12.0)
    assert "60分钟" in sign.words
    assert sign.first_at.timestamp() == begin(TUESDAY) + 8 * 3600
    assert "传感器" in sign.why
    assert standing()[0].signs == 1


def test_late_data_correct_a_sign_and_strike_it_where_it_no_longer_holds(truck, device):
    flat(device)
    watch()
    say(device, hour=15, nox_downstream=12.4, moving=False)
    watch(hour=3)
    (sign,) = standing(RemoteSign)
    assert "120分钟" in sign.words
    say(device, hour=18)
    watch(hour=4)
    assert standing(RemoteSign) == []
    assert standing()[0].signs == 0


@pytest.fixture
def inspector(town):
    return town.user("jiancha")


def test_a_sign_somebody_struck_stays_struck_and_one_somebody_corrected_stays_as_corrected(inspector, truck, device):
    kind = find_records("remote-signs")
    flat(device, reagent_level=2.0)
    watch()
    flat_one, empty = sorted(standing(RemoteSign), key=lambda sign: sign.sign)
    assert (flat_one.sign, empty.sign) == ("nox-flat", "urea-empty")
    records.strike(kind, flat_one, "现场核查传感器正常", by=inspector, at=moment(WEDNESDAY, 2))
    records.correct(kind, empty, {"words": "现场量得余量2%"}, "现场核查", by=inspector, at=moment(WEDNESDAY, 2))
    flat(device, reagent_level=2.0, hour=15)
    watch(hour=3)
    (left,) = standing(RemoteSign)
    assert (left.sign, left.words) == ("urea-empty", "现场量得余量2%")
    say(device, hour=18, reagent_level=2.0)
    watch(hour=4)
    assert [sign.words for sign in standing(RemoteSign)] == ["现场量得余量2%"]


def test_a_sign_the_system_took_back_may_come_again(truck, device):
    flat(device)
    watch()
    say(device, hour=15)
    watch(hour=3)
    assert standing(RemoteSign) == []
    flat(device, hour=15)
    watch(hour=4)
    assert [sign.sign for sign in standing(RemoteSign)] == ["nox-flat"]


def test_a_day_that_cannot_be_kept_waits_and_does_not_hold_up_the_others(truck, device, monkeypatch, caplog):
    from gongjian.mobile.actions import remote_days

    keep = remote_days.keep_signs

    def refusing(watched, *given, **named):
        if watched.on == TUESDAY:
            msg = "刚刚由别人登记，请刷新后核对。"
            raise Refusal(msg)
        return keep(watched, *given, **named)

    say(device)
    say(device, WEDNESDAY)
    monkeypatch.setattr(remote_days, "keep_signs", refusing)
    assert watch(SUNDAY).worked_out == 1
    assert [mark.on for mark in RemoteMark.objects.all()] == [TUESDAY]
    assert "没有汇总" in caplog.text
    monkeypatch.setattr(remote_days, "keep_signs", keep)
    assert watch(SUNDAY, 2).worked_out == 1
    assert [day.on for day in standing()] == [WEDNESDAY, TUESDAY]
