"""The pace bar shows a value, its target and where it should be by now, and says all three."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.ui.pace import WIDTH, Pace, draw

NUMBERS = st.floats(0, 1e9, allow_nan=False)


def test_it_says_everything_it_shows():
    words = Pace(7321, 10000, 8333, ">=", "辆次").words()
    assert words == "当前 7,321 辆次，目标不低于 10,000 辆次，按进度应为 8,333 辆次"


@pytest.mark.parametrize(("op", "word"), [(">=", "不低于"), (">", "高于"), ("<=", "不高于"), ("<", "低于")])
def test_each_comparison_has_its_word(op, word):
    assert f"目标{word} 5 km" in Pace(3.6, 5, op=op, unit="km").words()


def test_a_comparison_no_plan_writes_is_refused():
    with pytest.raises(ValueError, match="is not one of"):
        Pace(1, 2, op="==")


def test_without_a_value_there_is_a_dash_and_no_bar():
    drawn = draw(Pace(None, 100, unit="%"))
    assert "<svg" not in drawn
    assert ">—<" in drawn
    assert "当前 —，目标不低于 100 %" in drawn


def test_only_a_ceiling_shades_what_lies_beyond_it():
    assert "pace-beyond" in draw(Pace(3, 5, op="<="))
    assert "pace-beyond" not in draw(Pace(3, 5, op=">="))


def test_a_unit_from_outside_cannot_break_out():
    drawn = draw(Pace(1, 2, unit='"><script>'))
    assert "<script>" not in drawn


@given(NUMBERS, NUMBERS, st.none() | NUMBERS, st.sampled_from([">=", "<="]))
def test_nothing_is_drawn_outside_the_box(value, target, now, op):
    drawn = draw(Pace(value, target, now, op))
    widths = [float(width) for width in re.findall(r' width="([\d.]+)"', drawn)]
    edges = [float(edge) for edge in re.findall(r' x="(-?[\d.]+)"', drawn)]
    assert all(0 <= width <= WIDTH for width in widths)
    assert all(-1 <= edge <= WIDTH for edge in edges)
