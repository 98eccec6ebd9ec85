# ruff: noqa: S311 - repeatable draws, no secrets
"""Scores of stated chances, and a back-test that looks only where it may."""

from random import Random

import pytest

from gongjian.kernel.calibration import Trial, any_other, back_test, brier, earlier, reliability


def trial(chance, kept):
    return Trial(2020, 100, 40.0, chance, kept)


def test_brier_is_zero_for_a_prophet_and_a_quarter_for_a_coin():
    assert brier([trial(1.0, True), trial(0.0, False)]) == 0
    assert brier([trial(0.5, True), trial(0.5, False)]) == 0.25
    assert brier([trial(0.8, True), trial(0.8, False)]) == pytest.approx((0.04 + 0.64) / 2)


def test_nothing_to_score_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        brier([])


def test_the_reliability_table_sets_what_was_said_beside_what_happened():
    rows = reliability([trial(0.05, False), trial(0.15, True), trial(0.9, True), trial(1.0, True)])
    assert [(row.low, row.high, row.trials, row.happened) for row in rows] == [(0.0, 0.2, 2, 0.5), (0.8, 1.0, 2, 1.0)]
    assert [row.said for row in rows] == pytest.approx([0.1, 0.95])


YEARS = {2018: [60.0] * 365, 2019: [50.0] * 365, 2020: [40.0] * 366}


def test_a_forecast_of_the_past_sees_earlier_years_only():
    """The first year has no past, so it is not forecast; changing a later year changes no earlier forecast."""
    trials = back_test(YEARS, [45.0], [100], Random(1), earlier)
    assert [(one.year, one.kept) for one in trials] == [(2019, False), (2020, True)]
    other = back_test(YEARS | {2020: [400.0] * 366}, [45.0], [100], Random(1), earlier)
    assert other[0] == trials[0]


def test_leaving_one_year_out_uses_every_other():
    assert {one.year for one in back_test(YEARS, [45.0], [100], Random(1), any_other)} == {2018, 2019, 2020}


def test_a_forecast_sees_nothing_after_its_cut():
    changed = YEARS | {2020: [40.0] * 100 + [300.0] * 266}
    now, then = (back_test(years, [45.0], [100], Random(1))[-1] for years in (changed, YEARS))
    assert now.chance == then.chance
    assert (now.kept, then.kept) == (False, True)


def test_chances_keep_their_word_on_years_made_by_one_law():
    """Twelve years of one climate with weather that persists: what was said to happen, happens as often."""
    rng = Random(3)

    def made():
        level, drift, days = rng.gauss(0, 2), 0.0, []
        for _ in range(365):
            drift = 0.7 * drift + rng.gauss(0, 8)
            days.append(max(1.0, 40 + level + drift))
        return days

    years = {number: made() for number in range(12)}
    trials = back_test(years, [38.0, 39.0, 40.0, 41.0, 42.0], [120, 240], Random(4), any_other)
    assert brier(trials) < 0.15
    for row in reliability(trials, 2):
        assert row.said == pytest.approx(row.happened, abs=0.12)
