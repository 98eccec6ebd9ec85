"""Deadlines are read as plans print them and survive the trip through their codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.deadlines import Deadline, DeadlineKind, deadline_from_code, parse_deadline

dates = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: Deadline(DeadlineKind.DATE, day.month, day.day))
undated = st.sampled_from([kind for kind in DeadlineKind if kind is not DeadlineKind.DATE]).map(Deadline)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("年底前", "year-end"),
        ("2020年底前", "year-end"),
        ("全年", "year-end"),
        ("长期实施", "ongoing"),
        ("持续推进", "ongoing"),
        ("按时间节点完成", "milestones"),
        ("11月 15日前", "11-15"),
        ("６月底前", "06-30"),
        ("2月底前", "02-29"),
        ("2021年9月末完成", "09-30"),
    ],
)
def test_the_forms_plans_print_are_understood(printed, code):
    assert parse_deadline(printed).code() == code


@pytest.mark.parametrize("printed", ["", "城市运行局", "13月底前", "2月30日前", "11月0日", "0月底前", "尽快"])
def test_what_is_no_deadline_is_none(printed):
    assert parse_deadline(printed) is None


@given(st.one_of(dates, undated))
def test_a_code_gives_back_the_deadline_it_was_made_from(deadline):
    assert deadline_from_code(deadline.code()) == deadline


@given(dates, st.sampled_from(["{m}月{d}日前", "{m} 月 {d} 日", "2020年{m}月{d}号前完成"]))
def test_every_day_of_the_year_is_read_back_from_print(deadline, form):
    read = parse_deadline(form.format(m=deadline.month, d=deadline.day))
    assert (read.month, read.day) == (deadline.month, deadline.day)


@given(st.text(max_size=12))
def test_no_text_breaks_the_parser_and_what_it_reads_keeps_its_words(text):
    read = parse_deadline(text)
    assert read is None or read.text == " ".join(text.split())


@pytest.mark.parametrize("code", ["", "date", "13月", "11/15", "02-30", "13-01"])
def test_a_code_that_is_none_is_refused(code):
    with pytest.raises(ValueError, match=r"."):
        deadline_from_code(code)


def test_a_day_needs_the_dated_kind_and_the_dated_kind_a_day():
    with pytest.raises(ValueError, match="does not fit"):
        Deadline(DeadlineKind.ONGOING, 3, 1)
    with pytest.raises(ValueError, match="does not fit"):
        Deadline(DeadlineKind.DATE)


def test_the_end_of_february_is_the_28th_in_a_common_year():
    assert parse_deadline("2月底前").due_on(2021) == date(2021, 2, 28)
    assert parse_deadline("2月底前").due_on(2020) == date(2020, 2, 29)


def test_year_end_is_the_last_day_and_open_kinds_have_none():
    assert Deadline(DeadlineKind.YEAR_END).due_on(2020) == date(2020, 12, 31)
    assert Deadline(DeadlineKind.ONGOING).due_on(2020) is None
