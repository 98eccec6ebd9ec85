"""Two at one order at the same moment: one is first, the other is told; numbers and causes are given once. PostgreSQL only."""

import threading

import pytest
import stage
from django.db import connections
from order_desk import OrderDesk
from stage import at

from gongjian.supervision.actions.climbing import climb
from gongjian.supervision.actions.firing import fire
from gongjian.supervision.actions.ruling import seed_rules
from gongjian.supervision.models import Order, OrderFact, OrderStep, RungClimbed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db):
    return OrderDesk(stage.build())


def both(*acts):
    """Run the acts at once, each on its own connection; what each came to: its result's name, or the refusal."""
    ready, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        ready.wait()
        try:
            outcomes[number] = type(act()).__name__
        except Exception as error:  # noqa: BLE001 - what it was is what is asserted
            outcomes[number] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_who_sign_one_order_sign_it_once(desk):
    order = desk.issued()

    def sign(name):
        return lambda: desk.take(order, "sign", by=name, version=order.version)

    assert both(sign("chengjian"), sign("chengjian-zhang")) == ["Order", "Refusal"]
    assert OrderStep.objects.filter(order=order, step="sign").count() == 1


def test_one_form_that_arrives_twice_at_once_is_one_step_and_one_order(desk):
    order = desk.issued()

    def sign():
        return desk.take(order, "sign", by="chengjian", version=order.version, token="a" * 32)

    assert both(sign, sign) == ["Order", "Order"]
    assert OrderStep.objects.filter(order=order, step="sign").count() == 1

    def issue():
        return desk.issued(by="tongchou", title="又一件", token="b" * 32)

    assert both(issue, issue) == ["Order", "Order"]
    again = Order.objects.get(title="又一件")
    assert OrderStep.objects.filter(order=again).count() == OrderFact.objects.filter(order=again).count() == 1


def test_orders_issued_at_once_have_numbers_of_their_own(desk):
    acts = [lambda number=number: desk.issued(by="tongchou", title=f"第{number}件") for number in range(4)]
    assert both(*acts) == ["Order"] * 4
    assert sorted(Order.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


def test_two_timetables_issue_once_and_climb_once(desk):
    seed_rules(by=None, at=at(1, 1))
    both(*[lambda: fire(at=at(5, 12))] * 2)
    causes = list(Order.objects.values_list("open_cause", flat=True))
    assert causes
    assert len(set(causes)) == len(causes) == OrderFact.objects.count()
    both(*[lambda: climb(at=at(5, 14))] * 2)
    climbed = list(RungClimbed.objects.values_list("order", "rung", "since"))
    assert climbed
    assert len(set(climbed)) == len(climbed)
