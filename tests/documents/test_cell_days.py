"""Days, moments and months are read however spreadsheets store and people write them; what is doubtful is refused with the right form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.documents.cells import BadCell, read_date, read_moment, read_month
from gongjian.kernel.months import Month


def reason(reader, raw) -> str:
    with pytest.raises(BadCell) as caught:
        reader(raw)
    return caught.value.reason


@pytest.mark.parametrize(
    "raw",
    [
        "2020-1-5",
        "2020-01-05",
        "2020/1/5",
        "2020.1.5",
        "2020年1月5日",
        "2020年01月05号",
        "20200105",
        20200105.0,
        43835.0,
        43835.75,
        "43835",
        "２０２０－０１－０５",
        " 2020-1-5 ",
        "2020-01-05 13:20:11",
        "2020-01-05T13:20",
        date(2020, 1, 5),
        datetime(2020, 1, 5, 13),  # noqa: DTZ001 - a sheet has no zones
    ],
)
def test_a_day_is_read_however_it_is_written(raw):
    assert read_date(raw) == date(2020, 1, 5)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("20-1-5", "年份不是四位"),
        ("1/5/2020", "年份不是四位"),
        ("200105", "年份不是四位"),
        ("2020-02-30", "“2020-02-30”不是日历上有的日期"),
        ("20201305", "不是日历上有的日期"),
        ("2020-1", "缺日"),
        ("2020年1月", "缺日"),
        (2020.0, "只有年份"),
        (20.0, "不是 1950 年至 2100 年的日期"),
        ("1949-10-01", "不在 1950 年至 2100 年之间"),
        (date(2101, 1, 1), "不在 1950 年至 2100 年之间"),
        ("2020-1/5", "不是日期"),
        ("2020-01-05 25:00", "时刻不存在"),
        ("待定", "“待定”不是日期，应写成 2020-01-05"),
        (True, "应当是日期"),
        (time(3), "应当是日期"),
        (timedelta(3), "应当是日期"),
    ],
)
def test_what_is_no_day_is_refused(raw, words):
    assert words in reason(read_date, raw)


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_from_each_of_its_forms(day):
    serial = float((day - date(1899, 12, 30)).days)
    forms = (
        serial,
        str(int(serial)),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    )
    assert {read_date(form) for form in forms} == {day}


@pytest.mark.parametrize(
    "raw", ["2020-1-5 13:20", "2020/01/05 13:20:00", "2020年1月5日13时20分", "20200105 13:20:00.0", 43835 + 800 / 1440]
)
def test_a_moment_is_read_to_the_second(raw):
    assert read_moment(raw) == datetime(2020, 1, 5, 13, 20)  # noqa: DTZ001 - a sheet has no zones


@pytest.mark.parametrize(
    "raw", ["2020-09", "2020/9", "2020.9", "2020年9月", "202009", 202009.0, 2020.9, "2020 年 9 月", date(2020, 9, 1), "2020-09-30", 44075.0]
)
def test_a_month_is_read_however_it_is_written(raw):
    assert read_month(raw) == Month(2020, 9)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (2020.1, "分不清"),
        (2020.0, "分不清"),
        ("2020-13", "没有这个月份"),
        (202000.0, "没有这个月份"),
        ("9月", "不是日期"),
        (1900.5, "不是 1950"),
    ],
)
def test_what_is_no_month_is_refused(raw, words):
    assert words in reason(read_month, raw)
