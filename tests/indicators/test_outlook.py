"""What lies ahead of a figure on its way to a target."""

from datetime import date, timedelta
from math import cos, isclose

import pytest
from declared import COMPUTED, COUNT, RATIO
from hypothesis import given
from hypothesis import strategies as st

from gongjian.indicators.calibrating import calibrate, words
from gongjian.indicators.outlook import Target, count_outlook, mean_outlook, outlook, ratio_outlook
from gongjian.indicators.periods import ytd
from gongjian.indicators.reading import Reading
from gongjian.kernel.pace import failures_affordable

ON = date(2020, 10, 31)
FLOOR, CEILING = Target(">=", 95.0, "%"), Target("<=", 40.0, "µg/m³")


def counted(value):
    return Reading(COUNT.code, ytd(ON), "辆次", value)


def rated(passed, tried):
    return Reading(RATIO.code, ytd(ON), "%", 100 * passed / tried, numerator=float(passed), denominator=float(tried))


def days(*years, level=40.0):
    return [
        (day, level + 20 * cos(day.timetuple().tm_yday / 58) + (year - 2018))
        for year in years
        for step in range(366)
        if (day := date(year, 1, 1) + timedelta(step)).year == year
    ]


def test_a_count_tells_the_pace_it_needs_and_where_it_is_heading():
    seen = count_outlook(counted(5000.0), Target(">=", 10000, "辆次"), ON)
    assert isclose(seen.pace.expected, 10000 * 305 / 366)
    assert isclose(seen.pace.projected, 6000)
    assert isclose(seen.pace.per_day, 5000 / 61)
    assert "年底预计6,000辆次" in "；".join(seen.words("辆次"))


def test_a_cap_tells_what_is_left_of_it_or_by_how_much_it_is_passed():
    assert "还可发生10次" in "；".join(count_outlook(counted(40.0), Target("<=", 50), ON).words("次"))
    assert "已超出上限5次" in "；".join(count_outlook(counted(55.0), Target("<=", 50), ON).words("次"))


@given(st.integers(1, 3000), st.data())
def test_a_ratio_affords_exactly_so_many_failures(tried, data):
    passed = data.draw(st.integers(0, tried))
    seen = ratio_outlook(rated(passed, tried), FLOOR, 100.0)
    assert seen.interval.low <= passed / tried <= seen.interval.high
    assert seen.affordable == failures_affordable("0.95", passed, tried - passed)
    if seen.affordable >= 0:
        assert passed / (tried + seen.affordable) >= 0.95 - 1e-12
        assert passed / (tried + seen.affordable + 1) < 0.95
    else:
        assert (passed + seen.needed) / (tried + seen.needed) >= 0.95 - 1e-12


def test_a_mean_tells_what_the_rest_must_average_and_its_chance_by_past_years():
    seen = mean_outlook(days(2017, 2018, 2019, 2020), Target("<=", 41.0), ON)
    here = [value for day, value in days(2020) if day <= ON]
    assert isclose(seen.headroom.rest_at_most, (41.0 * 366 - sum(here)) / 61)
    assert 0 <= seen.chance <= 1
    low, middle, high = seen.band
    assert low <= middle <= high
    assert seen.years == 3
    assert "往年同期（3年）" in "；".join(seen.words("µg/m³"))


def test_the_same_days_give_the_same_forecast_and_later_days_are_not_looked_at():
    whole = days(2018, 2019, 2020)
    known = [(day, value) for day, value in whole if day <= ON]
    assert mean_outlook(whole, CEILING, ON) == mean_outlook(known, CEILING, ON)


def test_without_past_years_there_is_headroom_but_no_forecast():
    seen = mean_outlook(days(2020), CEILING, ON)
    assert seen.chance is None
    assert "不作预测" in "；".join(seen.words(""))
    assert mean_outlook(days(2019), CEILING, ON) is None


def test_once_the_year_is_over_nothing_is_left_to_chance():
    seen = mean_outlook(days(2019, 2020), CEILING, date(2020, 12, 31))
    assert seen.chance in (0.0, 1.0)
    assert seen.headroom.rest_at_most is None


def test_the_back_test_holds_every_year_with_enough_days_against_what_happened():
    found = calibrate(days(2017, 2018, 2019) + days(2020)[:100])
    assert [one.years for one in found] == [(2018, 2019), (2017, 2018, 2019)]  # 2017 has nobody before it, 2020 is too short
    assert all(0 <= one.brier <= 1 and sum(band.trials for band in one.bands) == one.trials for one in found)
    assert found == calibrate(days(2017, 2018, 2019) + days(2020)[:100])
    assert "布里尔评分" in words(found)[0]
    assert calibrate(days(2020)[:100]) == []


@pytest.mark.parametrize(("indicator", "reading"), [(COUNT, counted(None)), (COMPUTED, counted(3.0))])
def test_where_nothing_can_be_told_nothing_is(indicator, reading):
    assert outlook(indicator, reading, CEILING, ON) is None
