"""Trips, sums and signs of a day, worked out by hand and held to laws."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mobile.told_seconds import BEGIN, LIMITS, falling, seconds, wavering

import gongjian.mobile
from gongjian.kernel.refusal import Refusal
from gongjian.mobile.remote.days import day_of, urea_litres
from gongjian.mobile.remote.limits import limits_of, read_limits
from gongjian.mobile.remote.seconds import joined, nothing
from gongjian.mobile.remote.trips import running_of
from gongjian.mobile.remote.urea import urea_of
from gongjian.mobile.remote.vocabulary import GROUP_TITLES, SIGNS, Group, Sign

HOUR = 3600
TABLE = (Path(gongjian.mobile.__file__).parent / "data" / "remote.toml").read_text(encoding="utf-8")


def told(count=2 * HOUR, **said):
    """The signs of a drive that is otherwise as it should be, and that uses urea."""
    usual = {
        "nox_downstream": wavering(count, 40.0, 15.0),
        "nox_upstream": wavering(count, 400.0, 80.0),
        "reagent_level": falling(count, 60.0, 56.0),
    }
    return {found.sign: found for found in day_of(seconds(count, **(usual | said)), LIMITS).signs}


def test_an_hour_of_steady_driving_by_hand():
    """36 km/h; 12 L/h; 40 ppm in 390 + 12 x 0.835 kg of exhaust; 12 x 0.835 / 0.205 kWh."""
    day = day_of(seconds(HOUR), LIMITS)
    (trip,) = day.trips
    assert (trip.first, trip.last) == (BEGIN, BEGIN + HOUR - 1)
    assert day.sums.km == pytest.approx(36.0)
    assert day.sums.burnt.fuel_litres == pytest.approx(12.0)
    assert day.sums.burnt.nox_grams == pytest.approx(0.001587 * 40 * (390 + 10.02))
    assert day.sums.burnt.nox_per_kwh == pytest.approx(0.001587 * 40 * (390 + 10.02) / (10.02 / 0.205))
    assert day.sums.ppm == pytest.approx(40.0)
    assert day.sums.converted == pytest.approx(0.9)
    assert day.sums.complete == 1.0
    assert day.sums.track_km == 0.0


def test_one_frame_in_ten_seconds_is_a_rhythm_and_comes_to_the_same():
    dense, sparse = day_of(seconds(HOUR), LIMITS).sums, day_of(seconds(HOUR // 10, step=10), LIMITS).sums
    assert sparse.km == pytest.approx(dense.km)
    assert sparse.burnt.nox_grams == pytest.approx(dense.burnt.nox_grams)
    assert sparse.complete == 1.0


def test_a_frame_in_a_minute_is_none_and_nothing_is_made_up():
    sums = day_of(seconds(60, step=60), LIMITS).sums
    assert sums.complete == pytest.approx(600 / (59 * 60 + 10))
    assert sums.km == pytest.approx(6.0)


def test_the_track_is_measured_and_a_wrong_position_is_left_out():
    degree = np.linspace(39.70, 39.80, HOUR)
    assert day_of(seconds(HOUR, latitude=degree), LIMITS).sums.track_km == pytest.approx(11.12, abs=0.01)
    degree[1800] = 45.0
    assert day_of(seconds(HOUR, latitude=degree), LIMITS).sums.track_km == pytest.approx(11.12, abs=0.02)
    assert day_of(seconds(HOUR, latitude=None), LIMITS).sums.track_km is None


@pytest.mark.parametrize(("gap", "trips"), [(299, 1), (300, 2)])
def test_five_minutes_of_silence_part_two_trips(gap, trips):
    parts = [seconds(600), seconds(600, begin=BEGIN + 599 + gap)]
    assert len(day_of(joined(parts), LIMITS).trips) == trips


@pytest.mark.parametrize(("stop", "trips"), [(298, 1), (299, 2)])
def test_five_minutes_with_the_engine_off_part_two_trips(stop, trips):
    rpm = np.r_[np.full(600, 1200.0), np.zeros(stop), np.full(600, 1200.0)]
    day = day_of(seconds(len(rpm), engine_speed=rpm, speed=36.0), LIMITS)
    assert len(day.trips) == trips
    assert day.received == len(rpm)
    assert day.sums.received == 1200


def test_without_an_engine_speed_moving_or_burning_is_running():
    assert len(running_of(seconds(9, engine_speed=None, fuel_flow=None)).seconds) == 9
    assert len(running_of(seconds(9, engine_speed=None, speed=0.0)).seconds) == 9
    assert len(running_of(seconds(9, engine_speed=None, speed=None, fuel_flow=None)).seconds) == 0


def test_what_is_not_available_is_in_no_sum():
    half = np.r_[np.full(1800, np.nan), np.full(1800, 40.0)]
    sums = day_of(seconds(HOUR, nox_downstream=half), LIMITS).sums
    assert sums.ppm == pytest.approx(40.0)
    assert sums.burnt.known == pytest.approx(0.5)
    assert sums.burnt.nox_grams == pytest.approx(0.001587 * 40 * 400.02 / 2)
    nothing_told = day_of(seconds(HOUR, nox_downstream=None, reagent_level=None, nox_upstream=None), LIMITS).sums
    assert (nothing_told.ppm, nothing_told.burnt.nox_grams, nothing_told.converted, nothing_told.urea.used) == (None,) * 4


def test_a_filling_parts_the_use():
    level = np.r_[falling(HOUR, 40.0, 36.0), falling(HOUR, 96.0, 92.0)]
    urea = urea_of(running_of(seconds(2 * HOUR, reagent_level=level)))
    assert urea.used == pytest.approx(8.0, abs=1.0)
    assert (urea.fillings, urea.filled) == (1, pytest.approx(60.0, abs=1.0))
    assert urea.level == pytest.approx(92.0, abs=0.5)
    assert urea_litres(urea, LIMITS) == pytest.approx(urea.used * 0.45)


def test_sloshing_is_no_use():
    level = wavering(HOUR, 60.0, 3.0)
    assert urea_of(running_of(seconds(HOUR, reagent_level=level))).used == pytest.approx(0.0, abs=0.5)


levels = st.lists(st.floats(0, 100), min_size=1, max_size=12)


@given(levels)
@settings(max_examples=60, deadline=None)
def test_no_filling_ever_makes_use_negative_and_use_is_what_fell(levels):
    said = np.repeat(levels, 300)
    urea = urea_of(running_of(seconds(len(said), begin=BEGIN - BEGIN % 300, reagent_level=said)))
    assert 0 <= urea.used <= sum(max(a - b, 0) for a, b in pairwise(levels)) + 1e-9
    assert urea.used >= levels[0] - levels[-1] + urea.filled - 1e-9


@given(st.lists(st.integers(1, 1199), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_any_split_of_the_seconds_in_any_order_gives_the_same_day(cuts, luck):
    whole = seconds(1200, speed=wavering(1200, 40.0, 20.0), engine_speed=np.r_[np.full(500, 900.0), np.zeros(350), np.full(350, 900.0)])
    bounds = [0, *sorted(set(cuts)), 1200]
    parts = [whole.taken(slice(a, b)) for a, b in pairwise(bounds)]
    luck.shuffle(parts)
    assert day_of(joined(parts), LIMITS) == day_of(whole, LIMITS)


@given(st.lists(st.integers(1, 900), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_the_trips_come_to_the_day(gaps):
    at = np.cumsum(gaps)
    moments = BEGIN + at - at[0]
    base = seconds(len(moments))
    day = day_of(
        joined(
            [base.taken(slice(n, n + 1)).__class__(moments[n : n + 1], base.taken(slice(n, n + 1)).values) for n in range(len(moments))]
        ),
        LIMITS,
    )
    for name in ("received", "covered", "duration", "km"):
        assert sum(getattr(trip.sums, name) for trip in day.trips) == pytest.approx(getattr(day.sums, name))
    assert sum(trip.sums.burnt.fuel_litres for trip in day.trips) == pytest.approx(day.sums.burnt.fuel_litres)
    assert day.sums.covered <= day.sums.duration + 1e-9


def test_a_day_without_data_is_a_day_without_anything():
    day = day_of(nothing(), LIMITS)
    assert (day.received, day.trips, day.signs, day.sums.complete, day.sums.ppm) == (0, (), (), None, None)


def test_a_lorry_as_it_should_be_shows_no_sign():
    assert told() == {}


def test_nox_that_stays_high_behind_a_warm_catalyst():
    found = told(nox_downstream=wavering(2 * HOUR, 620.0, 90.0), nox_upstream=wavering(2 * HOUR, 900.0, 90.0))
    assert set(found) == {Sign.NOX_HIGH}
    assert found[Sign.NOX_HIGH].value == pytest.approx(620.0, abs=1)
    assert (found[Sign.NOX_HIGH].first, found[Sign.NOX_HIGH].last) == (BEGIN, BEGIN + 2 * HOUR - 1)
    assert "620ppm" in found[Sign.NOX_HIGH].words


def test_high_nox_while_the_catalyst_is_cold_says_nothing():
    assert told(nox_downstream=wavering(2 * HOUR, 620.0, 90.0), scr_inlet_temperature=150.0) == {}


def test_a_catalyst_that_converts_nothing():
    assert set(told(nox_downstream=wavering(2 * HOUR, 390.0, 80.0))) == {Sign.SCR_IDLE}


def test_a_sensor_that_always_says_the_same():
    assert set(told(nox_downstream=38.0)) == {Sign.NOX_FLAT}


def test_a_sensor_that_says_nothing_while_warm():
    assert set(told(nox_downstream=None)) == {Sign.NOX_ABSENT}
    assert told(nox_downstream=None, scr_inlet_temperature=100.0) == {}


def test_an_engine_that_never_gets_warm():
    found = told(coolant_temperature=20.0)
    assert set(found) == {Sign.COOLANT_COLD}
    assert found[Sign.COOLANT_COLD].first == BEGIN + 1200
    warming = np.r_[np.linspace(0, 80, 1800), np.full(5400, 82.0)]
    assert told(coolant_temperature=warming) == {}


def test_urea_that_does_not_fall_although_fuel_is_burnt():
    """48 L ask for 1.44 L, 3.2 % of the tank."""
    assert set(told(4 * HOUR, reagent_level=60.0)) == {Sign.UREA_STILL}
    assert told(HOUR, reagent_level=60.0) == {}, "12 L of fuel move the level by less than is seen"


def test_urea_that_falls_far_too_little():
    found = told(8 * HOUR, reagent_level=falling(8 * HOUR, 60.0, 59.2))
    assert set(found) == {Sign.UREA_LITTLE}
    assert "96L" in found[Sign.UREA_LITTLE].words
    assert told(8 * HOUR, reagent_level=falling(8 * HOUR, 60.0, 52.0)) == {}


def test_a_tank_all_but_empty_is_told_as_that():
    assert set(told(4 * HOUR, reagent_level=2.0)) == {Sign.UREA_EMPTY}


def test_frames_that_are_missing():
    kept = np.arange(2 * HOUR) % 100 < 60
    whole = seconds(2 * HOUR, nox_downstream=wavering(2 * HOUR, 40.0, 15.0), reagent_level=falling(2 * HOUR, 60.0, 56.0))
    (found,) = day_of(whole.taken(kept), LIMITS).signs
    assert found.sign is Sign.FRAMES_LOST
    assert found.value == pytest.approx(60, abs=2)


def test_every_sign_is_explained_and_every_group_has_a_title():
    assert set(SIGNS) == set(Sign)
    assert set(GROUP_TITLES) == set(Group) == {words.group for words in SIGNS.values()}
    assert all(words.why.endswith("。") for words in SIGNS.values())


def test_the_built_in_numbers_hold_since_their_day():
    known = read_limits(TABLE)
    assert limits_of(known, date(2020, 10, 31)).tank_litres == 45.0
    later = read_limits(TABLE + TABLE.replace("2018-01-01", "2021-01-01").replace("45.0", "60.0"))
    assert [limits_of(later, date(year, 12, 31)).tank_litres for year in (2017, 2020, 2021)] == [45.0, 45.0, 60.0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (TABLE.replace("nox_ppm = 500.0", ""), "是否齐全"),
        (TABLE.replace("nox_ppm = 500.0", "nox_ppm = 0"), "大于零"),
        (TABLE.replace("nox_ppm = 500.0", 'nox_ppm = "高"'), "大于零"),
        ("limits = []", "至少保留一段"),
        ("[[limits", "读不懂"),
    ],
)
def test_numbers_that_cannot_be_are_refused(wrong, said):
    with pytest.raises(Refusal, match=said):
        read_limits(wrong)
