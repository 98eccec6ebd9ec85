"""A curve over time as it is drawn."""

import re

import pytest

from gongjian.ui.curve import Bound, Curve, Reading, label_moments

START = 1_603_123_200  # 2020-10-20 00:00 in Beijing
HOUR = 3600


def curve(readings, **more):
    return Curve("氮氧化物超标", "mg/m³", START, START + 24 * HOUR, HOUR, readings, **more)


def hours(*values, **more):
    return [Reading(START + (n + 1) * HOUR, value, **more) for n, value in enumerate(values) if value is not None]


def test_nothing_to_draw_is_no_drawing():
    assert curve([]).svg() == ""
    assert Curve("甲", "", START, START, HOUR, hours(1.0)).svg() == ""


def test_it_says_its_message_and_its_unit():
    drawn = curve(hours(1.0, 2.0)).svg()
    assert 'role="img" aria-label="氮氧化物超标"' in drawn
    assert ">mg/m³</text>" in drawn


def path(drawn):
    return re.search(r'class="curve-line" d="([^"]*)"', drawn)[1]


def test_a_value_that_never_came_and_one_that_counts_for_nothing_leave_a_gap():
    assert path(curve(hours(1.0, 2.0, 3.0)).svg()).count("M") == 1
    assert path(curve(hours(1.0, None, 3.0)).svg()).count("M") == 2
    marked = curve([*hours(1.0), Reading(START + 2 * HOUR, 9.0, usable=False), Reading(START + 3 * HOUR, 3.0)]).svg()
    assert path(marked).count("M") == 2
    assert marked.count('class="curve-void"') == 1


def test_what_is_over_is_marked_and_limits_are_steps_named_once():
    readings = [*hours(1.0), Reading(START + 2 * HOUR, 9.0, over=True)]
    bounds = [Bound(START, START + HOUR, 5.0, "限值"), Bound(START + HOUR, START + 24 * HOUR, 4.0, "限值")]
    drawn = curve(readings, bounds=bounds).svg()
    assert drawn.count('class="curve-over"') == 1
    assert drawn.count('class="curve-limit"') == 2
    assert drawn.count(">限值</text>") == 1


def test_a_stretch_is_shaded_as_far_as_it_is_in_sight():
    shaded = [(START - HOUR, START + HOUR), (START + 30 * HOUR, START + 31 * HOUR)]
    drawn = curve(hours(1.0), shaded=shaded).svg()
    assert drawn.count('class="curve-shade"') == 1


@pytest.mark.parametrize("hours_shown", [6, 24, 24 * 10])
def test_under_the_axis_stand_few_round_moments_with_their_midnights(hours_shown):
    labels = list(label_moments(START, START + hours_shown * HOUR))
    assert START <= labels[0][0] < START + 2 * 24 * HOUR
    assert 3 <= len(labels) <= 9
    assert all((moment + 8 * HOUR) % HOUR == 0 for moment, _ in labels)
    assert all(("-" in words) == ((moment + 8 * HOUR) % (24 * HOUR) == 0) for moment, words in labels)


def test_words_from_outside_are_escaped():
    assert "<b>" not in Curve("<b>", "<i>", START, START + HOUR, HOUR, hours(1.0)).svg().replace("&lt;b&gt;", "")
