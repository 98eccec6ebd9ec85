"""The ladder: data, climbed once for each wait, also after nights that were missed."""

from datetime import date

import pytest
from order_desk import DUE
from stage import at

from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Dispatch
from gongjian.people.permissions import Forbidden
from gongjian.supervision.actions.climbing import climb
from gongjian.supervision.actions.ruling import save_rule, save_rung, seed_rules
from gongjian.supervision.models import LadderRung, Order, OrderRule, RungClimbed
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
ISSUED = at(10, 12)  # a Monday; the answer is due a week later, 19 October at 18:00


def told(order):
    """Who was told of which rung, in order."""
    sent = Dispatch.objects.filter(key__startswith="order.climb", about=f"supervision.order:{order.pk}").order_by("pk")
    return [(dispatch.title.rpartition("：")[2], len(dispatch.to)) for dispatch in sent]


def colour(order):
    return Order.objects.get(pk=order.pk).colour


def test_an_order_nobody_signs_goes_from_the_officer_to_the_leader_day_by_day(ruled):
    order = ruled.issued(ISSUED)
    seen = []
    for day in range(12, 20):
        climb(at=at(10, day, 8))
        seen.append((day, len(told(order)), colour(order)))
    assert seen == [
        (12, 0, "blue"),
        (13, 1, "blue"),
        (14, 2, "blue"),
        (15, 3, "yellow"),
        (16, 3, "yellow"),
        (17, 3, "yellow"),  # a Saturday
        (18, 3, "yellow"),
        (19, 4, "red"),
    ]
    assert [words for words, _ in told(order)] == [f"未签收已满{days}个工作日" for days in (1, 2, 3, 5)]
    roles = list(RungClimbed.objects.filter(order=order).values_list("rung__role", flat=True))
    assert roles == ["officer", "head", "coordinator", "leader"]


def test_nights_that_were_missed_are_made_up_for_each_rung_once(ruled):
    order = ruled.issued(ISSUED)
    assert climb(at=at(10, 19, 8)) == 4
    assert climb(at=at(10, 19, 9)) == climb(at=at(10, 19, 8)) == 0
    assert len(told(order)) == RungClimbed.objects.filter(order=order).count() == 4
    assert Event.objects.filter(verb="order.climb", subject_id=str(order.pk)).count() == 4
    assert colour(order) == "red"


def test_an_answer_that_does_not_come_is_escalated_from_its_deadline_on(ruled):
    order = ruled.take(ruled.issued(ISSUED), "sign", at(10, 12, 11))
    assert climb(at=DUE) == 0
    assert climb(at=at(10, 20, 8)) == 1
    assert climb(at=at(10, 28, 8)) == 3
    assert [words.partition("已满")[0] for words, _ in told(order)] == ["逾期未答复"] * 4
    assert colour(order) == "red"


def test_an_answer_nobody_reviews_is_told_the_office_and_then_the_leader_and_stays_its_colour(ruled, town):
    order = ruled.take(ruled.take(ruled.issued(ISSUED), "sign", at(10, 12, 11)), "answer", at(10, 13))
    assert climb(at=at(10, 15)) == 0
    assert climb(at=at(10, 16)) == 1
    assert climb(at=at(10, 20)) == 1
    tos = [set(dispatch.to) for dispatch in Dispatch.objects.filter(key__startswith="order.climb").order_by("pk")]
    assert tos == [{town.user("tongchou").pk}, {town.user("lingdao").pk}]
    assert colour(order) == "blue"


def test_an_answer_in_time_stops_the_clock_and_one_sent_back_starts_it_anew(ruled):
    order = ruled.take(ruled.issued(ISSUED), "sign", at(10, 12, 11))
    climb(at=at(10, 20, 8))
    order = ruled.take(order, "answer", at(10, 20, 9))
    assert climb(at=at(10, 22)) == 0
    order = ruled.take(order, "return", at(10, 22, 10))
    assert order.due_at == at(10, 26, 18)
    assert climb(at=at(10, 26, 18)) == 0
    assert climb(at=at(10, 27, 8)) == 1  # the first rung once more: it is another wait
    assert len(told(order)) == 2


@pytest.mark.parametrize("state", ["cleared", "withdrawn"])
def test_an_order_that_has_ended_climbs_no_more(ruled, state):
    ruled.at_state(state, ISSUED)
    assert climb(at=at(11, 20)) == 0


def test_a_rung_out_of_force_is_not_climbed_and_the_ladder_is_data(ruled):
    order = ruled.issued(ISSUED)
    LadderRung.objects.filter(role="officer").update(active_to=date(2020, 10, 13))
    LadderRung.objects.filter(wait="unsigned", role="head").update(after=4, colour="red")
    assert climb(at=at(10, 13)) == 0
    assert climb(at=at(10, 15)) == 1
    assert colour(order) == "yellow"
    assert climb(at=at(10, 16)) == 1
    assert colour(order) == "red"


def test_rules_are_put_in_once_and_none_over_those_that_stand(desk):
    number = seed_rules(by=None, at=at(1, 1))
    assert number == OrderRule.objects.count() + LadderRung.objects.count() > 20
    assert seed_rules(by=None, at=at(1, 2)) == 0


@pytest.mark.parametrize("person", ["tongchou", "chengjian", "lingdao", "jiancha"])
def test_only_the_administrator_changes_rules_and_rungs(ruled, town, person):
    rule, rung = OrderRule.objects.all()[0], LadderRung.objects.all()[0]
    rule.after = rung.after = 9
    with pytest.raises(Forbidden):
        save_rule(rule, by=town.user(person), at=at(10, 1))
    with pytest.raises(Forbidden):
        save_rung(rung, by=town.user(person), at=at(10, 1))
    save_rule(rule, by=town.user("guanli"), at=at(10, 1))
    save_rung(rung, by=town.user("guanli"), at=at(10, 1))
    assert Event.objects.filter(verb__in=["orderrule.changed", "ladderrung.changed"]).count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "weather"}, "没有“weather”这一事实类别"),
        ({"after": 0}, "不少于 1"),
        ({"answer_within": 0}, "不少于 1"),
        ({"colour": "green"}, "颜色："),
        ({"title": ""}, "规则名称："),
        ({"active_to": date(2019, 1, 1)}, "orderrule_ends_after_it_begins"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(ruled, said, words):
    rule = OrderRule.objects.all()[0]
    for name, value in said.items():
        setattr(rule, name, value)
    with pytest.raises(Refusal, match=words):
        save_rule(rule, by=None, at=at(10, 1))


def test_a_rung_without_a_wait_is_refused(ruled):
    rung = LadderRung.objects.all()[0]
    rung.after = 0
    with pytest.raises(Refusal, match="不少于 1"):
        save_rung(rung, by=None, at=at(10, 1))
