"""Two people at one case at the same moment: one is first, the other is told; one form is one step however often it arrives."""

import threading

import pytest
import stage
from case_desk import Desk
from django.db import connections
from made_kinds import PLAIN
from stage import at

from gongjian.cases import registry
from gongjian.cases.actions.postponing import answer_for_time, ask_for_time
from gongjian.cases.models import Case, CaseStep, Postponement

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db):
    registry.register(PLAIN)
    yield Desk(stage.build())
    registry.forget("plain")


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


def test_two_who_sign_one_case_sign_it_once(desk):
    case = desk.at_state("handed_over")

    def sign(name):
        return lambda: desk.take(case, "sign", by=name, version=case.version)

    assert both(sign("chengjian"), sign("chengjian-zhang")) == ["Case", "Refusal"]
    assert CaseStep.objects.filter(case=case, step="sign").count() == 1


def test_one_form_that_arrives_twice_at_once_is_one_step_and_one_case(desk):
    case = desk.at_state("handed_over")

    def sign():
        return desk.take(case, "sign", by="chengjian", version=case.version, token="a" * 32)

    assert both(sign, sign) == ["Case", "Case"]
    assert CaseStep.objects.filter(case=case, step="sign").count() == 1

    def find():
        return desk.found(by="jiaotong", token="b" * 32)

    assert both(find, find) == ["Case", "Case"]
    assert Case.objects.filter(token="b" * 32).count() == 1


def test_two_who_ask_for_time_ask_once_and_two_who_answer_answer_once(desk):
    case, people = desk.at_state("handling"), desk.town

    def ask(name):
        return lambda: ask_for_time(case, at(11, 20, 18), "等料", by=people.user(name), at=at(10, 13))

    assert both(ask("chengjian"), ask("chengjian-zhang")) == ["Postponement", "Refusal"]
    asked = Postponement.objects.select_related("case").get()

    def answer(name, granted):
        return lambda: answer_for_time(asked, granted, "工期充足", by=people.user(name), at=at(10, 14))

    assert both(answer("tongchou", True), answer("jiancha", False)) == ["Case", "Refusal"]
