"""Whole copies of the test database, kept aside and brought back: a demonstration is made once and used by every test."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from time import sleep

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

FILE = "database.sqlite3"
PATIENCE = 100  # tenths of a second


class InSqlite:
    """Copies in memory, by SQLite's own backup: some milliseconds."""

    def __init__(self) -> None:
        self.kept: dict[str, sqlite3.Connection] = {}

    def keep(self, name: str) -> None:
        """Copy the database as it is."""
        connection.ensure_connection()
        self.kept[name] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self.kept[name])

    def bring_back(self, name: str) -> None:
        """Make the database what it was."""
        connection.ensure_connection()
        for attempt in range(PATIENCE):  # the server may still answer what a closed browser asked
            try:
                self.kept[name].backup(connection.connection)
                break
            except sqlite3.OperationalError:
                if attempt == PATIENCE - 1:
                    raise
                sleep(0.1)
        ContentType.objects.clear_cache()

    def give(self, name: str, folder: Path) -> None:
        """Lay a copy where another process finds it."""
        with closing(sqlite3.connect(folder / FILE)) as given:
            self.kept[name].backup(given)

    def adopt(self, name: str, folder: Path) -> None:
        """Take what another process laid there."""
        self.kept[name] = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(folder / FILE)) as given:
            given.backup(self.kept[name])

    def withdraw(self, folder: Path) -> None:
        """Take away what was laid there."""
        (folder / FILE).unlink(missing_ok=True)

    def forget(self) -> None:
        """Let the copies go."""
        for copy in self.kept.values():
            copy.close()


class InPostgres:
    """Copies as databases of their own, each made with the other as its template."""

    def __init__(self) -> None:
        self.database: str = connection.settings_dict["NAME"]
        self.kept: set[str] = set()

    def keep(self, name: str) -> None:
        """Copy the database as it is."""
        self.kept.add(name)
        self._copy(self.database, self._named(name))

    def bring_back(self, name: str) -> None:
        """Make the database what it was."""
        self._copy(self._named(name), self.database)
        ContentType.objects.clear_cache()

    def give(self, name: str, folder: Path) -> None:
        """Lay a copy where another process finds it."""
        self._copy(self._named(name), _given(folder))

    def adopt(self, name: str, folder: Path) -> None:
        """Take what another process laid there."""
        self.kept.add(name)
        self._copy(_given(folder), self._named(name))

    def withdraw(self, folder: Path) -> None:
        """Take away what was laid there."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{_given(folder)}"')

    def forget(self) -> None:
        """Let the copies go."""
        with connection._nodb_cursor() as cursor:
            for name in self.kept:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self._named(name)}" WITH (FORCE)')

    def _named(self, name: str) -> str:
        return f"{self.database}_{name}"

    def _copy(self, source: str, target: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:  # nobody may be at work in either
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
            cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY')


def _given(folder: Path) -> str:
    return f"gongjian_{folder.name.replace('-', '_')}"


def copies() -> InSqlite | InPostgres:
    """For the database the tests run on."""
    return {"sqlite": InSqlite, "postgresql": InPostgres}[connection.vendor]()
