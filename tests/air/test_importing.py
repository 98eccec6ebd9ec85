"""Importing files: again, in any order, corrected, refused."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from made_feeds import ALL, EXTRA, PAGE, RENAMED, YEARLY

from gongjian.air.actions import import_file, load_built_in, prepare_stations
from gongjian.air.days import refresh_days
from gongjian.air.feeds.rows import NotAFeed
from gongjian.air.models import AirDay
from gongjian.air.queries.days import days, station
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.models import Observation
from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Period, SeriesKey, Written
from gongjian.trail.models import Event

AT = datetime(2021, 2, 1, tzinfo=UTC)
LATER = AT + timedelta(days=30)
FILES = {
    "yizhuang_2018.csv": YEARLY,
    "beijing_all_20180101.csv": ALL,
    "beijing_extra_20180101.csv": EXTRA,
    "beijing_all_20210123.csv": RENAMED,
}


@pytest.fixture
def bring(db, tmp_path):
    prepare_stations(by=None, at=AT)

    def bring(name, text, at=AT):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        outcome = import_file(path, by=None, at=at)
        refresh_days()
        return outcome

    return bring


def state():
    """Everything that is kept, but for where it came from and in which order."""
    observations = Observation.objects.order_by("series__factor__code", "at", "entered_at")
    days = AirDay.objects.order_by("pollutant", "day", "entered_at")
    return (
        list(observations.values_list("series__factor__code", "at", "entered_at", "replaced_at", "value", "flag")),
        list(days.values_list("pollutant", "day", "value", "present", "valid", "entered_at", "replaced_at")),
    )


def wipe():
    Observation.objects.all().delete()
    AirDay.objects.all().delete()


def test_a_file_is_taken_and_told_in_one_sentence(bring):
    outcome = bring("yizhuang_2018.csv", YEARLY + "nonsense\n")
    assert outcome.written == Written(new=11)
    assert outcome.words() == "yizhuang_2018.csv：单站逐时数据 4 行，新增 11 个、更正 0 个、原已有 0 个小时值，未采用 1 行。"
    assert [refused.line for refused in outcome.feed.refused] == [5]


def test_the_same_file_again_changes_nothing(bring):
    bring("yizhuang_2018.csv", YEARLY)
    before, events = state(), Event.objects.count()
    assert bring("yizhuang_2018.csv", YEARLY, LATER).written == Written(unchanged=11)
    assert (state(), Event.objects.count()) == (before, events)


def test_the_order_in_which_files_come_does_not_matter(bring):
    found = []
    for order in permutations(FILES):
        wipe()
        for name in order:
            bring(name, FILES[name])
        found.append(state())
    assert len(found[0][0]) == 12
    assert all(each == found[0] for each in found)


def test_files_that_disagree_and_come_together_are_settled_the_same_way_in_any_order(bring):
    other = YEARLY.replace("T00:00+08:00,77,", "T00:00+08:00,79,")
    found = []
    for order in ((YEARLY, other), (other, YEARLY)):
        wipe()
        for text in order:
            bring("yizhuang_2018.csv", text)
        found.append(state())
    assert found[0] == found[1]


def test_a_corrected_file_changes_today_but_nothing_that_was_known_before(bring):
    full = "time,PM2.5\n" + "".join(f"2018-01-01T{hour:02}:00+08:00,10\n" for hour in range(1, 24))
    bring("yizhuang_2018.csv", full)
    before = days(station(), date(2018, 1, 1), date(2018, 1, 1), as_of=LATER)
    outcome = bring("yizhuang_2018.csv", full.replace("T05:00+08:00,10", "T05:00+08:00,33"), LATER)
    assert outcome.written == Written(corrected=1, unchanged=22)
    assert days(station(), date(2018, 1, 1), date(2018, 1, 1), as_of=LATER) == before
    (now,) = days(station(), date(2018, 1, 1), date(2018, 1, 1), as_of=None)[Pollutant.PM25]
    assert now.value == pytest.approx(11)


def test_a_page_saved_as_data_is_refused_and_nothing_is_written(bring):
    with pytest.raises(NotAFeed, match="是一个网页"):
        bring("beijing_all_20170519.csv", PAGE)
    assert state() == ([], [])


def test_a_missing_file_is_refused(db, tmp_path):
    with pytest.raises(NotAFeed, match="打不开文件"):
        import_file(tmp_path / "nothing.csv", by=None, at=AT)


def test_people_do_not_import(db, tmp_path):
    with pytest.raises(Refusal, match="只由系统写入"):
        import_file(tmp_path / "nothing.csv", by=User(username="somebody"), at=AT)


def test_a_value_is_not_known_before_its_hour_is_over(bring):
    """A demonstration lives in the past of its data: what is imported there is seen when its hour comes."""
    bring("beijing_all_20210123.csv", RENAMED, at=datetime(2020, 10, 31, tzinfo=UTC))
    hour = datetime(2021, 1, 23, 23, tzinfo=CLOCK)
    assert AirDay.objects.get().entered_at == datetime(2021, 1, 24, tzinfo=CLOCK)
    (row,) = store().read(SeriesKey("yizhuang", "PM2.5", Period.HOUR), hour - timedelta(hours=1), hour)
    assert row.entered_at == hour


def test_hours_imported_before_the_built_in_ones_are_the_same_hours(bring):
    """Loaded afterwards, the built-in years say those hours were known when they were over."""
    bring("beijing_all_20180101.csv", ALL)
    load_built_in(by=None, at=LATER)
    hour = datetime(2018, 1, 1, tzinfo=CLOCK)
    rows = store().history(SeriesKey("yizhuang", "PM2.5", Period.HOUR), hour - timedelta(hours=1), hour)
    assert [(row.value, row.entered_at, row.replaced_at) for row in rows] == [(77.0, hour, None)]


def test_the_built_in_years_are_loaded_once(bring):
    assert load_built_in(by=None, at=AT) == 147_749
    before, events = AirDay.objects.count(), Event.objects.count()
    assert load_built_in(by=None, at=LATER) == 0
    assert (AirDay.objects.count(), Event.objects.count()) == (before, events)


@pytest.mark.shared
def test_the_real_files_of_every_layout_are_taken(bring, shared):
    folder = shared / "data" / "air" / "native"
    outcomes = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}
    page = outcomes.pop("beijing_all_20170519.csv")
    with pytest.raises(NotAFeed, match="是一个网页"):
        bring("beijing_all_20170519.csv", page)
    written = {name: bring(name, text) for name, text in outcomes.items()}
    assert {name: (each.written.new, len(each.feed.refused)) for name, each in written.items()} == {
        "beijing_all_20180101.csv": (48, 0),
        "beijing_all_20210123.csv": (2, 0),
        "beijing_extra_20180101.csv": (96, 0),
    }
