"""What every store of observations promises, held against each implementation."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.store import Claim, Coverage, DayAggregate, Period, SeriesKey, Stored, Touched, Written

KEY = SeriesKey("east", "PM2.5", Period.HOUR)
WEST = SeriesKey("west", "PM2.5", Period.HOUR)
NOON = datetime(2020, 6, 1, 12, tzinfo=CLOCK)
MONDAY, TUESDAY = datetime(2020, 6, 1, 13, tzinfo=CLOCK), datetime(2020, 6, 2, 13, tzinfo=CLOCK)
WIDE = (datetime(2000, 1, 1, tzinfo=CLOCK), datetime(2100, 1, 1, tzinfo=CLOCK))
HOUR = timedelta(hours=1)


def claim(value, entered=MONDAY, at=NOON, flag="N"):
    return Claim(at, value, entered, flag)


def test_what_was_written_is_read_back_as_it_was(store):
    assert store.write_many({KEY: [claim(35.5)]}, source="一个文件") == Written(new=1)
    assert store.read(KEY, *WIDE) == [Stored(NOON, 35.5, "N", "一个文件", MONDAY, None)]


def test_a_series_nobody_wrote_to_is_empty(store):
    assert store.read(KEY, *WIDE) == store.history(KEY, *WIDE) == []
    assert store.daily_aggregates(["east"], "PM2.5", date(2020, 6, 1), date(2020, 6, 2)) == []
    assert store.coverage(KEY, date(2020, 6, 1), date(2020, 6, 1)) == Coverage(24, 0)


def test_what_is_sent_again_changes_nothing(store):
    store.write_many({KEY: [claim(35.5)]}, source="一个文件")
    before = store.history(KEY, *WIDE), store.touched_since(0)[1]
    position, _ = store.touched_since(0)
    assert store.write_many({KEY: [claim(35.5, TUESDAY)]}, source="又一个文件") == Written(unchanged=1)
    assert (store.history(KEY, *WIDE), store.touched_since(0)[1]) == before
    assert store.touched_since(position)[1] == []


def test_a_different_value_is_a_correction_and_the_old_one_stays_readable(store):
    store.write_many({KEY: [claim(35.5)]}, source="初传")
    assert store.write_many({KEY: [claim(36.0, TUESDAY)]}, source="复核") == Written(corrected=1)
    assert store.history(KEY, *WIDE) == [
        Stored(NOON, 35.5, "N", "初传", MONDAY, TUESDAY),
        Stored(NOON, 36.0, "N", "复核", TUESDAY, None),
    ]
    assert [row.value for row in store.read(KEY, *WIDE)] == [36.0]


@pytest.mark.parametrize(("as_of", "values"), [(MONDAY, []), (MONDAY + HOUR, [35.5]), (TUESDAY, [35.5]), (TUESDAY + HOUR, [36.0])])
def test_as_of_a_moment_only_what_was_entered_before_it_is_seen(store, as_of, values):
    store.write_many({KEY: [claim(35.5)]}, source="初传")
    store.write_many({KEY: [claim(36.0, TUESDAY)]}, source="复核")
    assert [row.value for row in store.read(KEY, *WIDE, as_of=as_of)] == values


def test_a_value_taken_back_is_missing_not_zero(store):
    store.write_many({KEY: [claim(35.5)]}, source="初传")
    store.write_many({KEY: [claim(None, TUESDAY, flag="D")]}, source="复核")
    assert [(row.value, row.flag) for row in store.read(KEY, *WIDE)] == [(None, "D")]
    assert store.daily_aggregates(["east"], "PM2.5", date(2020, 6, 1), date(2020, 6, 1)) == []


def test_the_older_claim_that_comes_later_takes_the_older_place(store):
    store.write_many({KEY: [claim(36.0, TUESDAY)]}, source="复核")
    store.write_many({KEY: [claim(35.5, MONDAY)]}, source="初传")
    assert [(row.value, row.entered_at, row.replaced_at) for row in store.history(KEY, *WIDE)] == [
        (35.5, MONDAY, TUESDAY),
        (36.0, TUESDAY, None),
    ]


def test_several_claims_for_one_label_in_one_write_are_versions_too(store):
    written = store.write_many({KEY: [claim(36.0, TUESDAY), claim(35.5, MONDAY), claim(35.5, MONDAY)]}, source="合并")
    assert written == Written(new=1, corrected=1, unchanged=1)
    assert [row.value for row in store.history(KEY, *WIDE)] == [35.5, 36.0]


def test_of_two_values_told_at_one_moment_the_higher_stands_whichever_came_first(store):
    store.write_many({KEY: [claim(5.0)]}, source="甲")
    store.write_many({KEY: [claim(7.0)], WEST: [claim(7.0)]}, source="乙")
    store.write_many({WEST: [claim(5.0)]}, source="甲")
    assert [row.value for row in store.history(KEY, *WIDE)] == [row.value for row in store.history(WEST, *WIDE)] == [7.0]


def test_midnight_belongs_to_the_day_that_ends_with_it(store):
    labels = [datetime(2020, 6, 1, tzinfo=CLOCK) + HOUR * step for step in range(49)]
    store.write_many({KEY: [claim(float(step), at=label) for step, label in enumerate(labels)]}, source="一个文件")
    assert store.daily_aggregates(["east"], "PM2.5", date(2020, 5, 31), date(2020, 6, 2)) == [
        DayAggregate("east", date(2020, 5, 31), 1, 0.0, 0.0, 0.0),
        DayAggregate("east", date(2020, 6, 1), 24, 12.5, 1.0, 24.0),
        DayAggregate("east", date(2020, 6, 2), 24, 36.5, 25.0, 48.0),
    ]
    assert store.coverage(KEY, date(2020, 6, 1), date(2020, 6, 3)) == Coverage(72, 48)


def test_only_normal_values_enter_a_day(store):
    rows = [claim(10.0), claim(99.0, at=NOON + HOUR, flag="C"), claim(None, at=NOON + 2 * HOUR)]
    store.write_many({KEY: rows}, source="一个文件")
    assert store.daily_aggregates(["east"], "PM2.5", date(2020, 6, 1), date(2020, 6, 1)) == [
        DayAggregate("east", date(2020, 6, 1), 1, 10.0, 10.0, 10.0)
    ]


def test_stations_are_kept_apart(store):
    store.write_many({KEY: [claim(10.0)], WEST: [claim(20.0)]}, source="一个文件")
    both = store.daily_aggregates(["west", "east"], "PM2.5", date(2020, 6, 1), date(2020, 6, 1))
    assert [(row.station, row.mean) for row in both] == [("east", 10.0), ("west", 20.0)]


def test_days_as_of_a_moment_are_worked_out_from_what_was_known(store):
    store.write_many({KEY: [claim(10.0), claim(30.0, TUESDAY, at=NOON + HOUR)]}, source="一个文件")
    means = [
        [row.mean for row in store.daily_aggregates(["east"], "PM2.5", date(2020, 6, 1), date(2020, 6, 1), as_of=moment)]
        for moment in (MONDAY, TUESDAY, None)
    ]
    assert means == [[], [10.0], [20.0]]


def test_the_days_written_to_can_be_followed_by_a_cursor(store):
    store.write_many({KEY: [claim(10.0)]}, source="一个文件")
    position, touched = store.touched_since(0)
    assert touched == [Touched(KEY, date(2020, 6, 1))]
    store.write_many({WEST: [claim(10.0, at=datetime(2020, 6, 3, tzinfo=CLOCK))]}, source="一个文件")
    later, touched = store.touched_since(position)
    assert touched == [Touched(WEST, date(2020, 6, 2))]
    assert store.touched_since(later) == (later, [])


@pytest.mark.parametrize("key", [SeriesKey("nowhere", "PM2.5", Period.HOUR), SeriesKey("east", "dreams", Period.HOUR)])
def test_an_unknown_station_or_factor_is_refused_and_nothing_of_the_write_stays(store, key):
    with pytest.raises(KeyError):
        store.write_many({KEY: [claim(10.0)], key: [claim(10.0)]}, source="一个文件")
    assert store.read(KEY, *WIDE) == []


@pytest.mark.parametrize("bad", [claim(float("nan")), claim(float("inf")), claim(1.0, at=datetime(2020, 6, 1))])  # noqa: DTZ001
def test_what_is_no_value_or_no_label_is_refused_and_nothing_of_the_write_stays(store, bad):
    with pytest.raises(ValueError, match=r"."):
        store.write_many({KEY: [claim(10.0), bad]}, source="一个文件")
    assert store.read(KEY, *WIDE) == []


def test_moments_keep_their_instant_whatever_zone_they_came_in(store):
    store.write_many({KEY: [claim(10.0, MONDAY.astimezone(UTC), at=NOON.astimezone(UTC))]}, source="一个文件")
    (row,) = store.read(KEY, NOON - HOUR, NOON)
    assert (row.at, row.entered_at) == (NOON, MONDAY)
    assert store.read(KEY, NOON, NOON + HOUR) == []  # intervals are open at their start
