"""A light is a shape, a word and a colour together, wherever it stands."""

import re
from enum import StrEnum

import pytest

from gongjian.ui.lights import LOOKS, STRIP_HEIGHT, light, look_of, mark, share, strip

CODES = [look.code for look in LOOKS]


@pytest.mark.parametrize(("code", "word"), [("grey", "无数据"), ("green", "正常"), ("amber", "预警"), ("red", "滞后"), ("blue", "完成")])
def test_a_light_says_its_word_beside_its_shape(code, word):
    drawn = light(code)
    assert drawn.endswith(f"{word}</span>")
    assert f"mk-{code}" in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_mark_alone_still_says_its_word_to_who_cannot_see():
    assert '<span class="unseen">滞后</span>' in mark("red")


def test_no_two_lights_have_the_same_shape_or_word():
    assert len({look.path for look in LOOKS}) == len({str(look.word) for look in LOOKS}) == 5


def test_worse_is_higher_in_a_strip():
    heights = {look.code: look.height for look in LOOKS}
    assert heights["grey"] < heights["green"] == heights["blue"] < heights["amber"] < heights["red"] == STRIP_HEIGHT


def test_a_string_enum_is_as_good_as_its_code():
    kind = StrEnum("kind", {"RED": "red"})
    assert light(kind.RED) == light("red")


def test_what_is_no_light_is_refused_by_name():
    with pytest.raises(ValueError, match="'purple' is not one of the lights"):
        look_of("purple")
    with pytest.raises(ValueError, match="purple"):
        strip(["green", "purple"])


def test_a_strip_says_what_it_shows_and_leaves_gaps_open():
    drawn = strip([None, "green", "green", "red"])
    assert 'aria-label="近 4 周：滞后 1 周，正常 2 周"' in drawn
    assert "M0 " not in drawn  # the first week is a gap
    assert re.search(r'class="tr-red" d="M18 0h5v13h-5z"', drawn)


def test_an_empty_strip_says_that_there_is_nothing():
    assert "没有记录" in strip([None] * 12)


def test_a_share_bar_is_as_wide_as_its_numbers_and_says_them():
    drawn = share({"red": 1, "green": 3})
    assert 'aria-label="滞后 1，正常 3"' in drawn
    assert re.findall(r'x="([\d.]+)" width="([\d.]+)"', drawn) == [("0.0", "247.0"), ("250.0", "747.0")]


def test_no_lights_make_no_bar():
    assert share({}) == share(dict.fromkeys(CODES, 0)) == ""
