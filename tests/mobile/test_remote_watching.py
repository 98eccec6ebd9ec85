"""Days of vehicles are kept once, anew when data come late; signs follow them but never a person's word; weeks and silences are stated."""

from datetime import date

import pytest
from django.db import connection
from live.live_field import empty_live
from mobile.made_traffic import bureau, entered, example, figure, moment, noted
from mobile.told_seconds import STEADY, VIN, data, row
from stage import at

from gongjian.cases.actions import arising
from gongjian.cases.models import Case
from gongjian.indicators.periods import PeriodKind, period_of
from gongjian.ledgers.actions import records
from gongjian.ledgers.registry import find_records
from gongjian.mobile.actions import score_vehicles, watch_vehicles
from gongjian.mobile.actions.remote_days import SWEEP, mark_days
from gongjian.mobile.actions.remote_links import week_ends
from gongjian.mobile.models import RemoteDay, RemoteMark, RemoteSign, TerminalStatus
from gongjian.mobile.precision.history import history_until
from gongjian.mobile.precision.remote import SILENT, remote_traits
from gongjian.mobile.queries.remote import seconds_of
from gongjian.people.models import Department
from gongjian.standards.identifiers.vin import with_check_digit
from gongjian.telemetry.actions import ensure_device
from gongjian.telemetry.live.port import Batch, Condition
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import begin
from gongjian.telemetry.queries import live

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY, SUNDAY = date(2020, 10, 20), date(2020, 10, 21), date(2020, 10, 25)
PLATE = example("road-checks")["label"]
WAVES = tuple(35.0 + number % 11 for number in range(400))


@pytest.fixture
def store(settings, tmp_path):
    settings.HOME = tmp_path
    empty_live()
    yield live()
    empty_live()
    if connection.vendor == "postgresql":  # nobody may be at work in the database when it is dropped; the next use connects anew
        live().close()


@pytest.fixture
def device(store):
    return ensure_device(Device(protocol=Protocol.GB17691, code=VIN, name="一号车"), "", [], by=None, at=at(1, 2))


@pytest.fixture
def truck(device):
    return entered("vehicles", PLATE, vin=VIN, street="博兴街道")


def say(device, on=TUESDAY, *, hour=8, count=360, step=10, moving=True, **said):
    """An hour of driving, told every ten seconds; NOx wavers unless it is said."""
    first = begin(on) + hour * 3600
    rows = []
    for number in range(count):
        values = STEADY | {"reagent_level": 84.0 - 3 * hour} | ({"nox_downstream": WAVES[number % 400]} if moving else {}) | said
        rows.append(row(device.pk, first + number * step, data(first + number * step, values)))
    last = rows[-1].received
    return live().append(Batch(rows, conditions=[Condition(device.pk, rows[0].received, last, 300, 0, count, 0, "10.0.0.9")]))


def watch(on=WEDNESDAY, hour=1):
    return watch_vehicles(at=moment(on, hour))


def standing(model=RemoteDay, **given):
    return list(model.objects.filter(replaced_at=None, **given).order_by("pk"))


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


def flat(device, **said):
    say(device, nox_downstream=12.0, moving=False, **said)


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


@pytest.fixture
def terminal(truck):
    return entered("remote-terminals", "T1", vehicle=truck)


def statuses():
    return [
        (row.on, row.online, row.valid_percent, row.last_seen_on) for row in TerminalStatus.objects.filter(replaced_at=None).order_by("on")
    ]


def test_the_weeks_that_are_over_are_stated_by_what_came(terminal, device):
    say(device)
    watch(date(2020, 10, 28))
    assert statuses() == [(date(2020, 10, 18), False, None, date(2020, 10, 18)), (SUNDAY, True, 100.0, TUESDAY)]
    assert figure("mobile.remote.online_rate", period_of(PeriodKind.YEAR, SUNDAY)) == 50
    watch(date(2020, 10, 28), 2)
    assert TerminalStatus.objects.count() == 2


def test_late_data_of_an_old_week_state_it_anew(terminal, device):
    say(device)
    watch(date(2020, 10, 28))
    say(device, date(2020, 9, 29))
    say(device, date(2020, 10, 22), count=180, step=20)
    watch(date(2020, 10, 29))
    found = {row[0]: row[1:] for row in statuses()}
    assert found[date(2020, 10, 4)] == (True, 100.0, date(2020, 9, 29))
    assert found[SUNDAY][1] == pytest.approx(75, abs=1)


def test_a_check_by_hand_of_the_same_week_goes_before_the_gateway(terminal, device):
    say(device)
    noted("terminal-statuses", date(2020, 10, 22), label="T1", entry=terminal, online=False)
    watch(date(2020, 10, 28))
    assert [row[:2] for row in statuses()] == [(date(2020, 10, 18), False), (date(2020, 10, 22), False)]


