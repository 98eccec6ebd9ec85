"""An icon we name is the icon the vendor draws."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "src" / "gongjian" / "ui"
VENDOR = UI / "static" / "ui" / "vendor" / "icons" / "tabler-icons.min.css"
OURS = dict(re.findall(r'\.ti-([a-z0-9-]+)::before \{ content: "(\\[0-9a-f]+)"; \}', (UI / "static" / "ui" / "icons.css").read_text()))


def test_our_list_agrees_with_the_vendor():
    theirs = dict(re.findall(r'\.ti-([a-z0-9-]+):before\{content:"(\\[0-9a-f]+)"\}', VENDOR.read_text()))
    assert len(OURS) > 50
    assert {name: theirs.get(name) for name in OURS} == OURS


@pytest.mark.parametrize("path", sorted((UI.parent).rglob("templates/**/*.html")), ids=lambda path: path.name)
def test_a_template_names_only_icons_we_have(path):
    named = set(re.findall(r"\bti-([a-z0-9][a-z0-9-]*)", path.read_text()))
    assert named <= set(OURS), f"add these to icons.css: {sorted(named - set(OURS))}"
