"""AQI and IAQI in both editions, levels, primary pollutants, and days counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.standards.air.attainment import Verdict, daily_indices, tally, verdict
from gongjian.standards.air.days import DayValue
from gongjian.standards.air.index import daily_index, hourly_index, iaqi
from gongjian.standards.air.levels import Level, level_of
from gongjian.standards.air.pollutants import Period, Pollutant

P, T = Pollutant, Period
OLD, NEW = date(2020, 6, 1), date(2026, 6, 1)
CLEAN = {P.PM25: 10, P.PM10: 20, P.SO2: 3, P.NO2: 15, P.O3: 60, P.CO: 0.4}

TABLE = {
    (P.SO2, T.DAY): (50, 150, 475, 800, 1600, 2100, 2620),
    (P.SO2, T.HOUR): (150, 500, 650, 800),
    (P.NO2, T.DAY): (40, 80, 180, 280, 565, 750, 940),
    (P.NO2, T.HOUR): (100, 200, 700, 1200, 2340, 3090, 3840),
    (P.PM10, T.DAY): (50, 150, 250, 350, 420, 500, 600),
    (P.CO, T.DAY): (2, 4, 14, 24, 36, 48, 60),
    (P.CO, T.HOUR): (5, 10, 35, 60, 90, 120, 150),
    (P.O3, T.HOUR): (160, 200, 300, 400, 800, 1000, 1200),
    (P.O3, T.MAX_8H): (100, 160, 215, 265, 800),
    (P.PM25, T.DAY): (35, 75, 115, 150, 250, 350, 500),
}
GRID = (50, 100, 150, 200, 300, 400, 500)
BREAKPOINTS = [(*column, value, index) for column, values in TABLE.items() for value, index in zip(values, GRID, strict=False)]
CHANGED = {(P.PM10, 150): 120, (P.PM25, 75): 60}


@pytest.mark.parametrize(("pollutant", "period", "value", "index"), BREAKPOINTS)
def test_every_breakpoint_of_2012_gives_its_sub_index_exactly(pollutant, period, value, index):
    assert iaqi(pollutant, period, value, OLD) == index
    last = value == TABLE[pollutant, period][-1]
    beyond = 500 if index == 500 else None
    assert iaqi(pollutant, period, value + 0.001, OLD) == (beyond if last else index + 1)


@pytest.mark.parametrize(("pollutant", "period", "value", "index"), BREAKPOINTS)
def test_2026_moves_two_breakpoints_and_no_other(pollutant, period, value, index):
    assert iaqi(pollutant, period, CHANGED.get((pollutant, value), value), NEW) == index


def test_the_edition_turns_on_the_first_of_march_2026():
    assert iaqi(P.PM25, T.DAY, 60, date(2026, 2, 28)) == 82
    assert iaqi(P.PM25, T.DAY, 60, date(2026, 3, 1)) == 100


@pytest.mark.parametrize(("value", "index"), [(0, 0), (0.1, 1), (36, 52), (77, 103), (78, 104), (68, 92), (500, 500), (900, 500)])
def test_between_breakpoints_it_is_linear_and_rounded_up(value, index):
    """77 and 78 µg/m³ of PM2.5 are published hours of the real feed: 103 and 104."""
    assert iaqi(P.PM25, T.DAY, value, OLD) == index


def test_a_short_scale_ends_without_an_answer():
    assert iaqi(P.SO2, T.HOUR, 800, OLD) == 200
    assert iaqi(P.SO2, T.HOUR, 801, OLD) is None
    assert iaqi(P.O3, T.MAX_8H, 801, OLD) is None


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_what_cannot_be_a_concentration_is_refused(wrong):
    with pytest.raises(ValueError, match="concentration"):
        iaqi(P.PM25, T.DAY, wrong, OLD)


def test_a_period_without_a_scale_is_refused():
    with pytest.raises(ValueError, match="HJ 633"):
        iaqi(P.PM25, T.HOUR, 10, OLD)


concentrations = st.floats(0, 5000)


@given(st.sampled_from(sorted(TABLE)), concentrations, concentrations, st.sampled_from([OLD, NEW]))
def test_more_pollution_never_lowers_a_sub_index(column, one, other, on):
    low, high = (iaqi(*column, value, on) for value in sorted((one, other)))
    assert high is None or (low is not None and 0 <= low <= high <= 500)


@given(st.sampled_from(sorted(TABLE)), concentrations)
def test_the_new_edition_is_never_milder(column, value):
    old, new = iaqi(*column, value, OLD), iaqi(*column, value, NEW)
    assert (old is None) == (new is None)
    assert old is None or new >= old


@pytest.mark.parametrize(
    ("aqi", "level", "label"),
    [
        (0, 1, "优"),
        (50, 1, "优"),
        (51, 2, "良"),
        (100, 2, "良"),
        (101, 3, "轻度污染"),
        (150, 3, "轻度污染"),
        (151, 4, "中度污染"),
        (200, 4, "中度污染"),
        (201, 5, "重度污染"),
        (300, 5, "重度污染"),
        (301, 6, "严重污染"),
        (500, 6, "严重污染"),
    ],
)
def test_levels_end_where_the_standard_says(aqi, level, label):
    assert (level_of(aqi), level_of(aqi).label) == (level, label)


def test_every_level_has_its_own_colour():
    assert len({level.colour for level in Level}) == 6


def test_the_index_is_the_largest_sub_index_and_its_bearer_is_primary():
    day = daily_index(CLEAN | {P.PM25: 80.0, P.O3: 150}, OLD)
    assert (day.value, day.level, day.primary, day.exceeding) == (107, Level.LIGHT, (P.PM25,), (P.PM25,))
    assert day.complete
    assert day.method == "HJ 633-2012 表1"


def test_pollutants_that_tie_are_all_primary():
    assert daily_index(CLEAN | {P.PM25: 75, P.PM10: 150}, OLD).primary == (P.PM25, P.PM10)


def test_an_excellent_day_has_no_primary_pollutant():
    day = daily_index(CLEAN | {P.PM25: 35}, OLD)
    assert (day.value, day.primary, day.exceeding) == (50, (), ())


def test_a_missing_pollutant_is_named_and_nothing_is_not_zero():
    partial = daily_index({P.PM25: 20.0, P.PM10: None}, OLD)
    assert partial.value == 29
    assert partial.missing == (P.PM10, P.SO2, P.NO2, P.O3, P.CO)
    nothing = daily_index({}, OLD)
    assert (nothing.value, nothing.level, nothing.primary, len(nothing.missing)) == (None, None, (), 6)


def test_day_means_are_written_as_published_before_they_are_judged():
    assert daily_index(CLEAN | {P.PM25: 75.4}, OLD).value == 100
    assert daily_index(CLEAN | {P.PM25: 75.5}, OLD).value == 102
    assert daily_index(CLEAN | {P.CO: 4.04}, OLD).value == 100


def test_ozone_over_800_goes_by_its_highest_hour():
    day = daily_index(CLEAN | {P.O3: 850}, OLD, ozone_1h=900)
    assert (day.value, day.primary) == (350, (P.O3,))
    assert daily_index(CLEAN | {P.O3: 850}, OLD).missing == (P.O3,)


def test_an_hour_of_so2_over_800_goes_by_its_24_hours():
    hour = hourly_index(CLEAN | {P.SO2: 900}, OLD, so2_24h=475)
    assert hour.sub_indices[P.SO2] == 150
    assert hourly_index(CLEAN | {P.SO2: 900}, OLD).missing == (P.SO2,)
    assert hourly_index(CLEAN | {P.SO2: 650}, OLD, so2_24h=5000).sub_indices[P.SO2] == 150


def test_an_hour_and_a_day_are_read_off_different_scales():
    assert hourly_index(CLEAN | {P.NO2: 100}, OLD).value == 50
    assert daily_index(CLEAN | {P.NO2: 100}, OLD).value == 110


def test_a_day_attains_at_100_with_all_six_and_exceeds_whatever_is_missing():
    assert verdict(daily_index(CLEAN | {P.PM25: 75}, OLD)) is Verdict.ATTAINED
    assert verdict(daily_index(CLEAN | {P.PM25: 76}, OLD)) is Verdict.EXCEEDED
    assert verdict(daily_index({P.PM25: 76}, OLD)) is Verdict.EXCEEDED
    assert verdict(daily_index({P.PM25: 10}, OLD)) is Verdict.UNJUDGED
    assert verdict(daily_index({}, OLD)) is Verdict.UNJUDGED


def test_exceedances_are_counted_by_primary_pollutant_ties_for_each():
    days = [CLEAN, CLEAN | {P.PM25: 80}, CLEAN | {P.PM25: 115, P.PM10: 250}, {P.O3: 300}, {P.SO2: 1}]
    count = tally(daily_index(day, OLD) for day in days)
    assert (count.attained, count.exceeded, count.unjudged) == (1, 3, 1)
    assert count.primary == {P.PM25: 2, P.PM10: 1, P.O3: 1}
    assert count.levels == {Level.EXCELLENT: 1, Level.LIGHT: 2, Level.HEAVY: 1}
    assert count.ratio == 0.25
    assert tally([]).ratio is None


def test_a_value_that_is_not_valid_takes_no_part_in_the_days_index():
    rows = {p: [DayValue(OLD, float(value), 24, True)] for p, value in CLEAN.items()}
    rows[P.PM25] = [DayValue(OLD, 400.0, 3, False)]
    index = daily_indices(rows)[OLD]
    assert index.missing == (P.PM25,)
    assert index.value == 30
