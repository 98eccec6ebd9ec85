"""Marks that silence a tool name what they silence, and why where it is not plain from the line."""

import re

import pytest
from house_sources import SCRIPTS, SRC, short

MARKS = {
    "noqa": re.compile(r"# noqa(?P<codes>(?:: [A-Z]+\d+(?:, [A-Z]+\d+)*)?)(?P<why>.*)"),
    "type: ignore": re.compile(r"# type: ignore(?P<codes>(?:\[[a-z-]+(?:, ?[a-z-]+)*\])?)(?P<why>.*)"),
    "nosec": re.compile(r"# nosec(?P<codes>(?: B\d+(?:,B\d+)*)?)(?P<why>.*)"),
}
PLAIN = {"PLC0415", "ARG002", "SLF001"}  # a late import, Django's signature, Django's _meta: said once a file, the same each time
OWN = __file__


def marked(mark):
    """Every line with the mark: where, the codes, and what follows."""
    for path in SCRIPTS:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if str(path) != OWN and (found := MARKS[mark].search(line)):
                yield path, number, found["codes"], found["why"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_names_what_it_silences(mark):
    found = list(marked(mark))
    assert found
    assert not [f"{short(path)}:{number}" for path, number, codes, _ in found if not codes]


def test_a_silenced_rule_of_ruff_has_its_reason_on_the_line():
    found = [mark for mark in marked("noqa") if mark[0].is_relative_to(SRC)]
    needy = [mark for mark in found if not set(re.findall(r"[A-Z]+\d+", mark[2])) <= PLAIN]
    assert needy
    assert not [f"{short(path)}:{number}" for path, number, _, why in needy if not re.search(r"- \w+", why)]


def test_a_silenced_finding_of_bandit_has_its_reason_on_the_line():
    found = [(path, number, why) for path, number, _, why in marked("nosec") if path.is_relative_to(SRC)]
    assert found
    for path, number, why in found:
        line = path.read_text(encoding="utf-8").splitlines()[number - 1]
        assert re.search(r"# \w+", why) or "# noqa: S" in line, f"{short(path)}:{number}"


def test_nothing_is_left_for_later_without_saying_so():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert not [short(path) for path in SCRIPTS if str(path) != OWN and words.search(path.read_text(encoding="utf-8"))]
