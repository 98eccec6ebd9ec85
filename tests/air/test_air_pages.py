"""The air's pages in the real frame, on the built-in years, as they stood on 31 October 2020."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from gongjian.air import views

PAGES = ["air:glance", "air:trend", "air:months", "air:profiles"]


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr(views, "today", lambda: date(2020, 10, 31))


@pytest.fixture
def page(yizhuang, client):
    def page(name, **query):
        response = client.get(reverse(name), query)
        assert response.status_code == 200
        return response.content.decode()

    return page


def heading(text):
    return re.search(r"<h1>(.*?)</h1>", text)[1]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("air:glance", "2020年至10月30日优良 158 天，超标 80 天，超标天数比上年同期少 29 天"),
        ("air:trend", "PM2.5 2020年至10月30日均值 37.4，比上年同期低 4.6"),
        ("air:months", "PM2.5 有 1 个月数据不足：4月"),
        ("air:profiles", "PM2.5 一天中 2 时最高、17 时最低，一周中周二最高"),
    ],
)
def test_each_page_says_its_message_in_its_title(page, name, message):
    assert heading(page(name)) == message


@pytest.mark.parametrize("name", PAGES)
def test_a_drawing_says_in_words_what_it_shows_and_has_a_table_behind_it(page, name):
    text = page(name)
    drawings = re.findall(r'<svg[^>]*role="img" aria-label="([^"]+)"', text)
    assert all(drawings)
    assert text.count("<table") >= len(drawings)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_carries_inline_style_or_the_mark_of_made_up_data(page, name):
    text = page(name)
    assert " style=" not in text
    assert "演示数据（模拟）" not in text


def test_a_past_year_is_shown_whole_as_known_today(page):
    assert heading(page("air:trend", year="2019")) == "PM2.5 2019年全年均值 43.6，比上年同期低 10.0"


def test_a_past_day_is_shown_as_it_stood(page):
    assert heading(page("air:trend", on="2019-07-01")).startswith("PM2.5 2019年至6月30日均值 47.8")


def test_figures_that_are_not_valid_are_shown_with_why(page):
    text = page("air:months", year="2019")
    assert 'class="doubtful" title="2019年9月只有23个有效日，应不少于27个"' in text


def test_the_headroom_is_said_in_words(page):
    assert "要使全年不高于 35，余下 62 天平均须不高于 23.4。" in page("air:trend")


@pytest.mark.parametrize("query", [{"year": "1999"}, {"year": "x"}, {"pollutant": "gold"}, {"on": "never"}, {"on": "1900-01-01"}])
@pytest.mark.parametrize("name", PAGES)
def test_nonsense_in_the_address_breaks_nothing(page, name, query):
    assert "<h1>" in page(name, **query)


def test_the_export_holds_the_days_shown(page):
    rows = list(csv.DictReader(io.StringIO(page("air:days-csv").removeprefix("\ufeff"))))
    assert len(rows) == sum(1 for row in rows if row["日期"] <= "2020-10-30") > 290
    assert {row["判定"] for row in rows} == {"达标", "超标", "无法判定"}
