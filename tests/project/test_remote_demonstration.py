"""The demonstration's lorries: of the ledger, the same again, some with signs and some without, and cheap."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.db import connection
from live.live_field import empty_live
from mobile.made_traffic import entered, moment

from gongjian.ledgers.checking import checked
from gongjian.ledgers.fields import specs
from gongjian.live.demonstration.fleet import HABITS, Habit
from gongjian.mobile.actions.remote_days import SWEEP
from gongjian.mobile.models import RemoteDay, RemoteMark, RemoteSign
from gongjian.mobile.records.remote import REMOTE_DAYS, REMOTE_SIGNS
from gongjian.project.cli import vehicles as command
from gongjian.project.demonstration.remote import DAYS, SILENT_SINCE, make_remote
from gongjian.standards.identifiers.vin import with_check_digit
from gongjian.telemetry.models import Device
from gongjian.telemetry.queries import live

UNTIL = date(2020, 10, 31)
PLATES = [f"京AH{number:04d}" for number in range(len(HABITS))]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    from django.conf import settings
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        home, settings.HOME = settings.HOME, tmp_path_factory.mktemp("home")
        empty_live()
        for number, plate in enumerate(PLATES):
            vin = with_check_digit(f"LTESTRE{number}0M{number:07d}")
            truck = entered("vehicles", plate, vin=vin, stage=6, registered_on=date(2019, 8, 1))
            entered("remote-terminals", f"T{number}", vehicle=truck, connected_on=date(2020, 2, 1), installed_on=date(2020, 2, 1))
        count = make_remote(UNTIL)
        yield count
        empty_live()
        if connection.vendor == "postgresql":
            live().close()
        settings.HOME = home
        transaction.set_rollback(True)


def signs(habit):
    plates = [plate for plate, each in zip(PLATES, HABITS, strict=True) if each is habit]
    return {row.sign for row in RemoteSign.objects.filter(label__in=plates)}


def test_each_lorry_has_its_days_entered_the_night_after(made):
    assert made > 15_000
    assert RemoteDay.objects.count() == DAYS * (len(HABITS) - 1) + 1
    assert not RemoteMark.objects.exists()
    on_time = list(RemoteDay.objects.exclude(on=UNTIL - timedelta(SILENT_SINCE)))
    assert {row.entered_at.astimezone(moment(UNTIL).tzinfo).date() - row.on for row in on_time} == {timedelta(1)}
    assert set(RemoteDay.objects.values_list("source", flat=True)) == {"网关（模拟）"}
    assert all("模拟" in name for name in Device.objects.values_list("name", flat=True))


def test_the_sound_ones_show_nothing_and_the_others_what_is_wrong_with_them(made):
    assert signs(Habit.SOUND) == set()
    assert {"urea-still", "scr-idle"} <= signs(Habit.UNDOSED)
    assert {"coolant-cold", "scr-idle"} <= signs(Habit.UNPLUGGED)
    assert signs(Habit.EMULATED) == {"nox-flat"}
    assert signs(Habit.WEAK) == {"frames-lost"}
    assert signs(Habit.SILENT) == {"silent"}


def test_the_sound_ones_use_as_much_urea_as_their_fuel_asks(made):
    plates = [plate for plate, habit in zip(PLATES, HABITS, strict=True) if habit is Habit.SOUND]
    shares = [100 * row.urea_litres / row.fuel_litres for row in RemoteDay.objects.filter(label__in=plates)]
    assert len(shares) == DAYS * len(plates)
    assert all(3 <= share <= 7 for share in shares)


def test_what_is_kept_passes_its_own_checks(made):
    for kind in (REMOTE_DAYS, REMOTE_SIGNS):
        for row in kind.model.objects.select_related("department"):
            assert not checked(kind, {name: getattr(row, name) for name in specs(kind)}).faults


def test_made_again_nothing_changes(made):
    before = list(RemoteDay.objects.order_by("pk").values_list("pk", "replaced_at"))
    assert make_remote(UNTIL) == 0
    assert list(RemoteDay.objects.order_by("pk").values_list("pk", "replaced_at")) == before


def test_without_terminals_nobody_reports(db):
    assert make_remote(UNTIL) == 0


def test_the_command_does_what_the_timetable_does_and_says_how_much(made, db, monkeypatch):
    monkeypatch.setattr(command, "start_django", lambda: None)  # it runs already
    monkeypatch.setattr("gongjian.trail.clock.now", lambda: moment(UNTIL))
    live().move_cursor(SWEEP, 0)
    done = CliRunner().invoke(command.vehicles, ["summarise"])
    days = DAYS * (len(HABITS) - 1) + 1
    assert done.output.strip() == f"汇总 {days} 辆日，其中 0 辆日是新的或有变化"
