"""Figures and dates are written one way, and what is missing is never a nought."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.ui.figures import cn_date, days_left, days_left_words, iso, minute, percent, thousands

ON = date(2020, 10, 31)


def test_dates_are_spelt_in_prose_and_dashed_in_tables():
    assert cn_date(date(2020, 3, 9)) == "2020年3月9日"
    assert iso(date(2020, 3, 9)) == "2020-03-09"


def test_a_moment_counts_as_the_day_it_is_here():
    late = datetime(2020, 10, 30, 16, 5, tzinfo=UTC)
    assert (iso(late), cn_date(late), minute(late)) == ("2020-10-31", "2020年10月31日", "2020-10-31 00:05")


@pytest.mark.parametrize("write", [cn_date, iso, minute, thousands, percent])
def test_what_is_missing_is_a_dash(write):
    assert write(None) == "—"


@pytest.mark.parametrize("write", [thousands, percent])
def test_what_is_not_a_number_is_a_dash(write):
    assert write(float("nan")) == write(float("inf")) == "—"


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (1234567, "1,234,567"), (37.23, "37.2"), (12.0, "12"), (-1234.56, "-1,234.6")])
def test_thousands_are_separated_and_broken_numbers_have_one_decimal(value, written):
    assert thousands(value) == written


def test_a_standard_may_ask_for_its_own_decimals():
    assert thousands(0.6, 2) == "0.60"


def test_a_ratio_becomes_a_percentage():
    assert percent(5 / 6) == "83.3%"


@pytest.mark.parametrize(("due", "words"), [(61, "还有 61 天"), (1, "还有 1 天"), (0, "今天到期"), (-3, "已过 3 天")])
def test_days_left_are_said_in_words(due, words):
    assert days_left_words(ON + timedelta(days=due), ON) == words


def test_without_a_day_nothing_is_said():
    assert days_left_words(None, ON) == days_left(None, ON) == ""


@given(st.integers(-4000, 4000))
def test_the_shade_follows_the_days(days):
    drawn = days_left(ON + timedelta(days=days), ON)
    assert ("left-past" in drawn) == (days < 0)
    assert ("left-soon" in drawn) == (0 <= days <= 30)
    assert days_left_words(ON + timedelta(days=days), ON) in drawn
