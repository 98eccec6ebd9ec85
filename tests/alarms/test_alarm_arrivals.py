"""However data arrive, what stands; what people are told; what becomes a case; which stores are looked through."""

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


def only(**which):
    return Alarm.objects.get(**which)


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
    (told,) = source.since(0, ["DA001"])[1]
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
    assert [source.name for source in sources()] == ["memory", "live", "store"]
    forget("memory")
    assert len(sources()) == 2


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
    assert find_rule("over-minute").words() == "5 分钟中有 3 次超标即报警，连续 5 分钟正常即解除"
    assert find_rule("offline").words() == "超过 120 分钟没有收到数据（网关停机期间不判离线）"
    assert find_rule("flat-hour").watch("w01001").need == 20
    assert moment("2020-10-20 05:00") == at(10, 20, 5)
    assert Desk
