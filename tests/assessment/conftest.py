"""The invented county with a month to assess: reports in time, late and missing, promises of every light, and a scheme for it."""

import os

import pytest
from assessing import Office
from django.db import transaction
from stage import at

from gongjian.assessment.actions.schemes import seed_scheme
from gongjian.assessment.models import Scheme
from gongjian.people import actions as people
from gongjian.people.roles import Role

# SQLite has one writer at a time: the second waits at BEGIN, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_assessment_together.py"]


@pytest.fixture(scope="module")
def assessed_town(town, django_db_blocker):
    """By the end of September: 城建局 handed in late in August's turn, 水务局 in time, 交通局 not at all."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed_scheme(by=None, at=at(3, 3))
        Scheme.objects.update(least_rows=2)  # the county is small
        for month, day in ((4, at(5, 7)), (5, at(6, 2)), (6, at(7, 2)), (7, at(8, 4))):
            town.accepted("A1.2", month, "chengjian", day)
            town.accepted("W1.1", month, "shuiwu", day)
        town.accepted("A1.2", 8, "chengjian", at(9, 7))  # due on the third
        town.accepted("W1.1", 8, "shuiwu", at(9, 3, 23, 59))
        second = people.create_user("tongchou-er", "统筹办第二人", None, by=None, at=at(3, 2))
        people.give_post(second, Role.COORDINATOR, by=None, at=at(3, 2))
        yield town
        transaction.set_rollback(True)


@pytest.fixture
def office(assessed_town, db):
    return Office(assessed_town)


@pytest.fixture
def sign_in(client, office):
    """The client as that person; None is a visitor."""

    def _sign_in(name):
        client.logout()
        if name:
            client.force_login(office.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in
