"""From what was written to the alarms that stand, and to the cases they become."""

from datetime import date, timedelta

from alarm_desk import DAY, DUST, PH
from stage import at

from gongjian.alarms.models import Alarm
from gongjian.telemetry.store import Period, SeriesKey
from gongjian.trail.models import Event


def only(**which):
    return Alarm.objects.get(**which)


def test_an_hour_over_the_limit_alarms_with_its_figures_and_whom_it_is_about(desk):
    desk.limit(desk.boiler)
    desk.say(40.0, 80.0, 62.5)
    opened = desk.sweep(at(10, 20, 4)).opened
    alarm = only()
    assert opened == [alarm]
    assert (alarm.outlet, alarm.factor.code, alarm.rule, alarm.state, alarm.severity) == (
        desk.boiler,
        "a21002",
        "over-hour",
        "open",
        "1-serious",
    )
    assert (alarm.begin, alarm.since, alarm.last) == (at(10, 20, 1), at(10, 20, 2), at(10, 20, 3))
    assert (alarm.bad, alarm.peak, alarm.peak_at, alarm.upper, alarm.ended) == (2, 80.0, at(10, 20, 2), 50.0, None)
    assert alarm.due_at == at(10, 21, 18)  # the next working day, until the office closes
    assert alarm.title == "氮氧化物小时均值超标"
    assert Event.objects.filter(verb="alarm.opened", subject_id=str(alarm.pk)).count() == 1


def test_it_goes_on_and_ends_with_two_good_hours_and_waits_for_its_explanation_nevertheless(desk):
    alarm = desk.exceeding(80.0)
    desk.say(90.0, 20.0, 20.0, start=DAY + timedelta(hours=1))
    desk.sweep(at(10, 21, 1))
    alarm.refresh_from_db()
    assert (alarm.bad, alarm.peak, alarm.ended, alarm.cleared_at) == (2, 90.0, at(10, 20, 4), at(10, 21, 1))
    assert (alarm.state, alarm.lasts) == ("open", False)
    desk.say(70.0, start=DAY + timedelta(hours=6))
    desk.sweep(at(10, 21, 2))
    assert Alarm.objects.count() == 2


def test_marked_values_alarm_nobody_and_end_nothing(desk):
    desk.limit(desk.boiler)
    desk.say(80.0, 80.0, 80.0, 60.0, flags="MDCN")
    desk.sweep()
    assert (only().begin, only().bad) == (at(10, 20, 3), 1)
    desk.say(10.0, 10.0, start=DAY + timedelta(hours=4), flags="MM")
    desk.sweep()
    assert only().lasts
    desk.say(0.0, 0.0, start=DAY + timedelta(hours=6), flags="FF")  # the boiler stands still
    desk.sweep()
    assert not only().lasts


def test_without_a_limit_there_is_no_exceedance_and_the_one_of_the_day_counts(desk):
    desk.say(80.0)
    desk.sweep()
    assert not Alarm.objects.exists()
    desk.limit(desk.boiler, upper=100.0, since=date(2020, 1, 1), until=date(2020, 10, 20))
    desk.limit(desk.boiler, upper=60.0, since=date(2020, 10, 20))
    desk.say(80.0, 80.0, start=at(10, 19, 23))  # the hours before and after the midnight
    desk.sweep()
    assert (only().begin, only().upper) == (at(10, 20, 0), 60.0)


def test_of_permit_and_standard_the_stricter_binds(desk):
    desk.limit(desk.boiler, upper=100.0, source="GB 13223-2011")
    desk.limit(desk.boiler, upper=50.0)
    desk.say(80.0)
    desk.sweep()
    assert only().upper == 50.0


def test_too_low_is_over_a_limit_too(desk):
    desk.limit(desk.sewer, PH, lower=6.0, upper=9.0)
    desk.say(7.0, 5.1, 9.0, station="DW001", factor=PH)
    desk.sweep()
    assert (only().peak, only().lower, only().upper) == (5.1, 6.0, 9.0)


def test_a_day_is_held_against_the_limit_of_days(desk):
    desk.limit(desk.boiler, upper=30.0, averaging=Period.DAY)
    desk.say(40.0, period=Period.DAY)
    desk.say(40.0)
    desk.sweep()
    assert only().rule == "over-day"


def test_minutes_over_the_hourly_limit_warn_and_are_over_when_they_are_over(desk):
    desk.limit(desk.boiler)
    desk.say(60, 60, 20, 61, 20, period=Period.MINUTE)
    desk.sweep()
    alarm = only()
    assert (alarm.rule, alarm.severity, alarm.due_at, alarm.bad) == ("over-minute", "3-minor", None, 3)
    desk.say(*range(10, 15), period=Period.MINUTE, start=DAY + timedelta(minutes=5))
    desk.sweep()
    alarm.refresh_from_db()
    assert (alarm.state, alarm.ended) == ("cleared", at(10, 20, 0, 9))


