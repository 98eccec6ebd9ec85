"""Every word on its ground reaches WCAG AA; the tokens are read from the style sheet itself."""

import re
from pathlib import Path

import pytest

from gongjian.ui.lights import LOOKS

STATIC = Path(__file__).parents[2] / "src" / "gongjian" / "ui" / "static" / "ui"
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", (STATIC / "tokens.css").read_text()))
AA_TEXT, AA_SHAPE = 4.5, 3.0
LIGHTS = [look.code for look in LOOKS]
GROUNDS = ["paper", "wash", "grey-wash", "action-wash", *(f"{code}-wash" for code in LIGHTS)]
LOOK_MD = {
    "paper": "#ffffff",
    "ink": "#1b2430",
    "line": "#e3e7ec",
    "action": "#1f5fbf",
    "blue": "#2f6fde",
    "green": "#2a9158",
    "amber": "#d98a00",
    "red": "#cf3a2e",
    "grey": "#8b95a1",
}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other):
    dark, light = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_knows_black_on_white():
    assert (luminance("#ffffff") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)


@pytest.mark.parametrize(("token", "colour"), LOOK_MD.items())
def test_the_colours_are_those_that_were_agreed(token, colour):
    assert TOKENS[token] == colour


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("word", ["ink", "ink-2", "ink-3", "action", "action-dark", *(f"{code}-ink" for code in LIGHTS)])
def test_a_word_can_be_read_on_every_ground(word, ground):
    assert ratio(word, ground) >= AA_TEXT, f"{word} on {ground}: {ratio(word, ground):.2f}"


@pytest.mark.parametrize("ground", ["action", "action-dark", "ink"])
def test_white_words_on_a_full_ground_can_be_read(ground):
    assert ratio("paper", ground) >= AA_TEXT


@pytest.mark.parametrize("kind", range(1, 9))
@pytest.mark.parametrize("ground", ["paper", "ground"])
def test_the_sign_on_a_mark_and_the_mark_on_the_map_can_be_seen(kind, ground):
    """White signs on the colour of a kind, and the same colour for signs on pale marks."""
    assert ratio(f"kind-{kind}", ground) >= AA_TEXT


@pytest.mark.parametrize("shape", ["blue", "green", "red", "grey", "amber-ink", "edge"])
def test_a_shape_or_an_edge_stands_out_from_paper(shape):
    """Amber itself does not reach 3:1, so its triangle has an edge of the darker shade."""
    assert ratio(shape, "paper") >= AA_SHAPE
    assert re.search(r"\.mk-amber \{[^}]*stroke: var\(--amber-ink\)", (STATIC / "marks.css").read_text())


@pytest.mark.parametrize("code", LIGHTS)
def test_the_word_of_a_light_is_written_in_its_darker_shade(code):
    assert re.search(rf"\.light-{code} \{{ color: var\(--{code}-ink\);", (STATIC / "marks.css").read_text())
