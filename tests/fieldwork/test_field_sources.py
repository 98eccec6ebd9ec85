"""The phone's scripts: kept with what they need, making no markup from words, knowing no other host."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from gongjian.fieldwork.shell import NAMES, version

FOLDER = Path(__file__).parents[2] / "src" / "gongjian" / "fieldwork" / "static" / "fieldwork"
SCRIPTS = sorted(FOLDER.glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_no_markup_from_words_and_knows_no_other_host(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|insertAdjacentHTML|outerHTML|document\.write|\beval\(|new Function", text)
    assert not re.search(r"https?://", text)
    assert len(text.splitlines()) <= 260


def test_everything_a_page_of_the_phone_needs_is_kept_with_it():
    """What a page, a sheet or a module asks for is among the files of the shell; a new one is forgotten nowhere."""
    asked, styles = set(), re.compile(r'(?:url\(|import )"([\w/.-]+\.(?:css|woff2))"')
    for name in NAMES:
        text = Path(finders.find(name)).read_bytes().decode(errors="ignore")
        folder = name.rpartition("/")[0]
        if name.endswith(".css") and "vendor" not in name:
            asked |= {f"{folder}/{one}" for one in styles.findall(text)}
        if name.endswith(".js") and name.startswith("fieldwork/"):
            asked |= {f"{folder}/{one}" for one in re.findall(r'from "\./([\w.]+)"', text)}
    assert len(asked) > 20
    assert asked <= set(NAMES)


def test_every_file_of_the_phone_is_kept_and_exists():
    assert {f"fieldwork/{path.name}" for path in FOLDER.iterdir()} <= set(NAMES)
    assert not [name for name in NAMES if not finders.find(name)]
    assert re.fullmatch(r"[0-9a-f]{12}", version())
