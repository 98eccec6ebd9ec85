"""A desk at which the problems of the invented county are dealt with."""

import os

import pytest
from case_desk import Desk
from made_kinds import PLAIN, TRUCK
from stage import at

from gongjian.cases import registry
from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.people.roles import Role

# SQLite has one writer at a time: the second waits at BEGIN, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_case_together.py"]


@pytest.fixture
def desk(town, db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    registry.register(PLAIN, TRUCK)
    people.give_post(town.user("xinren"), Role.HEAD, Department.objects.get(name="交通局"), by=None, at=at(3, 3))
    yield Desk(town)
    registry.forget("plain", "truck")
