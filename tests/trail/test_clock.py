"""The clock, and the day a demonstration lives on."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongjian.trail import clock
from gongjian.trail.actions import record
from gongjian.trail.subjects import Subject

DAY = date(2020, 10, 31)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_without_a_demonstration_it_is_the_wall_clock(db, settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = None
    assert abs(clock.now() - timezone.now()) < timedelta(minutes=1)


def test_a_demonstration_keeps_its_day_and_the_real_time_of_day(db, settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = DAY
    early, moment, late = timezone.localtime(), clock.now(), timezone.localtime()
    assert clock.today() == moment.date() == DAY
    assert moment.time() >= early.time() or early.date() != late.date()


def test_a_demonstration_never_goes_back_behind_its_latest_event(db, settings):
    """On its second real morning, what was done yesterday afternoon still lies in the past."""
    settings.GONGJIAN_DEMONSTRATION_DAY = DAY
    latest = datetime(2020, 10, 31, 23, 59, 59, 999_999, SHANGHAI)
    record("report.submitted", Subject("plans.report", "1"), by=None, at=latest)
    assert clock.now() == latest
    assert clock.now().utcoffset() == timedelta(hours=8)


def test_the_day_of_a_moment_is_the_day_it_is_here():
    assert clock.local_day(datetime(2020, 10, 30, 16, 30, tzinfo=ZoneInfo("UTC"))) == DAY