def test_a_check_by_hand_entered_later_takes_the_gateways_away(terminal, device):
    say(device)
    watch(date(2020, 10, 28))
    noted("terminal-statuses", date(2020, 10, 22), label="T1", entry=terminal, online=False)
    watch(date(2020, 10, 28), 2)
    assert [row[:2] for row in statuses()] == [(date(2020, 10, 18), False), (date(2020, 10, 22), False)]


def test_a_terminal_that_is_not_connected_to_us_is_checked_by_hand_alone(device):
    other = entered("vehicles", PLATE, vin=with_check_digit("LTESTREM000000002"))
    entered("remote-terminals", "T2", vehicle=other)
    watch(date(2020, 10, 28))
    assert statuses() == []


def test_the_weeks_due_are_the_last_two_and_those_of_the_days():
    assert week_ends([], date(2020, 10, 26)) == [date(2020, 10, 18), SUNDAY]
    assert week_ends([], SUNDAY) == [date(2020, 10, 11), date(2020, 10, 18)]
    assert week_ends([date(2020, 9, 1), SUNDAY], date(2020, 10, 26)) == [date(2020, 9, 6), date(2020, 10, 18), SUNDAY]


def silences():
    return [(sign.on, sign.value) for sign in RemoteSign.objects.filter(sign="silent").order_by("on")]


def test_a_terminal_that_fell_silent_is_told_after_two_weeks_and_again_after_thirty_days(truck, device):
    say(device)
    for on in (date(2020, 11, 2), date(2020, 11, 3), date(2020, 11, 4), date(2020, 12, 2), date(2020, 12, 3), date(2020, 12, 4)):
        watch(on)
    assert silences() == [(date(2020, 11, 3), 14.0), (date(2020, 12, 3), 44.0)]


def test_a_silent_vehicle_that_was_met_on_the_road_is_said_to_have_been(truck, device):
    say(device)
    noted("road-checks", date(2020, 10, 30), label=PLATE, entry=truck, passed=True)
    watch(date(2020, 11, 3))
    assert "2020-10-30检查检测时见到该车" in RemoteSign.objects.get(sign="silent").words


def test_a_silent_vehicle_that_has_left_the_ledger_or_stands_in_none_is_no_sign(device):
    say(device)
    watch(date(2020, 11, 3))
    assert silences() == []


def test_signs_become_cases_where_the_office_says_so(truck, device):
    arising.use_rule("remote-tampering", TUESDAY, by=None, at=moment(TUESDAY, 9))
    flat(device)
    watch()
    arising.sweep(at=moment(WEDNESDAY, 2))
    case = Case.objects.get()
    assert (case.kind, case.entry_id, case.level) == ("remote-alarms", truck.pk, "serious")
    assert "疑似篡改" in case.title


def test_figures_are_of_the_vehicles_days(truck, device):
    say(device, nox_downstream=40.0, moving=False)
    say(device, WEDNESDAY, nox_downstream=60.0, moving=False, reagent_level=2.0)
    watch(date(2020, 10, 22))
    year = period_of(PeriodKind.YEAR, SUNDAY)
    assert figure("mobile.remote.nox_ppm", year) == pytest.approx(50)
    assert figure("mobile.remote.signed_rate", year) == 100
    assert figure("mobile.remote.urea_ratio", year) == 0


def test_what_the_score_knows_of_a_morning_is_what_stood_before_it(truck, device):
    flat(device)
    watch()
    records.strike(find_records("remote-signs"), standing(RemoteSign)[0], "误报", by=None, at=moment(date(2020, 10, 26), 9))
    noted(
        "terminal-statuses",
        SUNDAY,
        label="T1",
        entry=entered("remote-terminals", "T1", vehicle=truck),
        online=False,
        last_seen_on=date(2020, 10, 1),
    )
    watches = history_until(date(2020, 12, 31)).watches[truck.pk]
    tampering = "远程数据有篡改迹象"
    mornings = {day: remote_traits(watches, date(2020, 10, day)) for day in range(20, 32)}
    assert [day for day, traits in mornings.items() if tampering in traits] == [22, 23, 24, 25, 26], "not on the day it was entered itself"
    assert [day for day, traits in mornings.items() if SILENT in traits] == [26, 27, 28, 29, 30, 31]
    assert remote_traits(watches, date(2020, 11, 9)) == set()


def test_scores_say_remote_traits_and_do_without_where_nobody_reports(truck):
    entered("vehicles", "京AB0002", stage=5)
    for day in (1, 2, 3):
        noted("road-checks", date(2020, 10, day), label=PLATE, entry=truck, passed=day == 2, problem="none", chosen="random")
    assert score_vehicles(WEDNESDAY, at=moment(WEDNESDAY)) == 2
