"""The county with something going on, and people at its pages."""

import re
from datetime import date

import pytest
from django.db import transaction
from stage import at

from gongjian.plans.actions.milestones import mark_done

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client, town, db):
    """The client as that person; None is a visitor."""

    def _sign_in(name):
        client.logout()
        if name:
            client.force_login(town.user(name), backend=BACKEND)
        return client

    return _sign_in


@pytest.fixture(scope="module")
def busy(town, django_db_blocker):
    """Reports in every state and a milestone done, by 31 October 2020, the day the demonstration's clock stands on."""
    with django_db_blocker.unblock(), transaction.atomic():
        for month, day in ((4, at(5, 7)), (5, at(6, 2)), (6, at(7, 2)), (7, at(8, 4)), (8, at(9, 2))):
            town.accepted("A1.2", month, "chengjian", day)
            town.accepted("W1.1", month, "shuiwu", day)
        town.returned("A1.2", 9, "chengjian", at(10, 9))
        town.submitted("W1.1", 9, "shuiwu", at(10, 9))
        town.written("A2.1", 9, "jiedao", at(10, 9))
        mark_done(town.commitment("A1.2", what="平台上线"), date(2020, 5, 20), "已验收", "验收单", by=town.user("chengjian"), at=at(5, 21))
        yield town
        transaction.set_rollback(True)


@pytest.fixture
def words():
    """What a page says, without its tags."""
    return lambda answer: " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
