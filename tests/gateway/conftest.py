"""People at the gateway, and the live store of the installation, emptied."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from gongjian.people import actions
from gongjian.people.models import Department
from gongjian.people.roles import CARDS
from gongjian.telemetry.live import opening
from gongjian.telemetry.live.schema import NAMES
from gongjian.telemetry.queries import live

AT = datetime(2020, 10, 31, 2, 0, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


@pytest.fixture
def person(db):
    """Makes somebody with a role."""

    def make(role):
        user = actions.create_user(role.value, "某人", "long-enough-1", by=None, at=AT)
        department = None
        if CARDS[role].needs_department:
            department = actions.save_department(Department(name="某局", short="某局"), by=None, at=AT)
        actions.give_post(user, role, department, by=None, at=AT)
        return user

    return make


@pytest.fixture
def own_live(db):
    """The live store of this installation, empty."""
    if connection.vendor != "postgresql":
        Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    store = live()
    with store._transaction():
        for name in NAMES:
            store._run(f"DELETE FROM {name}")  # noqa: S608 - own names
    store._shapes = {0: ()}
    yield store
    store.close()
    opening._kept.at = None  # or the test database could not be taken down
