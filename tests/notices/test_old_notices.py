"""What an older installation has in its outbox is found in inboxes after the upgrade."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

AT = datetime(2020, 10, 30, 2, 0, tzinfo=UTC)
BEFORE, AFTER = ("notices", "0001_initial"), ("notices", "0004_deliveries_tell_what_became")


def as_of(migration):
    executor = MigrationExecutor(connection)
    executor.migrate([migration])
    return MigrationExecutor(connection).loader.project_state([migration, ("people", "0001_initial")]).apps


@pytest.fixture
def older(transactional_db):
    yield as_of(BEFORE)
    call_command("migrate", verbosity=0)


def test_what_was_delivered_is_read_and_what_was_not_is_unread_and_nothing_is_lost(older):
    wang = older.get_model("people", "User").objects.create(username="wang")
    dispatches = older.get_model("notices", "Dispatch").objects
    dispatches.create(key="a.b:1", title="送到了", to=[wang.pk, "guest@example.org"], created_at=AT, delivered_at=AT, attempts=1)
    dispatches.create(key="a.b:2", title="没送到", to=[wang.pk, wang.pk, 999_999], created_at=AT, attempts=5, trouble="链条断了")
    newer = as_of(AFTER)
    deliveries = newer.get_model("notices", "Delivery").objects.order_by("pk")
    assert [(one.dispatch.title, one.user_id, one.channel, one.state, one.delivered_at, one.read_at) for one in deliveries] == [
        ("送到了", wang.pk, "inbox", "delivered", AT, AT),
        ("没送到", wang.pk, "inbox", "delivered", AT, None),
    ]
