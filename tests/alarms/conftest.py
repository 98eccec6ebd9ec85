"""A desk at which the alarms of the invented county are dealt with."""

import os

import pytest
from alarm_desk import build

# SQLite has one writer at a time: the second waits at BEGIN, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_alarm_together.py"]


@pytest.fixture
def desk(town, db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    return build(town)


@pytest.fixture
def sign_in(client, town):
    """A browser signed in as somebody."""

    def _sign_in(who):
        client.logout()
        if who:
            client.force_login(town.user(who), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in
