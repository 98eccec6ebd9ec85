"""Days become months, quarters, years and percentiles, each with its verdict."""

from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.months import Month
from gongjian.standards.air.days import DayValue
from gongjian.standards.air.means import month_mean, quarter_mean, span_mean, three_year_mean, year_mean, year_means
from gongjian.standards.air.percentiles import percentile, year_percentile
from gongjian.standards.air.pollutants import Pollutant
from gongjian.standards.statistic import Statistic, judged

PM25 = Pollutant.PM25


def year(number, value=40.0, lost=()):
    """Every day of a year at one value, but for the lost days, which are there and not valid."""
    first = date(number, 1, 1)
    days = (first + timedelta(step) for step in range((date(number + 1, 1, 1) - first).days))
    return [DayValue(day, value, 5 if day in lost else 24, day not in lost) for day in days]


def month_days(number, month, count):
    return {date(number, month, day) for day in range(1, count + 1)}


def test_a_full_year_is_valid():
    figure = year_mean(year(2019), PM25, 2019)
    assert (figure.value, figure.valid, figure.expected, figure.present, figure.reasons) == (40.0, True, 365, 365, ())


def test_a_poor_month_makes_the_year_invalid_and_is_named():
    figure = year_mean(year(2020, lost=month_days(2020, 2, 5)), PM25, 2020)
    assert (figure.value, figure.valid, figure.present) == (40.0, False, 361)
    assert figure.reasons == ("2020年2月只有24个有效日，应不少于25个",)


def test_every_poor_month_is_named():
    figure = year_mean(year(2019, lost=month_days(2019, 4, 4) | month_days(2019, 10, 8)), PM25, 2019)
    assert figure.reasons == ("2019年4月只有26个有效日，应不少于27个", "2019年10月只有23个有效日，应不少于27个")


@pytest.mark.parametrize(("month", "spare"), [(1, 4), (2, 3), (4, 3)])
def test_a_month_may_lack_down_to_its_minimum(month, spare):
    assert year_mean(year(2019, lost=month_days(2019, month, spare)), PM25, 2019).valid
    assert not year_mean(year(2019, lost=month_days(2019, month, spare + 1)), PM25, 2019).valid


def test_a_year_needs_324_days_even_where_every_month_has_27():
    """27 a month and 25 in February add up to 322: the months alone would let a poor year pass."""
    kept = {month: 25 if month == 2 else 27 for month in range(1, 13)}
    lost = {row.day for row in year(2019) if row.day.day > kept[row.day.month]}
    assert year_mean(year(2019, lost=lost), PM25, 2019).reasons == ("2019年只有322个有效日，应不少于324个",)
    lost -= {date(2019, 1, 28), date(2019, 1, 29)}
    assert year_mean(year(2019, lost=lost), PM25, 2019).valid


def test_a_day_that_is_not_valid_takes_no_part():
    days = year(2019)
    days[0] = DayValue(days[0].day, 4000.0, 3, False)
    assert year_mean(days, PM25, 2019).value == 40.0


def test_ozone_and_co_have_no_valid_year_mean():
    figure = year_mean(year(2019), Pollutant.O3, 2019)
    assert (figure.value, figure.valid, figure.reasons) == (40.0, False, ("O3没有年平均的评价，应看年百分位数",))
    assert not year_mean(year(2019), Pollutant.CO, 2019).valid


def test_a_year_without_days_has_no_value():
    figure = year_mean([], PM25, 2019)
    assert (figure.value, figure.valid, figure.present, len(figure.reasons)) == (None, False, 0, 13)


def test_a_month_a_quarter_and_a_half_year_are_judged_by_their_months():
    days = year(2019, lost=month_days(2019, 5, 5))
    assert month_mean(days, PM25, Month(2019, 4)).valid
    assert month_mean(days, PM25, Month(2019, 5)).reasons == ("2019年5月只有26个有效日，应不少于27个",)
    assert quarter_mean(days, PM25, 2019, 1).valid
    assert not quarter_mean(days, PM25, 2019, 2).valid
    assert not span_mean(days, PM25, date(2019, 1, 1), date(2019, 6, 30)).valid
    with pytest.raises(ValueError, match="1 to 4"):
        quarter_mean(days, PM25, 2019, 5)


def test_a_month_begun_owes_the_same_share_of_its_days():
    days = year(2020, lost=month_days(2020, 9, 2))
    assert span_mean(days, PM25, date(2020, 1, 1), date(2020, 9, 20)).valid
    short = span_mean(days, PM25, date(2020, 1, 1), date(2020, 9, 10))
    assert short.reasons == ("2020年9月1日至10日只有8个有效日，应不少于9个",)


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="no days"):
        span_mean([], PM25, date(2020, 2, 1), date(2020, 1, 31))


