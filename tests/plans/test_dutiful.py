"""A duty commitment is judged by the turns of the duty entered under its words and period, as they stood on the day."""

from datetime import date

import pytest
import stage
from stage import at

from gongjian.inspections.actions.doing import fill, finish
from gongjian.inspections.actions.keeping import Asked, enter_duty
from gongjian.inspections.actions.opening import open_turns
from gongjian.inspections.models import Task
from gongjian.people.models import Department
from gongjian.plans.lights import Light
from gongjian.plans.planfile import model
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import board
from gongjian.plans.queries.detail import detail

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    town = stage.build()
    duty = model.Commitment(CommitmentKind.DUTY, every="month", what="行业通报")
    stage.load(stage.changed(stage.plan(), "A2.1", commitments=(duty,)), moment=at(3, 3), slug=stage.SLUG)
    return town


def entered(**said):
    values = {
        "code": "bulletin", "title": "扬尘通报", "called": "行业通报", "department": Department.objects.get(name="城建局"),
        "every": "month", "checklist": "work-record", "since": date(2020, 4, 1),
    }  # fmt: skip
    return enter_duty(Asked(**values | said), by=None, at=at(3, 20))


def done(task, moment):
    fill(task, {"content": "发出通报", "outcome": "normal"}, by=None, at=moment, key="k")
    finish(task, by=None, at=moment)


def verdict(town, on):
    ((_, told),) = detail(town.measure("A2.1"), on).judged.commitments
    return told


def test_every_light_in_its_time(county):
    entered()
    open_turns(at=at(4, 1))
    assert verdict(county, date(2020, 4, 10)).light is Light.GREEN
    assert verdict(county, date(2020, 4, 25)).light is Light.AMBER
    assert verdict(county, date(2020, 4, 25)).reasons == ("“行业通报”应履行1次，已履行0次，本次4月30日到期，还有5天",)
    assert verdict(county, date(2020, 5, 1)).light is Light.RED
    assert "1次到期未履行" in verdict(county, date(2020, 5, 1)).reasons[0]
    done(Task.objects.get(), at(5, 4))
    assert verdict(county, date(2020, 5, 4)).light is Light.GREEN
    assert verdict(county, date(2020, 5, 3)).light is Light.RED  # as it was known then


def test_a_year_of_turns_done_is_blue(county):
    entered(since=date(2020, 11, 1))
    open_turns(at=at(12, 1))
    for task in Task.objects.order_by("due_on"):
        done(task, at(12, 2))
    assert verdict(county, date(2020, 12, 2)).light is Light.BLUE


@pytest.mark.parametrize("said", [None, {"called": "别的"}, {"every": "quarter"}])
def test_what_nobody_entered_under_these_words_and_period_stays_grey(county, said):
    if said:
        entered(**said)
    assert verdict(county, date(2020, 5, 10)).light is Light.GREY
    assert "履行记录未接入" in verdict(county, date(2020, 5, 10)).reasons[0]


def test_before_the_duty_was_entered_nothing_was_known(county):
    entered()
    assert verdict(county, date(2020, 3, 19)).light is Light.GREY


def test_the_map_and_the_measure_tell_it_and_lead_to_the_tasks(county, client):
    duty = entered()
    row = next(row for row in board(county.programme, date(2020, 5, 10)).rows if row.key == "A2.1")
    assert row.light is Light.RED
    client.force_login(county.user("lingdao"), backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/measure/{county.measure('A2.1').pk}/?on=2020-05-10").content.decode()
    assert f'href="/inspections/duties/{duty.pk}/"' in page
