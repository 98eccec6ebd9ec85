"""Drawings: well formed, within their frame, honest about gaps."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.air.charts.bars import bar_chart
from gongjian.air.charts.calendar import calendar_chart
from gongjian.air.charts.lines import Line, Target, line_chart
from gongjian.air.charts.scale import scale_for
from gongjian.standards.air.index import daily_index
from gongjian.standards.air.pollutants import Pollutant

values = st.lists(st.one_of(st.none(), st.floats(0, 2000)), min_size=12, max_size=12)
MONTHS = [f"{month}月" for month in range(1, 13)]


def drawn(svg):
    root = ET.fromstring(str(svg))  # noqa: S314 - our own drawing
    return root, [float(part) for part in root.get("viewBox").split()[2:]]


def places(root):
    """Every x and y that is drawn at."""
    for node in root.iter():
        for x, y in (("x1", "y1"), ("x2", "y2"), ("x", "y"), ("cx", "cy")):
            if node.get(x):
                yield float(node.get(x)), float(node.get(y) or 0)
        for pair in (node.get("points") or "").split():
            yield tuple(float(part) for part in pair.split(","))


@given(values, values)
def test_lines_stay_within_the_frame_whatever_the_values(first, second):
    root, (width, height) = drawn(line_chart("标题", "µg/m³", MONTHS, [Line("2020年", first), Line("2019年", second)], Target("限值", 35)))
    assert all(0 <= x <= width and 0 <= y <= height + 20 for x, y in places(root))


@given(values)
def test_every_value_is_a_point_and_a_missing_one_is_none(found):
    root, _ = drawn(line_chart("标题", "µg/m³", MONTHS, [Line("2020年", found)]))
    assert len(root.findall("circle")) == sum(value is not None for value in found)


def test_a_gap_is_not_drawn_across():
    root, _ = drawn(line_chart("标题", "µg/m³", MONTHS, [Line("2020年", [1, 2, None, 3, 4, 5, None, 6, None, None, None, None])]))
    assert [len(run.get("points").split()) for run in root.findall("polyline")] == [2, 3]


def test_a_doubtful_value_is_drawn_hollow():
    root, _ = drawn(line_chart("标题", "µg/m³", ["1月", "2月"], [Line("2020年", [1, 2], [False, True])]))
    assert [node.get("fill") for node in root.findall("circle")] == ["#1f5fbf", "#ffffff"]


def test_names_of_lines_that_end_together_do_not_touch():
    lines = [Line(name, [5.0, 5.0]) for name in ("2018年", "2019年", "2020年")]
    root, _ = drawn(line_chart("标题", "µg/m³", ["1月", "2月"], lines))
    ys = sorted(float(node.get("y")) for node in root.findall("text") if node.text.endswith("年"))
    assert all(b - a >= 12 for a, b in pairwise(ys))


def test_the_target_is_named():
    root, _ = drawn(line_chart("标题", "µg/m³", ["1月"], [Line("2020年", [5.0])], Target("年均限值", 35)))
    assert "年均限值 35" in [node.text for node in root.findall("text")]


@given(st.lists(st.one_of(st.none(), st.floats(0, 2000)), min_size=7, max_size=7))
def test_a_missing_bar_is_a_dash(found):
    root, (_, height) = drawn(bar_chart("标题", "天", list("一二三四五六日"), found))
    assert len(root.findall("rect")) == sum(value is not None for value in found)
    assert sum(node.text == "—" for node in root.findall("text")) == sum(value is None for value in found)
    assert all(0 <= float(node.get("y")) <= height for node in root.findall("rect"))


@given(st.floats(0, 1e6))
def test_an_axis_begins_at_zero_and_ends_at_a_round_number_above_every_value(value):
    scale = scale_for([value, None], 100, 0)
    assert scale.top >= value
    assert scale.ticks()[0] == 0
    assert scale.place(0) == 100
    assert 2 <= len(scale.ticks()) <= 6


def test_the_sheet_of_days_writes_every_index_and_marks_what_is_missing():
    clean = dict.fromkeys(Pollutant, 1.0)
    indices = {
        date(2020, 1, 1): daily_index(clean, date(2020, 1, 1)),
        date(2020, 1, 2): daily_index(clean | {Pollutant.PM25: 200.0}, date(2020, 1, 2)),
        date(2020, 1, 3): daily_index(clean | {Pollutant.PM10: None}, date(2020, 1, 3)),
    }
    root, _ = drawn(calendar_chart("标题", 2020, date(2020, 1, 4), indices))
    written = [node.text for node in root.findall("text")][31:]
    assert written == ["1月", "25", "250", "25", "—"]
    assert len(root.findall("path")) == 1  # the day without PM10
    assert len(root.findall("rect")) == 4


def test_a_title_cannot_break_out_of_a_drawing():
    root, _ = drawn(bar_chart('<script>"&', "天", ["<b>"], [1.0]))
    assert root.get("aria-label") == '<script>"&'
    assert root.find("script") is None


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_to_draw_is_drawn_without_failing(values):
    drawn(line_chart("标题", "µg/m³", ["1月", "2月"], [Line("2020年", values or [None, None])]))
