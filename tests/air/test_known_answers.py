"""The built-in years of 亦庄 give the known answers.

``design/standards.md`` gives 53.6, 43.5 and 37.8 µg/m³ from 345, 346 and 354 days and 8441, 8408 and 8529 hours. Those very figures come
of leaving hour 0 in the day whose date it bears (``tests/standards/test_air_yizhuang.py``). By the standard it counts to the day before:
then 2019 has 345 valid days and 2020 gives its first hour to 2019; the means agree within 0.1.
"""

from collections import Counter
from datetime import date, datetime

import pytest

from gongjian.air.queries.days import days, days_at_moments
from gongjian.air.queries.profiles import diurnal, weekly
from gongjian.air.queries.trend import trend
from gongjian.air.queries.year import glance, months, year_figures
from gongjian.standards.air.means import span_mean, year_mean
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.rounding import round_half_even
from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Period, SeriesKey

PM25 = Pollutant.PM25
ALL = (date(2017, 12, 31), date(2020, 12, 31))


@pytest.fixture
def pm25(yizhuang):
    return days(yizhuang, *ALL, as_of=None, pollutants=[PM25])[PM25]


@pytest.mark.parametrize(("year", "mean", "valid_days"), [(2018, 53.6, 345), (2019, 43.5, 345), (2020, 37.8, 354)])
def test_the_annual_means_are_the_known_ones(pm25, year, mean, valid_days):
    figure = year_mean(pm25, PM25, year)
    assert figure.value == pytest.approx(mean, abs=0.1)
    assert figure.present == valid_days


def test_every_year_is_marked_not_valid_and_names_its_months(pm25):
    assert {year: year_mean(pm25, PM25, year).reasons for year in (2018, 2019, 2020)} == {
        2018: ("2018年5月只有23个有效日，应不少于27个",),
        2019: ("2019年9月只有23个有效日，应不少于27个", "2019年10月只有25个有效日，应不少于27个"),
        2020: ("2020年4月只有26个有效日，应不少于27个",),
    }


@pytest.mark.parametrize(
    ("first", "last", "mean"),
    [
        (date(2019, 6, 1), date(2019, 6, 30), 37.5),
        (date(2019, 1, 1), date(2019, 6, 30), 47.7),
        (date(2020, 9, 1), date(2020, 9, 30), 17.0),
    ],
)
def test_spans_that_were_published_come_out_within_a_tenth(pm25, first, last, mean):
    assert float(round_half_even(span_mean(pm25, PM25, first, last).value, 1)) == pytest.approx(mean, abs=0.1 + 1e-9)


def test_every_hour_of_the_feed_is_there_in_the_year_of_its_label(yizhuang):
    key = SeriesKey("yizhuang", "PM2.5", Period.HOUR)
    rows = store().read(key, datetime(2017, 1, 1, tzinfo=CLOCK), datetime(2022, 1, 1, tzinfo=CLOCK))
    assert [sum(row.at.year == year for row in rows) for year in (2018, 2019, 2020)] == [8441, 8408, 8529]


def test_the_store_works_out_the_same_days_as_are_kept(pm25, yizhuang):
    """The kept days come of the hours read one by one, these of one GROUP BY in the database."""
    worked_out = store().daily_aggregates(["yizhuang"], "PM2.5", *ALL)
    assert [(row.day, row.present) for row in worked_out] == [(row.day, row.present) for row in pm25]
    assert [row.mean for row in worked_out] == pytest.approx([row.value for row in pm25])


def test_as_of_a_day_in_2020_nothing_later_was_known(yizhuang):
    moment = datetime(2020, 11, 1, tzinfo=CLOCK)
    known = days(yizhuang, *ALL, as_of=moment, pollutants=[PM25])[PM25]
    assert known[-1].day == date(2020, 10, 30)  # the last hour of the 31st was published on the stroke of the 1st
    assert days_at_moments(yizhuang, PM25, *ALL, [moment, None]) == [known, days(yizhuang, *ALL, as_of=None, pollutants=[PM25])[PM25]]


def test_what_was_known_in_2020_does_not_depend_on_what_came_later(yizhuang):
    """Cut at any moment, the days known then are the days of today up to that moment: the built-in years hold no corrections."""
    every = days(yizhuang, *ALL, as_of=None, pollutants=[PM25])[PM25]
    for month in range(1, 13):
        moment = datetime(2020, month, 15, 12, tzinfo=CLOCK)
        known = days(yizhuang, *ALL, as_of=moment, pollutants=[PM25])[PM25]
        assert known == [row for row in every if row.day < moment.date()]


def test_the_trend_says_how_2020_stood_at_the_end_of_october(yizhuang):
    seen = trend(yizhuang, PM25, 2020, date(2020, 10, 30), as_of=datetime(2020, 10, 31, 12, tzinfo=CLOCK))
    assert (round(seen.so_far.value, 1), round(seen.before.value, 1)) == (37.4, 42.1)
    assert seen.limit.value == 35
    assert seen.room.so_far == pytest.approx(seen.so_far.value)
    rest = (35 * (seen.so_far.present + 62) - seen.so_far.value * seen.so_far.present) / 62
    assert seen.room.rest_at_most == pytest.approx(rest)
    assert seen.three_years.value is None  # 2017 is not known
    assert "2017年没有年均值" in seen.three_years.reasons


def test_the_hours_and_the_weekdays_recombine_into_the_whole(yizhuang):
    span = (date(2020, 1, 1), date(2020, 12, 31))
    rows = store().daily_aggregates(["yizhuang"], "PM2.5", *span)
    for season in diurnal(yizhuang, PM25, *span, as_of=None)["全年"], weekly(yizhuang, PM25, *span, as_of=None)["全年"]:
        assert all(each.count for each in season)
    hours = diurnal(yizhuang, PM25, *span, as_of=None)
    assert sum(each.count for each in hours["全年"]) == sum(row.present for row in rows)
    assert sum(each.count * each.mean for each in hours["全年"]) == pytest.approx(sum(row.present * row.mean for row in rows))
    heating, rest = hours["采暖季（11月至3月）"], hours["非采暖季（4月至10月）"]
    assert [a.count + b.count for a, b in zip(heating, rest, strict=True)] == [each.count for each in hours["全年"]]


def test_the_months_recombine_into_the_year(yizhuang, pm25):
    rows = months(yizhuang, 2020, date(2020, 12, 31), as_of=None)
    whole = year_mean(pm25, PM25, 2020)
    parts = [row.means[PM25] for row in rows]
    assert sum(part.present for part in parts) == whole.present
    assert sum(part.present * part.value for part in parts) / whole.present == pytest.approx(whole.value)
    year = glance(yizhuang, 2020, date(2020, 12, 31), as_of=None).tally
    assert sum((row.tally.primary for row in rows), Counter()) == year.primary
    assert [sum(getattr(row.tally, name) for row in rows) for name in ("attained", "exceeded", "unjudged")] == [
        year.attained,
        year.exceeded,
        year.unjudged,
    ]


def test_while_a_year_runs_its_percentile_owes_only_what_its_days_could_bring(yizhuang):
    _, ozone = year_figures(yizhuang, 2020, date(2020, 10, 30), as_of=None)[Pollutant.O3]
    assert ozone.reasons == ("2020年4月只有26个有效日，应不少于27个",)
    assert ozone.expected == 304
