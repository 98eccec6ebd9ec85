"""Periods as they are written and said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.indicators.periods import PeriodKind, parse_period, period_of
from gongjian.kernel.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2020", "2020-01-01", "2020-12-31", "2020年"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020年2月"),
        ("2020Q3", "2020-07-01", "2020-09-30", "2020年第三季度"),
        ("2020-10-31", "2020-10-31", "2020-10-31", "2020年10月31日"),
        ("ytd:2020-10-31", "2020-01-01", "2020-10-31", "2020年1月1日至10月31日"),
        ("r12:2020-10", "2019-11-01", "2020-10-31", "截至2020年10月的十二个月"),
        ("3y:2020", "2018-01-01", "2020-12-31", "2018至2020年三年"),
    ],
)
def test_a_period_is_read_as_it_is_written(text, first, last, words):
    period = parse_period(text)
    assert (period.first.isoformat(), period.last.isoformat(), period.words(), period.code) == (first, last, words, text)


@given(st.sampled_from(list(PeriodKind)), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_period_is_read_back_from_its_code_and_contains_its_day(kind, on):
    period = period_of(kind, on)
    assert parse_period(period.code) == period
    assert on in period
    earlier = period.year_before()
    assert earlier.kind is kind
    assert earlier.last < period.last
    assert parse_period(earlier.code) == earlier


@pytest.mark.parametrize("text", ["", "2020-13", "2020Q5", "20-10", "ytd:2020", "2020-02-30", "二〇二〇", "0000", "r12:2020-00"])
def test_anything_else_is_refused_in_one_sentence(text):
    with pytest.raises(Refusal, match="不是一个统计期"):
        parse_period(text)


def test_the_year_before_keeps_whole_months_whole_and_february_sane():
    assert parse_period("2020-02").year_before().code == "2019-02"
    assert parse_period("2021-02").year_before().last == date(2020, 2, 29)
    assert parse_period("ytd:2020-02-29").year_before().code == "ytd:2019-02-28"
    assert parse_period("3y:2020").year_before().code == "3y:2019"
