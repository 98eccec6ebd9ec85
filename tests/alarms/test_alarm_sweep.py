"""From what was written to the alarms that stand, and to the cases they become."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from alarm_desk import DAY, DUST, PH, Desk, MemorySource, moment
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stage import at

from gongjian.alarms.actions.sweeping import rejudge, sweep
from gongjian.alarms.causes import kept_of
from gongjian.alarms.engine.folding import episodes
from gongjian.alarms.engine.limits import LimitLine, limits_at
from gongjian.alarms.engine.verdicts import Judged, judge
from gongjian.alarms.models import Alarm, AlarmStep, Limit, SweepCursor
from gongjian.alarms.queries.outlets import limits_of, open_alarms
from gongjian.alarms.registry import forget, provide, sources
from gongjian.alarms.rules import RULES, find_rule
from gongjian.alarms.source import Touched
from gongjian.alarms.stored import StoredSource
from gongjian.cases.models import Case
from gongjian.notices.models import Dispatch
from gongjian.telemetry.moments import number_of
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Claim, Period, SeriesKey
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


def stands(desk):
    rows = Alarm.objects.filter(withdrawn_at=None, factor__isnull=False).order_by("cause", "begin")
    return [(alarm.cause, kept_of(alarm).episode) for alarm in rows]


def expected(desk, limit):
    """What the rules say of the series as it stands, all at once."""
    found = []
    for key, values in desk.source.values.items():
        series = desk.source.window(key, min(values) - 1)
        lines = [LimitLine(number_of(date(2020, 1, 1)), None, None, limit)]
        judged = Judged(key.factor, series, *limits_at(lines, series.moments))
        for rule in RULES:
            if "emission" in rule.kinds and rule.silence is None and rule.period == key.period:
                verdicts, measures = judge(rule.sort, judged)
                told = episodes(series.moments, verdicts, np.asarray(measures), rule.watch(key.factor))
                found += [(f"{key.station}:{key.factor}:{rule.slug}", one) for one in told]
    return sorted(found, key=lambda row: (row[0], row[1].begin))


@pytest.mark.parametrize("seed", range(12))
def test_a_week_however_it_arrives_gives_the_alarms_of_its_replay(desk, seed):
    """Two days of hours in pieces, late, twice, corrected, swept in between; then judged all at once."""
    dice = Random(seed)  # noqa: S311 - the same each time
    desk.limit(desk.boiler)
    hours = list(range(48))
    arrivals = hours + dice.sample(hours, 12)
    if seed % 2:
        dice.shuffle(arrivals)
    for place, hour in enumerate(arrivals):
        value = dice.choice([20.0, 20.0, 30.0, 60.0, 80.0, -5.0])
        desk.say(value, start=DAY + timedelta(hours=hour), flags=dice.choice("NNNNNNMF"))
        if place % dice.choice([1, 3, 7]) == 0:
            desk.sweep(at(10, 22) + timedelta(minutes=place))
    desk.sweep(at(10, 23))
    assert stands(desk) == expected(desk, 50.0)
    key = SeriesKey("DA001", "a21002", Period.HOUR)
    before = stands(desk)
    assert rejudge([Touched(key, min(desk.source.values[key]), 0)], desk.source, now=at(10, 24)) == []
    assert stands(desk) == before


def test_a_limit_set_late_is_held_against_past_days_when_they_are_judged_again(desk):
    desk.say(80.0)
    desk.sweep()
    desk.limit(desk.boiler)
    key = SeriesKey("DA001", "a21002", Period.HOUR)
    assert len(rejudge([Touched(key, int(DAY.timestamp()), 0)], desk.source, now=at(10, 21))) == 1


def test_the_cursor_goes_on_and_the_source_is_told(desk):
    desk.say(10.0, 11.0)
    assert desk.sweep().series == 1
    assert (SweepCursor.objects.get(name="memory").sequence, desk.source.read) == (2, 2)
    assert desk.sweep().series == 0


def test_a_sweep_that_fails_leaves_everything_to_the_next(desk, monkeypatch):
    desk.limit(desk.boiler)
    desk.say(80.0)
    with monkeypatch.context() as broken:
        broken.setattr("gongjian.alarms.actions.sweeping.tell_opened", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.sweep()
    assert not Alarm.objects.exists()
    assert desk.source.read == 0
    desk.sweep()
    assert Alarm.objects.count() == 1


def test_one_message_for_each_department_and_sweep(desk):
    desk.limit(desk.boiler)
    desk.limit(desk.sewer, PH, lower=6.0, upper=9.0)
    desk.limit(desk.site, DUST, upper=300.0)
    desk.say(80.0)
    desk.say(500.0, station="YC001", factor=DUST)
    desk.say(3.0, station="DW001", factor=PH)
    desk.sweep()
    told = {row.title: row for row in Dispatch.objects.filter(key__startswith="alarm.opened")}
    assert set(told) == {"新增 2 条在线监测报警", "滨水公司 废水总排口 pH小时均值超标"}
    assert set(told["新增 2 条在线监测报警"].to) == {desk.town.user("chengjian").pk, desk.town.user("chengjian-zhang").pk}
    assert told["滨水公司 废水总排口 pH小时均值超标"].to == [desk.town.user("shuiwu").pk]
    assert all(row.urgent for row in told.values())


def test_nobody_is_told_of_a_warning_that_is_over_already(desk):
    desk.say(*[33.0] * 6, 34.0)
    desk.sweep()
    assert not Dispatch.objects.filter(key__startswith="alarm.opened").exists()


def test_what_nobody_explains_in_time_becomes_a_case_once_and_both_lead_to_each_other(desk):
    alarm = desk.exceeding(80.0)  # noticed on the 21st at ten: due on the 22nd when the office closes
    assert desk.sweep(at(10, 22, 17, 59)).filed == 0
    assert desk.sweep(at(10, 22, 18, 1)).filed == 1
    assert desk.sweep(at(10, 22, 18, 2)).filed == 0
    alarm.refresh_from_db()
    case = Case.objects.get()
    assert (alarm.state, alarm.case, case.alarm, alarm.due_at) == ("cased", case, alarm, None)
    assert (case.kind, case.level, case.state, case.department.name, case.finder) == (
        "online-exceeding",
        "serious",
        "handed_over",
        "城建局",
        "device",
    )
    assert (case.found_at, case.lon, case.street, case.title) == (
        at(10, 20, 1),
        116.5,
        "滨河街道",
        "滨热公司 1号锅炉排口：氮氧化物小时均值超标",
    )
    assert alarm.number in case.description
    assert "1 个工作日内未作说明" in case.description
    assert AlarmStep.objects.filter(alarm=alarm, step="expire").count() == 1


def test_silence_and_strange_data_become_cases_of_their_own_kinds(desk):
    desk.say(*[33.0] * 6, live=True)
    desk.sweep(at(10, 21))
    desk.sweep(at(10, 30))
    assert sorted(Case.objects.values_list("kind", flat=True)) == ["online-abnormal", "online-offline"]


def test_what_was_explained_or_is_over_by_itself_becomes_no_case(desk):
    desk.take(desk.exceeding(80.0), "explain")
    desk.say(*[33.0] * 6, 34.0, start=DAY + timedelta(hours=3))
    desk.sweep(at(10, 21))
    assert desk.sweep(at(10, 30)).filed == 0


def test_the_store_of_observations_is_a_source(desk):
    desk.limit(desk.boiler)
    label, key = at(10, 20, 5), SeriesKey("DA001", "a21002", Period.HOUR)
    store().write_many({key: [Claim(label, 80.0, label), Claim(label + timedelta(hours=1), None, label, "D")]}, source="甲.csv")
    source = StoredSource()
    (told,) = source.since(0)[1]
    assert told == Touched(key, int(label.timestamp()), int(label.timestamp()))
    assert source.keys(["DA001"]) == [key]
    series = source.window(key, int(label.timestamp()) - 1)
    assert (series.values[0], np.isnan(series.values[1]), series.flags.tolist()) == (80.0, True, ["N", "D"])
    assert len(source.window(key, int(label.timestamp()))) == 1
    assert len(source.window(key, int(label.timestamp()) - 1, int(label.timestamp()))) == 1
    assert sweep(now=at(10, 20, 6)).opened == [only()]
    assert desk.boiler.heard_at == label
    assert sweep(now=at(10, 20, 6)).series == 0


def test_further_sources_are_handed_over_from_above():
    extra = MemorySource()
    provide(extra)
    provide(extra)
    assert [source.name for source in sources()] == ["store", "memory"]
    forget("memory")
    assert len(sources()) == 1


def test_rooms_above_ask_what_is_open_and_which_limits_held(desk):
    alarm = desk.exceeding(80.0)
    station = desk.boiler.station
    assert open_alarms(station) == [alarm]
    assert open_alarms(desk.sewer.station) == []
    desk.limit(desk.boiler, upper=40.0, since=date(2020, 10, 25))
    told = limits_of(station, "a21002", date(2020, 10, 20), date(2020, 10, 26))
    assert [(one.first, one.until, one.upper, one.words) for one in told] == [
        (date(2020, 1, 1), date(2020, 10, 25), 50.0, "≤ 50 mg/m³"),
        (date(2020, 10, 25), None, 40.0, "≤ 40 mg/m³"),
    ]
    assert [one.upper for one in limits_of(station, "a21002", date(2020, 10, 26), date(2020, 10, 27))] == [40.0]
    assert Limit.objects.count() == 2


def test_a_sweep_asks_the_database_as_often_however_many_series_are_quiet(desk):
    desk.limit(desk.boiler)
    asked = []
    for number, factors in enumerate((["a21002"], ["a21002", "a01001", "w01001", "a34001"])):
        for factor in factors:
            desk.say(10.0, 11.0, factor=factor, start=DAY + timedelta(days=number))
            desk.say(10.0, 11.0, factor=factor, period=Period.MINUTE, start=DAY + timedelta(days=number))
        with CaptureQueriesContext(connection) as queries:
            desk.sweep(at(10, 22))
        asked.append(len([one for one in queries if "UPDATE" not in one["sql"] and "INSERT" not in one["sql"]]))
    assert asked[1] <= asked[0] <= 30


def test_rules_say_themselves():
    assert find_rule("over-minute").words() == "5 个分钟中有 3 个超标即报警，连续 5 个分钟正常即解除"
    assert find_rule("offline").words() == "超过 120 分钟没有收到数据"
    assert find_rule("flat-hour").watch("w01001").need == 20
    assert moment("2020-10-20 05:00") == at(10, 20, 5)
    assert Desk
