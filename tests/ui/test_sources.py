"""What our pages send fits the content policy: no inline style, no inline script, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "gongjian"
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
SHEETS = sorted((SRC / "ui" / "static" / "ui").glob("*.css"))
SCRIPTS = [SRC / "ui" / "static" / "ui" / "gongjian.js", *sorted((SRC / "ui" / "static" / "ui" / "map").glob("*.js"))]


def identify(path):
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", TEMPLATES, ids=identify)
def test_a_template_has_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|\shx-on|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("path", [*TEMPLATES, *SHEETS], ids=identify)
def test_nothing_is_fetched_from_elsewhere(path):
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:)?//", path.read_text())


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=identify)
def test_a_source_is_short_enough_to_read(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", SCRIPTS, ids=identify)
def test_a_script_makes_no_markup_from_words_and_knows_no_other_host(path):
    text = path.read_text()
    assert not re.search(r"innerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert set(re.findall(r"https?://[\w.]+", text)) <= {"http://www.w3.org"}  # the name of SVG, which nobody fetches


def test_every_sheet_is_asked_for():
    entry = (SRC / "ui" / "static" / "ui" / "gongjian.css").read_text()
    by_pages = {name for path in TEMPLATES for name in re.findall(r"'ui/([a-z]+\.css)'", path.read_text())}
    assert {path.name for path in SHEETS} == by_pages | set(re.findall(r'url\("([a-z]+\.css)"\)', entry))


def test_every_colour_is_a_token():
    """Colours are named in tokens.css; elsewhere only black for paper and the one hover shade of the amber control."""
    sheets = [path for path in SHEETS if path.name not in {"tokens.css", "print.css"}]
    stray = {match for path in sheets for match in re.findall(r"#[0-9a-f]{3,6}\b", path.read_text())}
    assert stray == {"#ffe9bd"}


def test_every_module_of_the_map_is_on_its_way_before_it_is_asked_for():
    """A module that is found only when another has arrived costs a trip to the server."""
    modules = {path.name for path in (SRC / "ui" / "static" / "ui" / "map").glob("*.js")} - {"start.js"}
    head = (SRC / "ui" / "templates" / "ui" / "parts" / "atlas_head.html").read_text()
    assert set(re.findall(r"modulepreload\" href=\"\{% static 'ui/map/([a-z0-9]+\.js)'", head)) == modules
