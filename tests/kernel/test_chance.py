# ruff: noqa: S311 - repeatable draws, no secrets
"""Ratios, their intervals, and how a mean may end the year."""

from random import Random
from statistics import fmean, pstdev

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongjian.kernel.chance import PastYear, forecast_mean, wilson

MADE = Random(7)
NOISY = [max(1.0, 40 + MADE.gauss(0, 12)) for _ in range(365)]


def past(values, cut):
    return PastYear(values[:cut], values[cut:])


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(successes, trials, low, high):
    """The worked examples of R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("wrong", [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0), (1, 2, 0.0)])
def test_an_impossible_share_is_refused(wrong):
    with pytest.raises(ValueError, match="interval"):
        wilson(*wrong)


@given(st.integers(1, 2000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_an_interval_holds_its_share_mirrors_and_widens_with_confidence(case):
    successes, trials = case
    narrow, wide = wilson(successes, trials, 0.8), wilson(successes, trials, 0.99)
    mirror = wilson(trials - successes, trials, 0.8)
    assert 0 <= wide.low <= narrow.low <= successes / trials <= narrow.high <= wide.high <= 1
    assert mirror == pytest.approx((1 - narrow.high, 1 - narrow.low), abs=1e-9)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another():
    one, same, other = (forecast_mean(NOISY[:90], [past(NOISY, 90)], Random(seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_year_at_an_end_is_certain():
    forecast = forecast_mean([40.0, None, 50.0], [PastYear([1.0, 2.0], [])], Random(1))
    assert [forecast.at_most(target) for target in (44.9, 45.0)] == [0.0, 1.0]


def test_without_a_past_there_is_no_forecast():
    with pytest.raises(ValueError, match="past"):
        forecast_mean([40.0], [], Random(1))
    with pytest.raises(ValueError, match="past"):
        forecast_mean([40.0], [PastYear([1.0], [None, None])], Random(1))


def test_a_value_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        forecast_mean([float("nan")], [past(NOISY, 90)], Random(1))


def test_years_that_never_vary_leave_no_doubt():
    forecast = forecast_mean([40.0] * 100, [past([40.0] * 365, 100)], Random(1), spread=0.0)
    assert (forecast.draws[0], forecast.draws[-1]) == pytest.approx((40.0, 40.0))


def test_a_year_that_starts_above_its_past_is_expected_to_end_above_it():
    """Half a year at twice the level pulls the other half up by 2 to the power of the share gone."""
    forecast = forecast_mean([80.0] * 182, [past([40.0] * 365, 182)], Random(1), spread=0.0)
    assert forecast.quantile(0.5) == pytest.approx((182 * 80 + 183 * 40 * 2 ** (182 / 365)) / 365)


def test_the_season_of_the_rest_is_kept():
    """A clean autumn stays clean: blocks come from near their own place, not from all over the year."""
    seasons = [90.0] * 180 + [10.0] * 185
    rest = forecast_mean(seasons[:200], [past(seasons, 200)], Random(1), spread=0.0)
    assert rest.quantile(0.5) == pytest.approx(fmean(seasons))


def test_missing_days_weigh_nothing():
    gaps = [None if step % 3 else 40.0 for step in range(365)]
    forecast = forecast_mean(gaps[:100], [past(gaps, 100)], Random(1), spread=0.0)
    assert forecast.quantile(0.5) == pytest.approx(40.0)


def test_doubt_shrinks_as_the_year_goes_by_and_as_the_past_grows():
    widths = [pstdev(forecast_mean(NOISY[:cut], [past(NOISY, cut)], Random(1)).draws) for cut in (10, 120, 240, 350)]
    assert widths == sorted(widths, reverse=True)
    by_years = [pstdev(forecast_mean(NOISY[:30], [past(NOISY, 30)] * years, Random(1)).draws) for years in (1, 3, 9)]
    assert by_years == sorted(by_years, reverse=True)


@given(st.lists(st.none() | st.floats(1, 300), min_size=2, max_size=60), st.integers(0, 59), st.integers(0, 2**32))
def test_a_forecast_is_a_distribution(values, cut, seed):
    """Chances lie in 0 to 1, rise with the target, and agree with the quantiles; no past, however holed, breaks it."""
    year = past(values, min(cut, len(values) - 1))
    assume(any(value is not None for value in year.rest))
    forecast = forecast_mean(year.so_far, [year, year], Random(seed), draws=50)
    chances = [forecast.at_most(target) for target in (0, 20, 60, 150, 1e9)]
    assert chances == sorted(chances)
    assert chances[-1] == 1.0
    assert forecast.quantile(0.1) <= forecast.quantile(0.5) <= forecast.quantile(0.9)
    assert forecast.at_most(forecast.quantile(0.5)) >= 0.5
