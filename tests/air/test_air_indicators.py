"""The air's indicators, on the built-in years."""

from datetime import date, datetime

import pytest

from gongjian.air.days import refresh_days
from gongjian.indicators.periods import parse_period
from gongjian.indicators.queries import values
from gongjian.indicators.registry import find
from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Claim, Period, SeriesKey


@pytest.fixture
def value(yizhuang):
    return lambda code, period, as_of=None: values.value(find(code), parse_period(period), as_of)


@pytest.mark.parametrize(("period", "mean", "present"), [("2018", 53.6, 345), ("2019", 43.5, 345), ("2020", 37.8, 354)])
def test_the_annual_means_are_the_known_ones_and_say_why_they_are_not_valid(value, period, mean, present):
    reading = value("air.pm25.annual_mean", period)
    assert reading.value == pytest.approx(mean, abs=0.1)
    assert (reading.present, reading.valid) == (present, False)
    assert all(reason.startswith(f"{period}年") for reason in reading.reasons)


def test_the_three_year_mean_is_the_mean_of_the_three(value):
    years = [value("air.pm25.annual_mean", period).value for period in ("2018", "2019", "2020")]
    reading = value("air.pm25.mean_3y", "3y:2020")
    assert reading.value == pytest.approx(sum(years) / 3)
    assert (reading.expected, reading.present, len(reading.reasons)) == (3, 3, 3)


def test_a_mean_of_three_years_has_no_months(value):
    with pytest.raises(Refusal, match="没有按月的定义"):
        value("air.pm25.mean_3y", "2020-09")


def test_as_of_a_past_day_only_what_was_known_by_its_end_counts(value):
    reading = value("air.pm25.annual_mean", "2020", date(2020, 10, 31))
    assert reading.value == pytest.approx(37.43, abs=0.005)
    assert reading.present == 296


def test_a_late_correction_changes_today_and_no_earlier_day(value):
    before = value("air.pm25.annual_mean", "2020-09", date(2020, 10, 31))
    claim = Claim(datetime(2020, 9, 15, 12, tzinfo=CLOCK), 500.0, datetime(2021, 3, 1, tzinfo=CLOCK))
    store().write_many({SeriesKey("yizhuang", "PM2.5", Period.HOUR): [claim]}, source="复核")
    refresh_days()
    assert value("air.pm25.annual_mean", "2020-09", date(2020, 10, 31)) == before
    assert value("air.pm25.annual_mean", "2020-09", date(2021, 2, 28)).value == before.value
    assert value("air.pm25.annual_mean", "2020-09", date(2021, 3, 1)).value > before.value + 0.5
    assert value("air.pm25.annual_mean", "2020-09").value > before.value + 0.5


def test_by_station_there_is_a_reading_for_each(yizhuang):
    ((name, reading),) = values.by_split(find("air.pm25.annual_mean"), parse_period("2019"), "station")
    assert name == "亦庄"
    assert reading.value == pytest.approx(43.589, abs=0.001)


def test_the_rows_behind_a_figure_are_its_days(yizhuang):
    indicator = find("air.pm25.annual_mean")
    rows = indicator.formula.evidence(date(2020, 9, 1), date(2020, 9, 30), None)
    assert len(rows.rows) == 30
    assert all(len(row) == len(rows.titles) for row in rows.rows)
