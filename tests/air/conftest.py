"""The built-in years, loaded once for the tests of a module that read them."""

from datetime import UTC, datetime

import pytest

from gongjian.air.actions import load_built_in
from gongjian.air.queries.days import station

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def built_in_loaded(django_db_setup, django_db_blocker):
    """Loads outside any test's transaction and takes all of it away again."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_built_in(by=None, at=AT)
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def yizhuang(built_in_loaded, db):
    return station("yizhuang")
