"""The demonstration's alarms: the same each time, quick, marked, and telling every kind of story."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gongjian.alarms.actions.sweeping import sweep
from gongjian.alarms.demonstration.hours import hours_between
from gongjian.alarms.demonstration.outlets import OUTLETS
from gongjian.alarms.models import Alarm, Outlet, QualityFinding
from gongjian.alarms.stored import StoredSource
from gongjian.cases.models import Case
from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.project.demonstration.accounts import listed, make_accounts
from gongjian.project.demonstration.alarms import continue_hours, last_heard, make_alarms

TODAY = date(2020, 10, 31)
NOON = datetime(2020, 10, 31, 12, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
MIDNIGHT = NOON.replace(hour=0, minute=0)


@pytest.fixture
def offices(db):
    for number, name in enumerate(sorted({account.department for account in listed()[1]} - {""})):
        Department.objects.create(name=name, kind="bureau", order=number)
    people.seed_calendar([2019, 2020, 2021], by=None, at=NOON - timedelta(300))
    make_accounts(at=NOON - timedelta(300))


def test_every_kind_of_story_is_told(offices):
    assert make_alarms(TODAY, NOON) == 6
    states = {(alarm.outlet.station.code, alarm.rule): alarm.state for alarm in Alarm.objects.order_by("since")}
    assert states == {
        ("DEMO-DA001", "over-hour"): "acknowledged",
        ("DEMO-DA002", "over-hour"): "accepted",
        ("DEMO-DW001", "flat-hour"): "cleared",
        ("DEMO-YC001", "dust-hour"): "explained",
        ("DEMO-YC002", "dust-offline"): "open",
    }
    assert Alarm.objects.get(state="cased").case == Case.objects.get()
    assert {"flat", "jump", "margin"} <= set(QualityFinding.objects.values_list("detector", flat=True))
    assert Outlet.objects.filter(simulated=True).count() == len(OUTLETS) == 5
    assert not Alarm.objects.filter(opened_at__gt=NOON).exists()


def test_it_goes_on_hour_by_hour_and_says_the_same_whenever_it_is_asked(offices):
    make_alarms(TODAY, NOON)
    assert last_heard() == NOON.replace(minute=0)
    assert continue_hours(TODAY, NOON, NOON) == 0
    assert continue_hours(TODAY, NOON, NOON + timedelta(hours=2)) == 16  # eight series that speak, two hours
    sweep(now=NOON + timedelta(hours=2, minutes=1), among=[StoredSource()])
    assert last_heard() == NOON.replace(hour=14, minute=0)
    assert Alarm.objects.count() == 6
    whole = hours_between(MIDNIGHT, NOON, MIDNIGHT)
    pieces = [hours_between(MIDNIGHT + timedelta(hours=n), MIDNIGHT + timedelta(hours=n + 1), MIDNIGHT) for n in range(12)]
    assert {key: [claim for piece in pieces for claim in piece.get(key, [])] for key in whole} == whole


def test_where_the_departments_are_not_there_nothing_is_made(db):
    assert make_alarms(TODAY, NOON) == 0
    assert not Outlet.objects.exists()
    assert last_heard() is None
