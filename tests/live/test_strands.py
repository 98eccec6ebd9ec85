"""Strands: joined, thinned without losing a peak, their unusable stretches told, listed and written out as they are."""

import csv
import io
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.refusal import Refusal
from gongjian.live.drawing.panel import POINTS, Panel
from gongjian.live.exporting import MOST_IN_BOOK, Listing, as_csv, as_xlsx
from gongjian.live.marking import Line, Mark
from gongjian.live.strands import Strand, counted, empty, gapped, joined, payload, stretches, thin, within
from gongjian.telemetry.live.port import NO_FLAG
from gongjian.telemetry.moments import from_seconds

BEGIN = 1_604_102_400  # 2020-10-31 08:00 on the monitoring clock


def strand(values, flags=None, *, step=60, moments=None, name="氮氧化物"):
    at = np.array([BEGIN + step * place for place in range(len(values))] if moments is None else moments, np.int64)
    letters = flags or "N" * len(values)
    return Strand("a21002", name, "mg/m³", step, at, np.array(values, float), np.array([ord(one) for one in letters], np.uint8))


def test_what_counts_is_a_number_with_nothing_said_against_it():
    one = strand([1, 2, np.nan, 4, 5, 6], "NDN3" + chr(NO_FLAG) + "C")
    assert one.usable.tolist() == [True, False, False, True, True, False]
    assert np.isnan(counted(one).values).tolist() == [False, True, True, False, False, True]


def test_the_upper_of_two_stands_where_both_have_a_label():
    below = strand([1, 2, 3])
    above = strand([9, 8], moments=[BEGIN + 60, BEGIN + 600])
    both = joined(below, above)
    assert both.values.tolist() == [1, 9, 3, 8]
    assert joined(below, empty("a", "b", "c", 60)) is below
    assert joined(empty("a", "b", "c", 60), above) is above


def test_labels_after_the_first_moment_up_to_the_last_belong():
    assert within(strand([1, 2, 3, 4]), BEGIN, BEGIN + 120).values.tolist() == [2, 3]


def test_a_hole_breaks_the_line_even_when_thinned():
    one = gapped(strand([1, 2, 3], moments=[BEGIN, BEGIN + 60, BEGIN + 600]))
    assert np.isnan(one.values).tolist() == [False, False, True, False]
    assert len(gapped(strand([1, 2, 3]))) == 3


