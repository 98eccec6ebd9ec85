"""A cell is read as what its column asks for, or refused with a reason that a clerk can act on."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.documents.cells import (
    BadCell,
    Choices,
    ErrorCell,
    is_blank,
    read_boolean,
    read_date,
    read_decimal,
    read_degrees,
    read_integer,
    read_moment,
    read_month,
    read_percentage,
    read_text,
)

FUELS = Choices(
    "燃料种类", {"diesel": "柴油", "petrol": "汽油", "cng": "压缩天然气", "electric": "纯电动"}, {"0号柴油": "diesel", "电": "electric"}
)
LOST = ErrorCell("#REF!", "#REF!：公式引用的单元格已不存在")
READERS = [
    read_boolean,
    read_date,
    read_integer,
    read_moment,
    read_month,
    read_percentage,
    FUELS.read,
    lambda raw: read_decimal(raw, places=2),
    lambda raw: read_degrees(raw, least=0, most=180),
]
ANY = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text("0123456789.-/年月日:% ,，１２", max_size=14),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.integers(),
    st.just(LOST),
)


def reason(reader, raw, **given) -> str:
    with pytest.raises(BadCell) as caught:
        reader(raw, **given)
    assert caught.value.reason
    assert not caught.value.reason.endswith("。")
    return caught.value.reason


@pytest.mark.parametrize("reader", READERS)
@given(ANY)
def test_whatever_stands_in_a_cell_is_read_or_refused(reader, raw):
    try:
        reader(raw)
    except BadCell as bad:
        assert bad.reason  # noqa: PT017 - either outcome is right


@given(ANY)
def test_text_read_is_clean_and_reads_the_same_again(raw):
    try:
        text = read_text(raw, dates=True)
    except BadCell:
        return
    assert read_text(text) == text == text.strip()
    assert "\n" not in text
    assert "  " not in text


@pytest.mark.parametrize("reader", [*READERS, read_text])
def test_an_error_is_refused_with_its_own_reason(reader):
    assert reason(reader, LOST) == LOST.reason


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("blank", [None, "", " ", "　\n", "\u200b"])
def test_a_blank_is_not_filled_in(reader, blank):
    assert is_blank(blank)
    assert reason(reader, blank) == "没有填写"
    assert read_text(blank) == ""


def test_dashes_are_blank_only_where_that_is_asked():
    assert [is_blank(dash, dashes=True) for dash in ("/", "—", "--", " ／ ", "无", 0)] == [True] * 4 + [False] * 2
    assert not is_blank("/")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("冀A12345", "冀A12345"),
        (" 冀Ａ１２３４５ 　", "冀A12345"),
        ("甲　乙\n丙\u00a0丁", "甲 乙 丙 丁"),
        ("某公司（石家庄），一部；", "某公司（石家庄），一部；"),
        ("\u200b冀A\ufeff1", "冀A1"),
        (130102.0, "130102"),
        (13812345678.0, "13812345678"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (True, "是"),
    ],
)
def test_text_is_trimmed_narrowed_and_keeps_its_punctuation(raw, text):
    assert read_text(raw) == text


def test_text_that_lost_something_is_refused():
    assert "末几位已经丢失" in reason(read_text, 130102199001011234.0)
    assert "存成了日期“2026-03-05”" in reason(read_text, date(2026, 3, 5))
    assert read_text(date(2026, 3, 5), dates=True) == "2026-03-05"
    assert "第 2 个字是看不见的控制字符" in reason(read_text, "甲\x07乙")
    assert reason(read_text, "字" * 11, longest=10) == "有 11 个字，最多 10 个字"


@pytest.mark.parametrize(
    ("raw", "number"), [(12.0, 12), ("１２", 12), ("1,234,567", 1234567), ("1，234 辆", 1234), (" -3 ", -3), ("12.0", 12), ("8辆", 8)]
)
def test_whole_numbers_are_read(raw, number):
    assert read_integer(raw, units=["辆"]) == number


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (12.5, "“12.5”不是整数"),
        ("12.5", "“12.5”不是整数"),
        ("十二", "“十二”不是整数"),
        ("1,23", "不是整数"),
        ("1e3", "不是整数"),
        (1e15, "超过 15 位"),
        (True, "逻辑值"),
        (date(2020, 1, 5), "单元格里却是日期“2020-01-05”"),
        (time(1), "时间"),
        ("8 吨", "不是整数"),
        ("9" * 100_000, "不是整数"),
        (101, "“101”不在 0～100 之间"),
    ],
)
def test_what_is_no_whole_number_is_refused(raw, words):
    assert words in reason(read_integer, raw, least=0, most=100, units=["辆"])


def test_decimals_are_rounded_half_to_even_at_the_digits_a_sheet_keeps():
    kept = [
        read_decimal(raw, places=2, units=["kW", "千瓦"])
        for raw in ("12.5 kW", "12.5ＫＷ", 12.5, 0.125, 0.135, 2.675, 0.1 + 0.2, 7, "1,000.5千瓦", ".5")
    ]
    assert kept == [Decimal(one) for one in ("12.50", "12.50", "12.50", "0.12", "0.14", "2.68", "0.30", "7.00", "1000.50", "0.50")]


def test_bounds_are_said():
    assert reason(read_decimal, "-1", places=1, least=0) == "“-1”小于 0"
    assert reason(read_decimal, "3", places=1, most=2) == "“3”大于 2"
    assert "过大" in reason(read_decimal, 1e300, places=1)
    assert "“1２.5吨”不是数字" in reason(read_decimal, "1２.5吨", places=1, units=["kW"])


@pytest.mark.parametrize(
    ("raw", "bare", "percent"),
    [
        ("95%", "auto", 95),
        ("95％", "fraction", 95),
        ("0.5%", "auto", "0.5"),
        (0.95, "auto", 95),
        (1.0, "auto", 100),
        (95.0, "auto", 95),
        ("95", "auto", 95),
        (0.0, "auto", 0),
        (0.95, "percent", "0.95"),
        ("0.95", "fraction", 95),
        (1.0, "percent", 1),
    ],
)
def test_shares_are_in_percent_by_the_policy_of_their_column(raw, bare, percent):
    assert read_percentage(raw, bare=bare) == Decimal(percent)


def test_shares_beyond_the_whole_are_refused():
    assert "不在 0～100 之间" in reason(read_percentage, "120%")
    assert read_percentage("-3%", least=-100) == -3
    assert "不是百分数" in reason(read_percentage, "百分之九")


def test_degrees_are_read_in_both_notations():
    found = [
        read_degrees(raw, least=113, most=116)
        for raw in (114.5, "114.5°", "114°30′", "E114°30′00″", "东经 114 度 30 分 0 秒", "114°30'0\"")
    ]
    assert set(found) == {Decimal("114.5")}
    assert "不小于 60" in reason(read_degrees, "114°61′", least=113, most=116)
    assert "不在 113～116 之间" in reason(read_degrees, 38.04, least=113, most=116)


@pytest.mark.parametrize("raw", ["是", "有", "√", "1", 1.0, "Y", "ｙｅｓ", True, " 是 "])
def test_yes_is_yes(raw):
    assert read_boolean(raw) is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "0", 0.0, "N", "no", False, "没有"])
def test_no_is_no(raw):
    assert read_boolean(raw) is False


@pytest.mark.parametrize("raw", ["是否", "2", 2.0, "不详"])
def test_what_is_neither_is_refused(raw):
    assert (
        "应填“是”或“否”" in reason(read_boolean, raw)
        or "逻辑" in reason(read_boolean, raw)
        or "单元格里却是数字“2”" in reason(read_boolean, raw)
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("柴油", "diesel"),
        ("diesel", "diesel"),
        ("ＤＩＥＳＥＬ", "diesel"),
        (" 柴 油 ", "diesel"),
        ("0号柴油", "diesel"),
        ("电", "electric"),
    ],
)
def test_a_choice_is_known_by_label_code_or_alias(raw, code):
    assert FUELS.read(raw) == code


def test_a_near_miss_is_told_the_label_it_may_mean():
    assert reason(FUELS.read, "柴由") == "“柴由”不是燃料种类，是不是“柴油”"
    assert reason(FUELS.read, "0号紫油") == "“0号紫油”不是燃料种类，是不是“柴油”"
    assert reason(FUELS.read, "煤") == "“煤”不是燃料种类，可填：柴油、汽油、压缩天然气、纯电动"


def test_a_word_for_two_codes_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="two codes"):
        Choices("x", {"a": "甲", "b": "乙"}, {"甲": "b"})
    with pytest.raises(ValueError, match="for none"):
        Choices("x", {"a": "甲"}, {"丙": "c"})
