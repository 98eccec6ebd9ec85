"""What the trail's tests share: an actor, a way to record, a way to cheat."""

import os
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from trail.moments import START

from gongjian.trail import triggers
from gongjian.trail.actions import record
from gongjian.trail.subjects import Subject

# SQLite has one writer at a time: an event cannot commit late there, so there is nothing to try
collect_ignore = [] if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else ["test_late_commits.py"]


@dataclass(frozen=True)
class Person:
    """Somebody with a number and a name."""

    pk: int
    name: str

    def __str__(self):
        return self.name


@pytest.fixture
def wang():
    return Person(7, "王经办")


@pytest.fixture
def write(db, wang):
    """Record ``count`` events about one report, a minute apart."""

    def _write(count=1, verb="report.submitted"):
        subject, was, now = Subject("plans.report", "17", "A1.1 十月月报"), {"state": "draft"}, {"state": "submitted"}
        moments = (START + timedelta(minutes=n) for n in range(count))
        return [record(verb, subject, by=wang, at=at, before=was, after=now, note="首报") for at in moments]

    return _write


@pytest.fixture
def cheat(db):
    """Run SQL behind the log's back: the triggers dropped first, as somebody with the keys to the database would."""

    def _cheat(statement, *parameters):
        triggers.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            assert cursor.rowcount == 1

    return _cheat