def test_twelve_rolling_months_owe_324_days_too():
    kept = {month: 25 if month == 2 else 27 for month in range(1, 13)}
    days = year(2019) + year(2020)
    thin = [row if row.day.day <= kept[row.day.month] else row._replace(valid=False) for row in days]
    figure = span_mean(thin, PM25, date(2019, 7, 1), date(2020, 6, 30))
    assert figure.reasons == ("2019-07至2020-06只有322个有效日，应不少于324个",)


def test_all_years_of_a_run_of_days_come_in_one_pass():
    days = year(2020, 30.0) + year(2019)
    assert {number: figure.value for number, figure in year_means(days, PM25).items()} == {2019: 40.0, 2020: 30.0}
    assert year_means(days, PM25)[2020] == year_mean(days, PM25, 2020)


def test_the_edition_is_that_of_the_days_measured():
    assert year_mean(year(2019), PM25, 2019).method.startswith("GB 3095-2012")
    assert year_mean(year(2027), PM25, 2027).method.startswith("GB 3095-2026")


@given(st.lists(st.floats(0, 500), min_size=365, max_size=365), st.lists(st.booleans(), min_size=365, max_size=365))
def test_months_recombine_to_the_year(values, valid):
    """Weighted by their valid days, month means give the year mean back; so do quarters."""
    days = [DayValue(date(2019, 1, 1) + timedelta(step), *pair) for step, pair in enumerate(zip(values, [24] * 365, valid, strict=True))]
    whole = year_mean(days, PM25, 2019)
    for parts in (
        [month_mean(days, PM25, Month(2019, month)) for month in range(1, 13)],
        [quarter_mean(days, PM25, 2019, quarter) for quarter in range(1, 5)],
    ):
        assert sum(part.present for part in parts) == whole.present
        assert sum(part.expected for part in parts) == whole.expected
        total = sum((part.value or 0) * part.present for part in parts)
        assert whole.value is None or total / whole.present == pytest.approx(whole.value)


@given(st.permutations(range(60)))
def test_the_order_of_days_does_not_matter(order):
    days = [DayValue(date(2019, 1, 1) + timedelta(step), step * 1.1, 24, True) for step in order]
    assert year_mean(days, PM25, 2019) == year_mean(sorted(days), PM25, 2019)


def figure(value, *reasons):
    return judged(value, "µg/m³", reasons, (365, 350), "test")


def test_the_three_year_mean_is_the_mean_of_three_means():
    annual = {2018: figure(54.0), 2019: figure(44.0), 2020: figure(38.0)}
    sliding = three_year_mean(annual, PM25, 2020)
    assert (sliding.value, sliding.valid, sliding.expected, sliding.present) == (pytest.approx(136 / 3), True, 3, 3)


def test_a_three_year_mean_is_no_better_than_its_years():
    annual = {2018: figure(54.0), 2019: figure(44.0, "4月不足"), 2020: figure(38.0)}
    assert three_year_mean(annual, PM25, 2020).reasons == ("2019年年均值无效：4月不足",)
    del annual[2018]
    gone = three_year_mean(annual, PM25, 2020)
    assert (gone.value, gone.present) == (None, 2)
    assert gone.reasons[0] == "2018年没有年均值"


def test_a_percentile_lies_between_its_neighbours():
    """Of ten values at p = 0.9, k is 9.1: a tenth of the way from the ninth value to the tenth."""
    assert percentile([float(value) for value in range(10, 0, -1)], 90) == pytest.approx(9.1)
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0
    assert percentile([7.0], 98) == 7.0


@pytest.mark.parametrize("wrong", [([], 50), ([1.0], 101), ([1.0], -1)])
def test_a_percentile_of_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match="percentile"):
        percentile(*wrong)


numbers = st.lists(st.floats(0, 1e6), min_size=1, max_size=60)


@given(numbers, st.integers(0, 100), st.integers(0, 100))
def test_percentiles_are_bounded_and_rise(values, one, other):
    low, high = sorted((one, other))
    assert min(values) <= percentile(values, low) <= percentile(values, high) + 1e-6 <= max(values) + 2e-6
    assert percentile(values, 0) == min(values)
    assert percentile(values, 100) == max(values)


def test_a_years_percentile_carries_the_years_verdict():
    days = [row._replace(value=float(step)) for step, row in enumerate(year(2019))]
    figure = year_percentile(days, Pollutant.O3, 2019)
    assert (figure.value, figure.valid) == (pytest.approx(fmean([327, 328]) + 0.1), True)  # k = 1 + 364·0.9 = 328.6
    assert figure.method.startswith("HJ 663-2013 第90百分位数")
    poor = year_percentile(year(2020, lost=month_days(2020, 2, 5)), Pollutant.SO2, 2020)
    assert poor.reasons == ("2020年2月只有24个有效日，应不少于25个",)


def test_a_verdict_needs_grounds():
    with pytest.raises(ValueError, match="valid"):
        Statistic(1.0, "", valid=False, reasons=(), expected=1, present=1, method="")
    with pytest.raises(ValueError, match="valid"):
        Statistic(None, "", valid=True, reasons=(), expected=1, present=1, method="")
