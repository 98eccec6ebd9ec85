"""Reading feeds: what is taken, what is refused and why, and that no bytes whatever break a reader."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_feeds import ALL, EXTRA, HEADING, NAMES, PAGE, RENAMED, YEARLY, hours

from gongjian.air.feeds.opening import read_feed
from gongjian.air.feeds.rows import HourValue, NotAFeed
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.moments import CLOCK

P = Pollutant


def read(text, name="yizhuang_2018.csv"):
    return read_feed(text.encode(), name, NAMES)


def line(text):
    """Refusals of one line of the yearly layout."""
    return [(refused.line, refused.reason) for refused in read(f"{HEADING}\n{text}\n").refused]


def test_the_yearly_layout_gives_each_hours_pollutants_and_leaves_out_the_index():
    feed = read(YEARLY)
    midnight, one = (datetime(2018, 1, 1, hour, tzinfo=CLOCK) for hour in (0, 1))
    first = zip((P.PM25, P.PM10, P.SO2, P.NO2, P.O3, P.CO), (77, 137, 7, 87, 3, 1.4), strict=True)
    second = zip((P.PM25, P.SO2, P.NO2, P.O3, P.CO), (78, 10, 88, 7, 1.4), strict=True)
    assert feed.values == [
        *(HourValue("yizhuang", p, midnight, value) for p, value in first),
        *(HourValue("yizhuang", p, one, value) for p, value in second),
    ]
    assert (feed.lines, feed.refused) == (3, [])


def test_both_daily_layouts_give_the_known_station_and_leave_out_what_is_derived():
    labels = [datetime(2018, 1, 1, hour, tzinfo=CLOCK) for hour in (0, 0, 1)]
    assert read(ALL, "beijing_all_20180101.csv").values == [
        HourValue("亦庄", p, at, value) for p, at, value in zip((P.PM25, P.PM10, P.PM25), labels, (77, 137, 78), strict=True)
    ]
    assert [(row.pollutant, row.value) for row in read(EXTRA).values] == [(P.SO2, 7), (P.CO, 1.4)]


def test_a_renamed_station_is_known_by_its_new_name():
    assert read(RENAMED).values == [HourValue("亦庄开发区", P.PM25, datetime(2021, 1, 23, 23, tzinfo=CLOCK), 77)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_a_file_does_not_matter(encoding):
    assert read_feed(ALL.encode(encoding), "beijing_all_20180101.csv", NAMES) == read(ALL)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        (PAGE, "beijing_all_20170519.csv", "是一个网页，不是数据"),
        ("", "empty.csv", "不是认识的空气监测数据"),
        ("车牌,日期\n京A,2020\n", "cars.csv", "不是认识的空气监测数据"),
        (YEARLY, "nowhere_2018.csv", "“nowhere”没有登记"),
        ("time,AQI\n2018-01-01T00:00,3\n", "yizhuang_2018.csv", "没有污染物栏"),
        ("time,O3,O3\n2018-01-01T00:00,3,4\n", "yizhuang_2018.csv", "同一污染物出现两次"),
        ("date,hour,type,别处\n20180101,0,PM2.5,3\n", "x.csv", "没有已登记的监测站点"),
        ("date,hour,type,亦庄,亦庄\n20180101,0,PM2.5,3,4\n", "x.csv", "同一站点出现两次"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence_with_its_name(text, name, words):
    with pytest.raises(NotAFeed) as refusal:
        read(text, name)
    sentence = str(refusal.value)
    assert words in sentence
    assert name in sentence
    assert sentence.count("。") == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2018-01-01T00:30+08:00,1,1,1,1,1,1,1", "时间“2018-01-01T00:30+08:00”不是整点"),
        ("yesterday,1,1,1,1,1,1,1", "时间“yesterday”不是整点"),
        ("1018-01-01T00:00+08:00,1,1,1,1,1,1,1", "时间“1018-01-01T00:00+08:00”不在2000至2099年之间"),
        ("2018-01-01T00:00+08:00,1,1", "应有8栏，实有3栏"),
        ("2018-01-01T00:00+08:00,-1,1,1,1,1,1,1", "“PM2.5”栏的“-1”不是0到10000之间的数值"),
        ("2018-01-01T00:00+08:00,1,nan,1,1,1,1,1", "“PM10”栏的“nan”不是0到10000之间的数值"),
        ("2018-01-01T00:00+08:00,1,1,1,1,1,1e9,1", "“CO”栏的“1e9”不是0到10000之间的数值"),
        ("2018-01-01T00:00+08:00,1,1,—,1,1,1,1", "“SO2”栏的“—”不是0到10000之间的数值"),
    ],
)
def test_a_bad_line_is_refused_whole_with_its_number_and_reason(text, reason):
    assert line(text) == [(2, reason)]


def test_two_values_for_one_hour_of_a_file_leave_the_first_and_refuse_the_second():
    hour = "2018-01-01T00:00+08:00"
    feed = read(f"{HEADING}\n{hour},1,,,,,,\n{hour},1,,,,,,\n{hour},2,,,,,,\n")
    assert [row.value for row in feed.values] == [1]
    assert [(refused.line, refused.reason) for refused in feed.refused] == [(4, "与第2行是同一小时，数值却不同")]


def test_a_daily_file_refuses_what_it_does_not_know():
    feed = read("date,hour,type,亦庄\n20180101,24,PM2.5,3\n20180132,0,PM2.5,3\n20180101,0,NH3,3\n20180101,0,PM2.5,x\n")
    assert feed.values == []
    assert [refused.reason for refused in feed.refused] == [
        "“20180101”日“24”时不是一个小时",
        "“20180132”日“0”时不是一个小时",
        "不认识的项目“NH3”",
        "“亦庄”栏的“x”不是0到10000之间的数值",
    ]


@given(st.binary())
def test_any_bytes_give_rows_or_a_refusal(data):
    try:
        feed = read_feed(data, "yizhuang_2018.csv", NAMES)
    except NotAFeed:
        return
    assert len(feed.refused) <= feed.lines


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
headings = st.sampled_from([HEADING, "date,hour,type,亦庄", "time,PM2.5", "date,hour,type,东四,亦庄开发区"])


@given(headings, st.lists(st.lists(cells, max_size=9).map(",".join), max_size=6))
def test_any_lines_under_a_known_heading_give_rows_and_numbered_refusals(heading, lines):
    try:
        feed = read("\n".join([heading, *lines]))
    except NotAFeed:
        return
    assert all(refused.line >= 2 and refused.reason for refused in feed.refused)
    assert all(value.at.tzinfo and 0 <= value.value <= 10_000 for value in feed.values)


@given(st.dictionaries(hours, st.integers(0, 9999), max_size=20))
def test_what_a_year_file_says_is_what_is_read(values):
    text = "time,PM2.5\n" + "".join(f"{at.isoformat()},{value}\n" for at, value in values.items())
    feed = read(text)
    assert {row.at: row.value for row in feed.values} == values
    assert feed.refused == []
