"""Two people at one assessment at the same moment: one is first, the other is told; one form is one objection."""

import threading
from datetime import date

import pytest
import stage
from assessing import SEPTEMBER, Office
from django.db import connections
from stage import at

from gongjian.assessment.actions import objecting
from gongjian.assessment.actions.drafting import draft
from gongjian.assessment.actions.schemes import seed_scheme
from gongjian.assessment.actions.stepping import send_out
from gongjian.assessment.models import Assessment, Objection
from gongjian.people import actions as people
from gongjian.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(transactional_db):
    town = stage.build()
    seed_scheme(by=None, at=at(3, 3))
    second = people.create_user("tongchou-er", "统筹办第二人", None, by=None, at=at(3, 2))
    people.give_post(second, Role.COORDINATOR, since=date(2020, 1, 1), by=None, at=at(3, 2))
    return Office(town)


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


def test_two_who_begin_one_period_begin_it_once(office):
    def begin(name):
        return lambda: draft(SEPTEMBER, by=office.user(name), at=at(10, 9))

    assert both(begin("tongchou"), begin("tongchou-er")) == ["Assessment", "Refusal"]
    assert Assessment.objects.count() == 1


def test_two_who_send_one_draft_send_it_once(office):
    drafted = office.drafted()

    def send(name):
        return lambda: send_out(drafted, by=office.user(name), at=at(10, 9))

    assert both(send("tongchou"), send("tongchou-er")) == ["Assessment", "NotAllowed"]


def test_one_form_that_arrives_twice_at_once_is_one_objection_and_two_forms_are_not_two(office):
    sent = office.sent()
    row = office.rows(sent, "城建局", "reports")[0].key

    def made(token, by="chengjian"):
        return lambda: office.objected(sent, row=row, token=token, by=by)

    assert both(made("one"), made("one")) == ["Objection", "Objection"]
    assert Objection.objects.count() == 1
    row = ""
    assert both(made("two"), made("three", "chengjian-zhang")) == ["Objection", "Refusal"]


def test_one_objection_is_answered_once(office):
    objection = office.objected(office.sent())

    def turn_down():
        return objecting.reject(objection, "不属实", by=office.user("tongchou"), at=at(10, 13))

    def correct():
        return objecting.propose(objection, 100, "属实", by=office.user("tongchou-er"), at=at(10, 13))

    assert both(turn_down, correct) == ["Objection", "Refusal"]
