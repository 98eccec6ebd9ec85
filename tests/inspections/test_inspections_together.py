"""Two at one task, one turn or one draw at the same moment: it happens once, and the second is told or answered with the first."""

import threading

import pytest
import stage
from django.db import connections
from inspection_desk import BAD, SAMPLE, SPOT, Desk, picture
from stage import at

from gongjian.cases import registry
from gongjian.cases.models import Case
from gongjian.inspections import checklists
from gongjian.inspections.actions.doing import fill, finish
from gongjian.inspections.actions.drawing import draw_lots, freeze
from gongjian.inspections.actions.evidencing import attach
from gongjian.inspections.actions.opening import open_turns
from gongjian.inspections.models import DrawObject, DutyTurn, Filling, Task, TaskEvidence

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    registry.register(SPOT)
    checklists.register(SAMPLE)
    yield Desk(stage.build())
    registry.forget(SPOT.slug)
    checklists.forget(SAMPLE.slug)


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


def test_one_sending_arriving_twice_at_once_is_one(desk):
    task, user = desk.task(), desk.user("jiaotong")
    assert both(*[lambda: fill(task, BAD, by=user, at=at(4, 2), key="phone")] * 2) == ["Filling", "Filling"]
    assert both(*[lambda: attach(task, [picture()], item="gate", by=user, at=at(4, 2))] * 2) == ["list", "list"]
    assert Filling.objects.count() == TaskEvidence.objects.count() == 1
    assert both(*[lambda: finish(task, by=user, at=at(4, 2), key="f")] * 2) == ["Task", "Task"]
    assert Case.objects.count() == 1


def test_two_timetables_open_a_turn_once(desk):
    desk.firm()
    desk.duty()
    both(*[lambda: open_turns(at=at(4, 1))] * 2)
    assert DutyTurn.objects.count() == Task.objects.count() == 1


def test_two_who_draw_draw_once(desk):
    for number in range(6):
        desk.firm(number)
    plan = freeze(desk.plan(), desk.inspectors(), by=None, at=at(4, 2))
    acts = [lambda seed=seed: draw_lots(plan, seed, by=None, at=at(4, 4), known_at=at(4, 3)) for seed in "12"]
    assert both(*acts) == ["DrawPlan", "Refusal"]
    assert DrawObject.objects.filter(order__isnull=False).count() == 3
