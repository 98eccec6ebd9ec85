"""Rules over the invented county: one cause, one open order; graver when it lasts; harmless when run again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stage import at

from gongjian.notices.models import Dispatch
from gongjian.people.models import Department
from gongjian.plans.actions.milestones import mark_done
from gongjian.supervision.actions.climbing import climb
from gongjian.supervision.actions.firing import fire
from gongjian.supervision.actions.ruling import save_rule
from gongjian.supervision.models import Order, OrderFact, OrderRule, OrderStep
from gongjian.supervision.queries.gathering import Back, gather
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db
# 城建局's platform (A1.2) was due on 31 May and has been red since 1 June; 平台上线 was never marked.


def about(town, key="A1.2"):
    return Order.objects.filter(cause=f"measure:{town.measure(key).pk}")


def reported(town, *months):
    """Every measure reported in time, so that no light is red for want of a report; who leads is known to the county."""
    by = {"A1.1": "jiaotong", "A1.2": "chengjian", "A2.1": "chengjian", "A2.2": "gongan", "W1.1": "shuiwu", "W1.2": "shuiwu"}
    for month in months:
        for key, name in by.items():
            town.accepted(key, month, name, at(month + 1, 1))


def test_without_rules_nothing_is_issued(desk):
    assert fire(at=at(6, 20)).issued == []
    assert not Order.objects.exists()


def test_a_light_red_for_a_week_gives_one_order_that_says_which_rule_fired_on_what(ruled, town):
    reported(town, 4, 5)
    fire(at=at(6, 7))
    assert not about(town).exists()
    outcome = fire(at=at(6, 8))
    order = about(town).get()
    assert outcome.issued == [order.pk]
    assert (order.colour, order.department.name, order.state, order.as_of) == ("blue", "城建局", "issued", date(2020, 6, 8))
    assert order.due_at == at(6, 15, 18)  # five working days
    fact = OrderFact.objects.get(order=order)
    assert fact.rule_words == "红灯提示（措施亮红灯满7天）"
    assert fact.words.startswith("措施A1.2自6月1日起亮红灯，已7天：节点“平台上线”应于5月31日前完成")
    assert (fact.since, fact.on, fact.values, fact.measure) == (date(2020, 6, 1), date(2020, 6, 8), {"亮红灯天数": 7}, town.measure("A1.2"))
    assert order.issued_by is None
    assert Event.objects.get(verb="order.issue", subject_id=str(order.pk)).actor_label == "系统"


def test_run_again_in_the_same_hour_or_any_day_nothing_more_is_issued(ruled, town):
    reported(town, 4, 5)
    fire(at=at(6, 8))
    before = (Order.objects.count(), OrderStep.objects.count(), Dispatch.objects.count(), Event.objects.count())
    for moment in (at(6, 8), at(6, 8, 11), at(6, 9), at(6, 13)):
        outcome = fire(at=moment)
        assert (outcome.issued, outcome.deepened, outcome.added) == ([], [], [])
    assert (Order.objects.count(), OrderStep.objects.count(), Dispatch.objects.count(), Event.objects.count()) == before


def test_what_lasts_makes_the_one_order_graver_and_a_missed_fortnight_is_made_up_for(ruled, town):
    reported(town, 4, 5)
    fire(at=at(6, 8))
    outcome = fire(at=at(6, 23))  # the timetable stood still since
    order = about(town).get()
    assert (outcome.issued, outcome.deepened) == ([], [order.pk])
    assert order.colour == "red"
    assert [fact.rule.after for fact in OrderFact.objects.filter(order=order)] == [7, 21]
    step = OrderStep.objects.get(order=order, step="deepen")
    assert (step.colour, step.state) == ("red", "issued")
    told = Dispatch.objects.get(key__startswith="order.deepen-red")
    assert {town.user(name).pk for name in ("chengjian", "chengjian-zhang", "tongchou", "lingdao")} == set(told.to)


def test_a_rule_of_another_kind_adds_its_fact_to_the_same_order(ruled, town):
    reported(town, 4, 5)
    fire(at=at(6, 8))
    order = about(town).get()
    add = OrderRule(
        kind="red_light", title="另一规则", after=8, colour="blue", answer_within=3, demand="说明", active_from=date(2020, 6, 9)
    )
    save_rule(add, by=None, at=at(6, 9))
    outcome = fire(at=at(6, 10))
    assert (outcome.issued, outcome.added) == ([], [order.pk])
    assert OrderFact.objects.filter(order=order).count() == 2
    assert OrderStep.objects.filter(order=order, step="add").count() == 1


def test_an_answer_that_lies_with_the_office_is_not_made_graver_until_it_is_sent_back(ruled, town):
    reported(town, 4, 5)
    fire(at=at(6, 8))
    order = ruled.take(ruled.take(about(town).get(), "sign", at(6, 9)), "answer", at(6, 9))
    outcome = fire(at=at(6, 23))
    assert (outcome.issued, outcome.deepened, outcome.added, about(town).get().colour) == ([], [], [], "blue")
    ruled.take(order, "return", at(6, 24))
    assert fire(at=at(6, 24)).deepened == [order.pk]
    assert "要求：亮红灯已满三周" in OrderStep.objects.get(order=order, step="deepen").text


@pytest.mark.parametrize("ending", ["cleared", "withdrawn"])
def test_a_cause_whose_order_has_ended_does_not_come_back_while_it_lasts_but_does_graver(ruled, town, ending):
    reported(town, 4, 5)
    fire(at=at(6, 8))
    order = about(town).get()
    ruled.proven(ruled.take(order, "sign", at(6, 8, 11)), moment=at(6, 8, 11))
    for step in ("answer", "review", "clear") if ending == "cleared" else ("withdraw",):
        order = ruled.take(order, step, at(6, 8, 11))
    outcome = fire(at=at(6, 12))
    assert about(town).count() == 1
    assert f"measure:{town.measure('A1.2').pk}" in outcome.passed_over
    fire(at=at(6, 15))
    first, second = about(town).order_by("pk")
    assert (first.state, second.state, second.colour) == (ending, "issued", "yellow")


def test_a_cause_that_begins_anew_has_an_order_anew(ruled, town):
    """Done, so no longer red; then the second milestone is overdue."""
    reported(town, 4, 5)
    fire(at=at(6, 8))
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 6, 9), "已验收", "验收单", by=None, at=at(6, 9))
    order = about(town).get()
    for step in ("withdraw",):
        order = ruled.take(order, step, at(6, 10))
    reported(town, 6)
    fire(at=at(7, 7))
    assert about(town).count() == 1
    fire(at=at(7, 8))  # 工地全部接入 was due on 30 June: red since 1 July
    assert [one.colour for one in about(town).order_by("pk")] == ["blue", "blue"]


def test_reports_not_handed_in_are_one_order_for_a_department_not_one_for_each_light(ruled, town):
    """Every light of the county is red for want of reports, and no order is about a light. A collective name means its first department."""
    fire(at=at(5, 12))  # April was due on 8 May: two working days
    orders = Order.objects.filter(cause__startswith="reports:")
    assert {order.department.name for order in orders} == {
        "交通局",
        "城建局",
        "水务局",
    }
    assert Order.objects.count() == orders.count()
    assert Order.objects.get(department__name="城建局").title == "2份进展报告逾期未报"


def test_a_report_that_is_handed_in_is_owed_no_more(ruled, town):
    reported(town, 4)
    assert fire(at=at(5, 20)).issued == []


def test_who_leads_no_more_gets_no_order(ruled, town):
    Department.objects.filter(name="交通局").update(active=False)
    fire(at=at(5, 12))
    assert not Order.objects.filter(department__name="交通局").exists()


def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_its_last(ruled, town):
    reported(town, 4, 5)
    OrderRule.objects.filter(kind="red_light").update(active_from=date(2020, 6, 12), active_to=date(2020, 6, 13))
    assert not fire(at=at(6, 11)).issued
    assert not fire(at=at(6, 13)).issued
    assert len(fire(at=at(6, 12)).issued) == 1


def test_outside_the_plan_s_year_nothing_of_it_is_issued(ruled):
    assert fire(at=at(1, 20, year=2021)).issued == []
    assert fire(at=at(2, 20)).issued == []


def test_a_past_day_is_judged_by_what_was_known_then(desk, town):
    """A milestone marked later leaves the run as it was on the day."""
    reported(town, 4, 5)
    mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 6, 9), "已验收", "验收单", by=None, at=at(6, 9))
    then = {seen.key: seen for seen in gather(town.programme, date(2020, 6, 8), Back(10, 0)).measures}
    later = {seen.key: seen for seen in gather(town.programme, date(2020, 6, 9), Back(10, 0)).measures}
    assert (then["A1.2"].red_since, later["A1.2"].red_since) == (date(2020, 6, 1), None)
    assert (then["A1.1"].red_since, then["A2.2"].department) == (None, Department.objects.get(name="水务局").pk)


def test_a_quiet_run_asks_as_often_for_many_orders_as_for_few(ruled, town):
    fire(at=at(5, 12))
    climb(at=at(5, 12))
    with CaptureQueriesContext(connection) as few:
        fire(at=at(5, 12, 12))
        climb(at=at(5, 12, 12))
    for number in range(12):
        ruled.issued(at(5, 12), due_at=at(5, 20), title=f"第{number}件", cause=f"x:{number}")
    with CaptureQueriesContext(connection) as many:
        fire(at=at(5, 12, 13))
        climb(at=at(5, 12, 13))
    assert len(few) == len(many) <= 30
