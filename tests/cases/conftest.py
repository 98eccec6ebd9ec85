"""A desk at which the problems of the invented county are dealt with."""

import pytest
from case_desk import Desk
from made_kinds import PLAIN, TRUCK
from stage import at

from gongjian.cases import registry
from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.people.roles import Role


@pytest.fixture
def desk(town, db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    registry.register(PLAIN, TRUCK)
    people.give_post(town.user("xinren"), Role.HEAD, Department.objects.get(name="交通局"), by=None, at=at(3, 3))
    yield Desk(town)
    registry.forget("plain", "truck")
