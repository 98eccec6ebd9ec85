"""A desk at which the duties and inspections of the invented county are carried out."""

import os

import pytest
from inspection_desk import SAMPLE, SPOT, Desk

from gongjian.cases import registry
from gongjian.inspections import checklists

# SQLite has one writer at a time: the second waits at BEGIN, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_inspections_together.py"]


@pytest.fixture
def desk(town, db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    registry.register(SPOT)
    checklists.register(SAMPLE)
    yield Desk(town)
    registry.forget(SPOT.slug)
    checklists.forget(SAMPLE.slug)


@pytest.fixture
def sign_in(client, town, db):
    """The client as that person; None is a visitor."""

    def _sign_in(name):
        client.logout()
        if name:
            client.force_login(town.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in
