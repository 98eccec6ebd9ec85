"""The battle map as people use it: the day it shows, its filters, its counts."""

from datetime import date

import pytest
import stage

pytestmark = pytest.mark.django_db


def keys(answer):
    return [row.key for row in answer.context["board"].rows]


def test_it_opens_on_the_demonstrations_day(busy, sign_in, words):
    answer = sign_in(None).get("/")
    assert answer.context["dating"].on == date(2020, 10, 31)
    assert keys(answer) == ["A1.1", "A1.2", "A2.1", "A2.2", "W1.1", "W1.2"]
    assert "全部 6 条" in words(answer)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2020-05-06", date(2020, 5, 6)),
        ("2019-12-31", date(2020, 3, 2)),
        ("2031-01-01", date(2020, 10, 31)),
        ("2020-02-30", date(2020, 10, 31)),
        ("", date(2020, 10, 31)),
        ("gestern", date(2020, 10, 31)),
    ],
)
def test_the_day_asked_for_is_kept_within_the_plans_days(busy, sign_in, asked, shown):
    answer = sign_in(None).get("/", {"on": asked})
    assert answer.context["board"].on == shown
    assert answer.context["dating"].on == shown


def test_a_plan_that_is_over_opens_on_its_last_day(busy, sign_in, settings):
    settings.GONGJIAN_DEMONSTRATION_DAY = date(2022, 5, 4)
    assert sign_in(None).get("/").context["board"].on == date(2020, 12, 31)


def test_a_link_on_a_past_day_stays_on_that_day(busy, sign_in):
    page = sign_in(None).get("/?on=2020-05-06").content.decode()
    assert f'href="/measure/{busy.measure("A1.2").pk}/?on=2020-05-06"' in page
    assert "?plan=A&light=red&on=2020-05-06" in page.replace("&amp;", "&")
    assert 'name="on" value="2020-05-06"' in page


def test_the_counts_are_of_the_whole_plan_whatever_is_filtered(busy, sign_in, words):
    answer = sign_in(None).get("/?light=blue")
    assert keys(answer) == []
    assert sum(answer.context["counts"].values()) == 6
    assert "没有符合条件的措施" in words(answer)


def test_every_filter_in_the_address_is_kept_in_the_form(busy, sign_in):
    department = next(number for number, name in sign_in(None).get("/").context["departments"] if name == "滨河街道")
    answer = sign_in(None).get("/", {"plan": "A", "department": department, "due": "ongoing", "text": "苫盖"})
    assert keys(answer) == ["A2.1"]
    page = answer.content.decode()
    for chosen in ('value="A" selected', f'value="{department}" selected', 'value="ongoing" selected', 'value="苫盖"'):
        assert chosen in page


def test_each_row_says_its_light_in_word_and_shape_why_and_who(busy, sign_in, words):
    page = words(sign_in(None).get("/?text=A1.2"))
    assert "9月进展报告10月9日被退回（缺少数量），应于10月14日前重报，已逾期17天" in page or "已过完成时限6月30日123天" in page
    assert "滞后" in page
    assert "城建局" in page


def test_before_any_plan_is_loaded_the_page_says_what_to_do(db, client, words):
    from gongjian.plans.models import Programme

    if not Programme.objects.exists():
        assert "还没有载入行动计划" in words(client.get("/"))


def test_two_programmes_are_each_at_their_own_address(busy, sign_in):
    from dataclasses import replace

    head = replace(stage.HEAD, number="滨政发〔2021〕7号", title="滨县2021年行动计划", date=date(2021, 3, 1))
    stage.load(replace(stage.plan(), head=head), moment=stage.at(10, 31), slug="bin-2021")
    client = sign_in(None)
    assert client.get("/").context["programme"].slug == "bin-2021"
    assert client.get(f"/map/{stage.SLUG}/").context["programme"].slug == stage.SLUG