def test_values_that_stand_still_or_cannot_be_alarm_as_data_quality(desk):
    desk.say(*[33.0] * 6)
    desk.say(7.2, 15.0, station="DW001", factor=PH)
    desk.sweep()
    assert {(alarm.rule, alarm.outlet) for alarm in Alarm.objects.all()} == {("flat-hour", desk.boiler), ("impossible-hour", desk.sewer)}
    desk.say(34.0, start=DAY + timedelta(hours=6))
    desk.sweep()
    assert only(rule="flat-hour").state == "cleared"


def test_a_dust_station_goes_by_rules_of_its_own(desk):
    desk.limit(desk.site, DUST, upper=300.0)
    desk.say(500.0, station="YC001", factor=DUST)
    desk.sweep()
    assert (only().rule, only().severity, only().outlet.department.name) == ("dust-hour", "2-general", "城建局")


def test_a_station_that_is_no_outlet_alarms_nobody(desk):
    for key in (("AIR1", "a21002", Period.HOUR), ("DA001", "unknown", Period.HOUR), ("DA001", "a21002", Period.REAL_TIME)):
        desk.source.write(SeriesKey(*key), DAY, 900.0, heard=at(12, 31))
    desk.sweep()
    assert not Alarm.objects.exists()


def test_silence_alarms_after_two_hours_and_ends_when_something_is_heard(desk):
    desk.say(10.0, live=True)  # heard at one
    desk.sweep(at(10, 20, 2))
    assert not Alarm.objects.exists()
    desk.sweep(at(10, 20, 3, 1))
    alarm = only()
    assert (alarm.rule, alarm.factor, alarm.begin, alarm.since, alarm.lasts) == ("offline", None, at(10, 20, 1), at(10, 20, 3), True)
    assert [one.pk for one in desk.sweep(at(10, 20, 4)).opened] == []
    desk.say(11.0, start=at(10, 20, 4), live=True)
    desk.sweep(at(10, 20, 5, 2))
    alarm.refresh_from_db()
    assert (alarm.state, alarm.ended, alarm.cleared_at) == ("cleared", at(10, 20, 5), at(10, 20, 5, 2))


def test_values_a_device_sends_again_after_a_break_do_not_undo_the_break(desk):
    desk.say(10.0, live=True)
    desk.sweep(at(10, 20, 5))
    desk.say(10.0, 12.0, 11.0, start=DAY + timedelta(hours=1), heard=at(10, 20, 6))
    desk.sweep(at(10, 20, 6, 1))
    assert (only().state, only().ended) == ("cleared", at(10, 20, 6))


def test_an_outlet_out_of_use_and_one_never_heard_are_not_missed(desk):
    desk.say(10.0, live=True)
    desk.sweep(at(10, 20, 2))
    boiler = desk.boiler
    boiler.active = False
    boiler.save()
    desk.sweep(at(10, 25))
    assert not Alarm.objects.exists()


def test_late_data_withdraw_what_was_not_so(desk):
    alarm = desk.exceeding(80.0)
    desk.say(30.0)
    desk.sweep(at(10, 21, 2))
    alarm.refresh_from_db()
    assert (alarm.state, alarm.withdrawn_at, alarm.due_at) == ("withdrawn", at(10, 21, 2), None)
    desk.say(80.0)
    desk.sweep(at(10, 21, 3))
    assert Alarm.objects.filter(withdrawn_at=None).count() == 1


def test_an_alarm_that_was_dealt_with_keeps_its_state_when_it_turns_out_not_to_have_been(desk):
    alarm = desk.take(desk.take(desk.exceeding(80.0), "explain"), "accept")
    desk.say(30.0)
    desk.sweep(at(10, 22))
    alarm.refresh_from_db()
    assert (alarm.state, alarm.withdrawn_at) == ("accepted", at(10, 22))


def test_late_data_can_wake_an_alarm_that_had_ended(desk):
    desk.say(*[33.0] * 6, 34.0)
    desk.sweep()
    assert only().state == "cleared"
    desk.say(33.0, start=DAY + timedelta(hours=6))
    opened = desk.sweep().opened
    assert (only().state, only().bad, only().lasts, only().due_at is not None) == ("open", 6, True, True)
    assert opened == [only()]


def test_the_same_again_changes_nothing(desk):
    desk.exceeding(80.0, 20.0, 20.0, 70.0)
    before = list(Alarm.objects.order_by("pk").values())
    desk.say(80.0, 20.0, 20.0, 70.0)
    assert desk.sweep(at(10, 21, 5)).opened == []
    assert list(Alarm.objects.order_by("pk").values()) == before
