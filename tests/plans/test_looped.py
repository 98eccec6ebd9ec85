"""A loop is judged by its cases: those of the kind the plan names, as they stood on the day."""

from datetime import date

import pytest
import stage
from stage import at

from gongjian.cases import registry
from gongjian.cases.actions.finding import Finding, find_problem
from gongjian.cases.declaration import CaseKind, Level
from gongjian.kernel.worktime import days
from gongjian.people.models import Department
from gongjian.plans.lights import Light
from gongjian.plans.planfile import model
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.board import board

pytestmark = pytest.mark.django_db
KIND = CaseKind(
    slug="sample-loop", title="样例问题", about="", levels=(Level("general", "一般", {"hand_over": days(2)}),), names=("超标处罚",)
)


@pytest.fixture(autouse=True)
def _kind():
    registry.register(KIND)
    yield
    registry.forget(KIND.slug)


@pytest.fixture
def county():
    town = stage.build()
    loop = model.Commitment(CommitmentKind.LOOP, cases="超标处罚")
    stage.load(stage.changed(stage.plan(), "A2.1", commitments=(loop,)), moment=at(3, 3), slug=stage.SLUG)
    return town


def verdict(town, on):
    row = next(row for row in board(town.programme, on).rows if row.key == "A2.1")
    ((_, told),) = row.judged.commitments
    return told


def test_where_no_problem_was_ever_entered_the_loop_is_grey_not_green(county):
    told = verdict(county, date(2020, 6, 30))
    assert told.light is Light.GREY
    assert "没有登记不等于没有" in told.reasons[0]


def test_an_open_case_in_time_is_green_and_one_past_its_time_red(county):
    origin = Department.objects.get(name="城建局")
    finding = Finding(
        kind=KIND.slug, level="general", title="黑烟", description="路口见黑烟", found_at=at(6, 1), origin=origin, address="路口"
    )
    find_problem(finding, by=county.user("tongchou"), at=at(6, 1, 11))
    assert verdict(county, date(2020, 5, 31)).light is Light.GREY
    assert verdict(county, date(2020, 6, 1)) == (Light.GREEN, ("“超标处罚”未结1件，已结0件",))
    assert verdict(county, date(2020, 6, 30)) == (Light.RED, ("“超标处罚”未结1件，已结0件，其中1件超期未结",))
