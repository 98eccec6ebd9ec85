"""Pages are made the same way: on a base, from parts that exist, with their words marked for translation."""

import re

from house_sources import MODULES, SRC, TEMPLATES, short

BASES = {"ui/base.html", "ui/plain.html", "admin/base.html"}  # with the rail, without it, and Django's back room
HAN = re.compile(r"[\u3400-\u9fff]")
COMMENTS = r"{#.*?#}|{% ?comment .*?endcomment ?%}|<!--.*?-->"
MADE = re.compile(COMMENTS + r"|{% ?blocktrans(?:late)?.*?endblocktrans(?:late)? ?%}|{%.*?%}|{{.*?}}", re.DOTALL)


def asked_as(path):
    """The name a template goes by."""
    parts = path.relative_to(SRC).parts
    return "/".join(parts[parts.index("templates") + 1 :])


TEXTS = {asked_as(path): path.read_text(encoding="utf-8") for path in TEMPLATES}
OTHERS_PARTS = {"admin/color_theme_toggle.html"}  # taken out of the back room, where Django includes it
SAMPLES = {"ui/styleguide.html", "ui/styleguide_atlas.html"}  # shown to whoever makes pages, never to a user
FRAGMENTS = {name for name in TEXTS if "/parts/" in name or name.startswith("cotton/")} | OTHERS_PARTS


def base_of(name):
    """What a page stands on in the end."""
    while name in TEXTS and (found := re.search(r"{% extends \"([^\"]+)\"", TEXTS[name])):
        name = found[1]
    return name


def test_a_page_stands_on_a_base_and_a_part_on_none():
    assert len(TEXTS) > 40
    assert {base_of(name) for name in TEXTS if name not in FRAGMENTS} == BASES
    assert not [name for name in FRAGMENTS if "{% extends" in TEXTS[name]]


def test_every_template_is_asked_for_by_somebody():
    """By a view, another template, a component's tag, Django's error handlers, its back room or the sign-in library."""
    asked = "".join([*TEXTS.values(), *(path.read_text(encoding="utf-8") for path in MODULES)])
    by_others = re.compile(r"^(account|allauth|admin)/|^(403|403_csrf|404|500)\.html$")
    tags = {name: f"<c-{name.removeprefix('cotton/').removesuffix('.html')}" for name in TEXTS if name.startswith("cotton/")}
    assert not [name for name in TEXTS if not by_others.match(name) and name not in asked and tags.get(name, name) not in asked]


def test_every_part_and_component_that_is_asked_for_exists():
    for name, text in TEXTS.items():
        wanted = set(re.findall(r"{% (?:include|extends) \"([^\"]+)\"", text))
        wanted |= {f"cotton/{tag}.html" for tag in re.findall(r"<c-([a-z_]+)", text) if tag not in ("vars", "slot")}
        assert wanted - BASES <= TEXTS.keys(), name


def test_no_style_or_script_stands_inside_a_page():
    """The content policy would refuse it; ``tests/ui/test_sources.py`` looks for the rarer forms."""
    assert not [name for name, text in TEXTS.items() if re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)", text)]


def test_every_chinese_word_of_a_page_is_marked_for_translation():
    bare = {name: HAN.findall(MADE.sub("", text)) for name, text in TEXTS.items() if name not in SAMPLES}
    assert not {name: "".join(found) for name, found in bare.items() if found}


def test_a_template_is_short_enough_to_read():
    assert not [short(path) for path in TEMPLATES if len(path.read_text(encoding="utf-8").splitlines()) > 150]
