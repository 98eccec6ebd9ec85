"""Issuing by a person: what is refused, and that nothing is half written."""

from datetime import timedelta

import pytest
from order_desk import DUE, ISSUED
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden
from gongjian.supervision.models import Order, OrderFact, OrderStep

pytestmark = pytest.mark.django_db


def test_an_order_has_its_number_its_fact_and_its_first_step(desk, town):
    measure = town.measure("A2.1")
    first = desk.issued(by="tongchou", measure=measure)
    second = desk.issued(by="tongchou", title="第二件")
    other_year = desk.issued(at(1, 5, year=2021), title="次年", due_at=at(1, 12, year=2021))
    assert [one.number for one in (first, second, other_year)] == ["攻坚督〔2020〕1号", "攻坚督〔2020〕2号", "攻坚督〔2021〕1号"]
    fact = OrderFact.objects.get(order=first)
    assert (fact.rule, fact.rule_words, fact.words, fact.link) == (
        None,
        "签发人认定",
        "抽查三处裸地，两处未入台账。",
        f"/measure/{measure.pk}/",
    )
    step = OrderStep.objects.get(order=first)
    assert (step.step, step.state, step.by, step.due_at) == ("issue", "issued", town.user("tongchou"), DUE)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"due_at": ISSUED}, "答复期限2020-10-12 10:00已经过去"),
        ({"due_at": ISSUED - timedelta(days=3)}, "已经过去"),
        ({"due_at": ISSUED + timedelta(days=400)}, "一年以后"),
        ({"title": " "}, "请填写“督办事项”"),
        ({"title": "长" * 121}, "有 121 个字，最多 120 个字"),
        ({"demand": ""}, "请填写“督办要求”"),
        ({"demand": "长" * 2001}, "最多 2000 个字"),
        ({"fact": "\n"}, "请填写“事实依据”"),
        ({"colour": "green"}, "没有“green”这种颜色"),
    ],
)
def test_a_bad_order_is_refused_in_a_sentence_and_nothing_is_written(desk, said, words):
    with pytest.raises(Refusal, match=words):
        desk.issued(by="tongchou", **said)
    assert not Order.objects.exists()


def test_no_order_goes_to_a_department_that_is_no_more(desk):
    gone = desk.department("水务局")
    gone.active = False
    gone.save()
    with pytest.raises(Refusal, match="“水务局”已停用"):
        desk.issued(department=gone)


@pytest.mark.parametrize("person", ["chengjian", "chengjian-zhang", "jiancha", "lingdao", "guanli", "xinren"])
def test_only_the_coordinating_office_issues(desk, person):
    with pytest.raises(Forbidden):
        desk.issued(by=person)
    assert not Order.objects.exists()


def test_the_same_form_sent_twice_is_one_order(desk):
    first, again = (desk.issued(by="tongchou", token="b" * 32) for _ in range(2))
    assert first.pk == again.pk
    assert Order.objects.count() == OrderStep.objects.count() == OrderFact.objects.count() == 1


def test_a_cause_has_one_open_order(desk):
    desk.issued(cause="measure:1")
    with pytest.raises(Refusal, match=r"同一事由已有督办单攻坚督〔2020〕1号"):
        desk.issued(cause="measure:1", title="又一件")
    assert Order.objects.count() == 1
