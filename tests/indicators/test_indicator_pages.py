"""The catalogue, an indicator's page, its rows and their export."""

import csv
import io
from datetime import date, timedelta

import pytest
from declared import COUNT, EVERY, RATIO, declared, enter, load, mean_nox
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongjian.indicators import registry, targets
from gongjian.indicators.formulas import Computed, Rows
from gongjian.indicators.outlook import Target

pytestmark = pytest.mark.django_db
ON = date(2020, 10, 31)
OPEN = declared("open", RATIO.formula, "%", open_rows=True)


def evidence(first, last, as_of):
    return Rows(("日期", "值"), [(day, value) for day, value in load(first, last, [as_of])[0]])


DAILY = declared(
    "daily", Computed(mean_nox, load, evidence=evidence, daily=lambda data: data), "ppm", records=None, splits=(), open_rows=True
)


@pytest.fixture(autouse=True)
def _catalogue(settings, _bare_catalogue):
    settings.GONGJIAN_DEMONSTRATION_DAY = ON
    settings.GONGJIAN_OPEN_TO_VISITORS = True
    registry.register(*EVERY, OPEN, DAILY)
    source = lambda code, on: [Target(">=", 95, "%", "A5.2 合格率")] if code == OPEN.code else [Target("<=", 3, "ppm", "A1.1")]  # noqa: E731, ARG005
    targets.provide(source)
    yield
    targets._SOURCES.remove(source)
    registry.forget(*(one.code for one in (*EVERY, OPEN, DAILY)))


@pytest.fixture
def records():
    for step in range(120):
        enter(
            date(2020, 1, 1) + timedelta(step * 2),
            use=["bus", "truck"][step % 2],
            passed=step % 10 != 0,
            street=["荣华", "=1+1", None][step % 3],
            nox=2.0 + step % 3,
        )
    enter(date(2019, 5, 1), nox=9.0)


def test_the_catalogue_shows_every_indicator_with_a_fixed_number_of_queries(client, records, django_assert_max_num_queries):
    client.get(reverse("indicators:catalogue"))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("indicators:catalogue"))
    words = page.content.decode()
    assert all(one.title in words for one in EVERY)
    assert "2020年1月1日至10月31日" in words


@pytest.mark.parametrize("one", [*EVERY, OPEN, DAILY], ids=lambda one: one.code)
def test_every_indicator_has_a_page_with_chart_table_and_provenance(client, records, one):
    page = client.get(reverse("indicators:indicator", args=[one.code]))
    words = page.content.decode()
    assert page.status_code == 200
    assert '<svg class="chart"' in words
    assert "看图中的数" in words
    assert "这个数怎么来的" in words
    assert "没有去年同期可比" in words or "去年同期" in words


def test_a_ratio_tells_its_interval_and_how_many_failures_it_affords(client, records):
    words = client.get(reverse("indicators:indicator", args=[OPEN.code])).content.decode()
    assert "威尔逊区间" in words
    assert "须再连续合格120条才能回到目标" in words
    assert "A5.2 合格率" in words


def test_a_mean_of_days_tells_what_the_rest_must_average_and_its_chance(client, records):
    words = client.get(reverse("indicators:indicator", args=[DAILY.code])).content.decode()
    assert "其余各日平均不得高于" in words
    assert "没有往年同期数据，不作预测" in words or "实现目标的可能性" in words


def test_an_empty_indicator_says_why_instead_of_zero(client):
    words = client.get(reverse("indicators:indicator", args=[RATIO.code])).content.decode()
    assert "没有记录不等于零" in words
    assert '<svg class="chart"' not in words


def test_a_period_is_chosen_by_the_address_and_nonsense_is_said_to_be_none(client, records):
    here = reverse("indicators:indicator", args=[COUNT.code])
    assert "2020年3月" in client.get(f"{here}?period=2020-03").content.decode()
    assert "不是一个统计期" in client.get(f"{here}?period=nonsense").content.decode()
    assert client.get(reverse("indicators:indicator", args=["no.such"])).status_code == 404


def test_rows_are_open_to_those_who_may_and_add_up_to_the_figure(client, records):
    here = reverse("indicators:rows", args=[OPEN.code])
    assert "共 120 条" in client.get(f"{here}?period=2020").content.decode()
    assert "共 108 条" in client.get(f"{here}?period=2020&which=numerator").content.decode()
    assert client.get(reverse("indicators:rows", args=[COUNT.code])).status_code == 403


def test_filters_narrow_to_parts_of_a_split(client, records):
    here = reverse("indicators:rows", args=[OPEN.code])
    assert "共 60 条" in client.get(f"{here}?period=2020&use=truck").content.decode()
    assert "共 40 条" in client.get(f"{here}?period=2020&street=未填写").content.decode()


def test_the_export_is_exactly_the_rows_shown_and_runs_no_formula(client, records):
    here = reverse("indicators:export", args=[OPEN.code, "csv"])
    lines = b"".join(client.get(f"{here}?period=2020&use=truck").streaming_content).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(lines)))
    assert len(found) == 61
    assert found[0][-1] == "用途"
    assert {row[-1] for row in found[1:]} == {"货运"}
    assert "'=1+1" in lines
    file = client.get(reverse("indicators:export", args=[OPEN.code, "xlsx"]) + "?period=2020").content
    kept = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert len(kept) == 121
    assert {row[-1] for row in kept[1:]} == {"公交", "货运"}


def test_a_computed_figure_shows_and_exports_the_rows_its_room_gives(client, records):
    here = reverse("indicators:rows", args=[DAILY.code])
    assert "共 120 条" in client.get(f"{here}?period=2020").content.decode()
    export = b"".join(client.get(reverse("indicators:export", args=[DAILY.code, "csv"]) + "?period=2020-01").streaming_content).decode(
        "utf-8-sig"
    )
    assert len(export.splitlines()) == 17


def test_rows_of_many_pages_ask_no_more_than_one_page(client, records, django_assert_max_num_queries):
    here = reverse("indicators:rows", args=[OPEN.code])
    client.get(here)
    with django_assert_max_num_queries(9):
        client.get(f"{here}?period=2020&page=2")
