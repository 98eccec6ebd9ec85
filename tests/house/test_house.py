"""House rules no linter knows."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "gongjian"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
RULES = [path for path in MODULES if {"actions", "queries", "models"} & set(path.with_suffix("").parts) or path.name == "flow.py"]
FACES = ("django.http", "django.shortcuts", "django.views", "django.forms", "django.template")
CLOCK_READERS = {"web", "project", "ui"}
VAGUE = {"utils", "helpers", "common", "core", "services", "misc"}


def _name(path: Path) -> str:
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_is_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", RULES, ids=_name)
def test_rules_know_no_http(path):
    names = [node.module or "" for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name.startswith(FACES)]


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(SRC).parts[0] not in CLOCK_READERS], ids=_name)
def test_only_views_jobs_and_the_command_line_read_a_clock(path):
    if _name(path) == "trail/clock.py":  # the clock itself
        return
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"now", "today", "utcnow", "localdate"}


def test_no_module_has_a_name_that_says_nothing():
    assert not [path for path in MODULES if path.stem in VAGUE]


def test_no_style_or_script_stands_inside_a_page():
    pages = list(SRC.rglob("*.html"))
    assert pages
    texts = {path: path.read_text(encoding="utf-8") for path in pages}
    assert not [path for path, text in texts.items() if " style=" in text or "<script>" in text]


def test_every_floor_of_the_house_is_listed():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(contract for contract in contracts if contract["id"] == "floors")
    listed = {room.strip() for floor in floors["layers"] for room in floor.split("|")}
    assert listed == {path.parent.name for path in SRC.glob("*/__init__.py")}


def test_third_party_files_are_not_committed():
    assert "src/gongjian/ui/static/ui/vendor/" in (ROOT / ".gitignore").read_text(encoding="utf-8")