@given(st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=1, max_size=3000), st.integers(50, 400))
def test_thinning_keeps_the_highest_and_the_lowest(values, most):
    one = strand(values)
    found = thin(one, most)
    assert len(found) <= max(most + most // 2, len(values) if len(values) <= most else 0) + 3
    known = one.values[~np.isnan(one.values)]
    if len(known):
        kept = found.values[~np.isnan(found.values)]
        assert (kept.min(), kept.max()) == (known.min(), known.max())
    assert (np.diff(found.moments) > 0).all()


def test_stretches_that_do_not_count_are_told_with_the_words_of_their_flag():
    one = strand([1, 2, 3, 4, 5, np.nan, 7], "NCCDNNM")
    told = [((each.first - BEGIN) // 60, (each.last - BEGIN) // 60, each.words) for each in stretches(one)]
    assert told == [(0, 2, "校准"), (2, 3, "故障"), (4, 5, "无数值"), (5, 6, "维护")]


def test_what_the_browser_gets_adds_up_to_the_labels_and_rounds_no_peak_away():
    (line,) = payload([strand([0.123456, 1234.56, np.nan])])["lines"]
    assert np.cumsum(line["at"]).tolist() == [BEGIN, BEGIN + 60, BEGIN + 120]
    assert line["values"] == [0.1235, 1235.0, None]


def test_a_panel_draws_limits_bands_and_marks():
    one = strand([10, 20, 40, 20] * 50, "N" * 100 + "C" * 100)
    lines = [Line(BEGIN, BEGIN + 6000, 30.0, "限值 30（许可证）"), Line(BEGIN + 6000, BEGIN + 12_000, 30.0, "限值 30（许可证）")]
    marks = [
        Mark(BEGIN, BEGIN + 600, "氮氧化物小时均值超标", "alarms:alarm", 1, grave=True),
        Mark(BEGIN, BEGIN + 60, "恒值", "alarms:finding", 1, grave=False),
    ]
    drawn = Panel(0, "话", "mg/m³", BEGIN, BEGIN + 12_000, [one], lines, marks, stretches(one)).shown()["svg"]
    assert drawn.count("curve-limit-name") == 2
    assert drawn.count("限值 30（许可证）") == 1, "a limit is named once"
    assert drawn.count("panel-mark-grave") == 1
    assert "校准" in drawn
    assert "panel-mark-mild" in drawn


def test_a_panel_of_nothing_is_still_an_axis():
    drawn = Panel(0, "没有", "", BEGIN, BEGIN + 60, [empty("a", "b", "", 60)]).shown()["svg"]
    assert "curve-grid" in drawn


@pytest.mark.parametrize(("minutes", "labels"), [(10, 3), (75, 8), (240, 9), (1440, 8)])
def test_short_spans_have_labels_too(minutes, labels):
    drawn = Panel(0, "话", "", BEGIN, BEGIN + minutes * 60, [strand([1, 2])]).shown()["svg"]
    assert drawn.count('class="curve-label"') == labels


def test_what_a_panel_says_is_escaped():
    drawn = Panel(0, "<b>", "<i>", BEGIN, BEGIN + 60, [strand([1, 2])], [Line(BEGIN, BEGIN + 60, 1.0, "<u>")]).shown()["svg"]
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "<u>" not in drawn


def test_a_year_of_minutes_is_drawn_from_few_points():
    one = strand(np.sin(np.arange(200_000) / 500))
    assert len(Panel(0, "话", "", BEGIN, BEGIN + 60 * 200_000, [one]).drawn[0]) <= POINTS + 2


def test_the_table_has_a_row_a_label_the_latest_first_and_nothing_where_one_is_missing():
    listing = Listing([strand([1, 2], "ND"), strand([5, 7], moments=[BEGIN + 60, BEGIN + 120], name="二氧化硫")])
    assert listing.titles == ["时间", "氮氧化物（mg/m³）", "氮氧化物 标记", "二氧化硫（mg/m³）", "二氧化硫 标记"]
    assert listing[0:10] == [
        (from_seconds(BEGIN + 120), [(None, ""), (7.0, "正常")]),
        (from_seconds(BEGIN + 60), [(2.0, "故障"), (5.0, "正常")]),
        (from_seconds(BEGIN), [(1.0, "正常"), (None, "")]),
    ]
    assert listing[1:2] == [listing[1]]
    assert len(Listing([])) == 0


def test_the_file_is_what_the_table_shows():
    one = strand(np.arange(25_000) / 7)
    listing = Listing([one])
    rows = list(csv.reader(io.StringIO("".join(as_csv(listing)).lstrip("\ufeff"))))
    assert rows[0] == listing.titles
    assert len(rows) == 1 + len(listing)
    for row, (at, ((value, words),)) in zip(rows[1:], listing[0 : len(listing)], strict=True):
        assert (row[0], float(row[1]), row[2]) == (f"{at:%Y-%m-%d %H:%M:%S}", value, words)


def test_the_workbook_is_what_the_table_shows():
    from python_calamine import CalamineWorkbook

    listing = Listing([strand([1.5, np.nan, 3.25], "NND")])
    rows = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(listing, "小时"))).get_sheet_by_index(0).to_python()
    assert rows[0] == listing.titles
    shown = [[at.replace(tzinfo=None), value if value is not None else "", words] for at, ((value, words),) in listing[0:3]]
    assert rows[1:] == shown


def test_a_table_too_long_for_a_spreadsheet_is_refused_with_advice():
    with pytest.raises(Refusal, match="CSV"):
        as_xlsx(Listing([strand(np.zeros(MOST_IN_BOOK + 1))]), "分钟")


def test_labels_are_told_on_the_monitoring_clock():
    at, _ = Listing([strand([1])])[0]
    assert at.utcoffset() == timedelta(hours=8)
    assert f"{at:%Y-%m-%d %H:%M}" == "2020-10-31 08:00"
