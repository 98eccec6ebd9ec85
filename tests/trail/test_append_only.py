"""Nothing in the log can be changed or deleted, by Python or by SQL."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from trail.moments import START

from gongjian.trail import triggers
from gongjian.trail.actions import seal
from gongjian.trail.appendonly import AppendOnlyError
from gongjian.trail.models import Batch, Event
from gongjian.trail.queries import verify


@pytest.fixture(params=[Event, Batch])
def row(request, write):
    write()
    seal(now=START)
    return request.param.objects.get()


def test_python_refuses_to_save_a_row_again(row):
    with pytest.raises(AppendOnlyError, match="只能追加"):
        row.save()


def test_python_refuses_to_delete_a_row(row):
    with pytest.raises(AppendOnlyError):
        row.delete()


@pytest.mark.parametrize("door", ["update", "delete", "bulk_update", "upsert"])
def test_python_refuses_to_change_rows_in_bulk(row, door):
    rows = type(row).objects.all()
    doors = {
        "update": lambda: rows.update(digest="0" * 64),
        "delete": rows.delete,
        "bulk_update": lambda: rows.bulk_update([row], ["digest"]),
        "upsert": lambda: rows.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["digest"]),
    }
    with pytest.raises(AppendOnlyError):
        doors[door]()


@pytest.mark.parametrize("statement", ["UPDATE {table} SET digest = 'x'", "DELETE FROM {table}"])
def test_the_database_refuses_even_raw_sql(row, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=row._meta.db_table))
    assert verify().ok


def test_the_database_refuses_to_put_another_row_in_the_place_of_one(row):
    table = row._meta.db_table
    replace = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",  # noqa: S608 - a test's own words
        "postgresql": f"TRUNCATE {table}",
    }
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace[connection.vendor])
    assert verify().ok


def test_every_trigger_stands_after_all_migrations(db):
    """A migration that rebuilds a table on SQLite loses its triggers without a word."""
    assert triggers.missing(connection) == set()


def test_lifted_triggers_are_put_back_even_when_something_breaks(db):
    with pytest.raises(AssertionError, match="broken"), triggers.lifted(connection):
        assert triggers.missing(connection) == set(), "broken"
    assert triggers.missing(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_wiping_the_whole_database_wipes_the_log_and_leaves_it_guarded(write):
    with transaction.atomic():
        write()
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    assert triggers.missing(connection) == set()
