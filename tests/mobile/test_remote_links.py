"""Weeks and silences are stated by what came; signs become cases where the office says so, figures, and traits of the next morning."""

from datetime import date, timedelta

import pytest
from mobile.made_lorry import PLATE, SUNDAY, TUESDAY, WEDNESDAY, flat, say, standing, watch
from mobile.made_traffic import entered, figure, moment, noted

from gongjian.cases.actions import arising
from gongjian.cases.models import Case
from gongjian.indicators.periods import PeriodKind, period_of
from gongjian.ledgers.actions import records
from gongjian.ledgers.registry import find_records
from gongjian.mobile.actions import score_vehicles
from gongjian.mobile.actions.remote_links import week_ends
from gongjian.mobile.models import RemoteSign, TerminalStatus
from gongjian.mobile.precision.history import history_until
from gongjian.mobile.precision.remote import SILENT, remote_traits
from gongjian.mobile.remote.weeks import WEEK, Came, Stood, stood
from gongjian.standards.identifiers.vin import with_check_digit

pytestmark = pytest.mark.django_db


@pytest.fixture
def terminal(truck):
    return entered("remote-terminals", "T1", vehicle=truck)


def statuses():
    return [
        (row.on, row.online, row.valid_percent, row.last_seen_on) for row in TerminalStatus.objects.filter(replaced_at=None).order_by("on")
    ]


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (Came(TUESDAY, TUESDAY, TUESDAY, 97.0), Stood(online=True, percent=97.0, last_seen=TUESDAY)),
        (Came(None, None, None, None), Stood(online=False, percent=None, last_seen=None)),
        (Came(date(2020, 10, 26), date(2020, 10, 27), None, None), None),
        (Came(date(2020, 9, 1), SUNDAY + WEEK, SUNDAY - WEEK, None), Stood(online=False, percent=None, last_seen=SUNDAY - WEEK)),
        (Came(date(2020, 9, 1), SUNDAY, None, None), Stood(online=True, percent=None, last_seen=SUNDAY)),
        (Came(date(2020, 9, 1), date(2020, 10, 19), None, None), Stood(online=True, percent=None, last_seen=date(2020, 10, 19))),
        (Came(date(2020, 9, 1), date(2020, 10, 27), None, None), Stood(online=False, percent=None, last_seen=None)),
    ],
    ids=["sent", "never", "not yet connected", "silent that week", "sealed", "sealed on the Monday", "sealed later"],
)
def test_how_a_terminal_stood_in_a_week(came, expected):
    assert stood(came, SUNDAY) == expected


def test_the_weeks_that_are_over_are_stated_by_what_came(terminal, device):
    say(device, date(2020, 10, 6))
    say(device)
    watch(date(2020, 10, 28))
    silent = (date(2020, 10, 18), False, None, date(2020, 10, 6))
    assert statuses() == [(date(2020, 10, 11), True, 100.0, date(2020, 10, 6)), silent, (SUNDAY, True, 100.0, TUESDAY)]
    assert figure("mobile.remote.online_rate", period_of(PeriodKind.YEAR, SUNDAY)) == pytest.approx(200 / 3)
    watch(date(2020, 10, 28), 2)
    assert TerminalStatus.objects.count() == 3


def test_a_week_before_a_terminal_was_connected_to_us_is_not_ours_to_state(terminal, device):
    say(device)
    watch(date(2020, 10, 28))
    assert statuses() == [(SUNDAY, True, 100.0, TUESDAY)]


def test_late_data_of_an_old_week_state_it_anew(terminal, device):
    say(device, date(2020, 9, 28))
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
    assert [row[:2] for row in statuses()] == [(date(2020, 10, 22), False)]


def test_a_check_by_hand_entered_later_takes_the_gateways_away(terminal, device):
    say(device)
    watch(date(2020, 10, 28))
    noted("terminal-statuses", date(2020, 10, 22), label="T1", entry=terminal, online=False)
    watch(date(2020, 10, 28), 2)
    assert [row[:2] for row in statuses()] == [(date(2020, 10, 22), False)]


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


def test_a_sign_that_goes_on_is_one_case_and_another_after_thirty_days(truck, device):
    arising.use_rule("remote-tampering", TUESDAY, by=None, at=moment(TUESDAY, 9))
    days = [TUESDAY + timedelta(back) for back in (0, 1, 9, 29, 30, 31)]
    for on in days:
        flat(device, on=on)
    watch(days[-1] + timedelta(1))
    arising.sweep(at=moment(days[-1] + timedelta(1), 2))
    assert [sign.again for sign in RemoteSign.objects.filter(sign="nox-flat").order_by("on")] == [False, True, True, True, False, True]
    assert Case.objects.count() == 2


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
