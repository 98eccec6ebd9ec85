"""A desk at which the supervision orders of the invented county are dealt with."""

import os

import pytest
from order_desk import OrderDesk
from stage import at

from gongjian.supervision.actions.ruling import seed_rules

# SQLite has one writer at a time: the second waits at BEGIN, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_orders_together.py"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(town, db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    return OrderDesk(town)


@pytest.fixture
def ruled(desk):
    """The desk with the rules and the ladder that come with the house, in force since January."""
    seed_rules(by=None, at=at(1, 1))
    return desk


@pytest.fixture
def sign_in(client, town):
    def _sign_in(name):
        client.force_login(town.user(name), backend=BACKEND)
        return client

    return _sign_in


@pytest.fixture
def recent(desk):
    """Orders of the demonstration's days."""

    def _recent(state="issued", **said):
        return desk.at_state(state, at(10, 29), **{"due_at": at(11, 5, 18)} | said)

    return _recent
