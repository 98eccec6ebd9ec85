"""A line of the battle map says everything about its measure, and lets nothing break out of it."""

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from gongjian.ui.map_row import MapRow, map_rows, who
from gongjian.ui.pace import Pace

ROW = MapRow(
    key="A20.1",
    url="/measure/20/",
    digest="严防散煤复烧",
    light="red",
    on=date(2020, 10, 31),
    due_words="11月15日前",
    due=date(2020, 11, 15),
    lead=("综合执法局",),
    support=("荣华街道", "博兴街道"),
    weeks=("green", "red"),
    reasons=(("red", "逾期未报"), ("grey", "没有数据")),
    bar=Pace(37.2, 35, 38.5, "<=", "µg/m³", "red"),
)
KNOWN = {"li", "details", "summary", "span", "svg", "path", "div", "ul", "a", "b", "title", "rect"}


class Tags(HTMLParser):
    """Which elements and attributes stand in a fragment."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes, self.open = set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in {"path", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in {"path", "rect"}:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in {"path", "rect"}:
            self.handle_endtag(tag)


def test_a_line_says_light_key_digest_deadline_days_departments_and_figure():
    line = map_rows([ROW])
    for words in (
        "滞后",
        "A20.1",
        "严防散煤复烧",
        "11月15日前",
        "还有 15 天",
        '<b class="lead">综合执法局</b>',
        "牵头 综合执法局；协办 荣华街道、博兴街道",
        "37.2 / ≤ 35",
        "逾期未报",
    ):
        assert words in line


def test_what_is_done_no_longer_counts_its_days():
    assert "已过" not in map_rows([replace(ROW, light="blue", due=date(2020, 6, 30))])
    assert "已过 123 天" in map_rows([replace(ROW, light="red", due=date(2020, 6, 30))])


def test_a_measure_without_a_figure_has_no_bar():
    assert 'class="bar"' not in map_rows([replace(ROW, bar=None)])


def test_a_withdrawn_measure_is_marked():
    assert "is-withdrawn" in map_rows([replace(ROW, withdrawn=True)])


def test_a_changed_line_is_written_anew():
    assert map_rows([ROW]) != map_rows([replace(ROW, digest="严防复烧")])


def test_names_of_departments_are_text():
    assert who(["<b>局"], "support") == '<span class="support">&lt;b&gt;局</span>'


@given(st.text(), st.text(), st.text(), st.text())
def test_no_text_from_outside_becomes_markup(digest, words, name, unit):
    hostile = replace(
        ROW, digest=digest, due_words=words, lead=(name,), reasons=(("red", words),), key=name, url=unit, bar=Pace(1, 2, unit=unit)
    )
    tags = Tags(map_rows([hostile]))
    assert tags.names <= KNOWN
    assert not tags.open
    assert not [name for name in tags.attributes if name.startswith("on") or name == "style"]
