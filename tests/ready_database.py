"""A database with its tables, made once for a state of the source and copied for every process that tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from time import time

from django.apps import apps as registry
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[1]
FOLDER = Path(tempfile.gettempdir()) / f"gongjian-ready-{os.getuid()}"
DAY = 86_400  # seconds
READ = (".py", ".toml", ".json", ".csv")  # what a migration may depend on


@cache
def state() -> str:
    """Twelve hex digits of the source and of what is installed: with another state the tables are made anew."""
    seen = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in READ):
        seen.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return seen.hexdigest()[:12]


@cache
def _key() -> str:
    """The state, and which apps there are: a folder's tests may bring one of their own."""
    apps = sorted((config.label, config.path) for config in registry.get_app_configs())
    own = "".join(label + _words(Path(path)) for label, path in apps if Path(path).is_relative_to(ROOT / "tests"))
    return f"{state()}_{hashlib.sha256((str([label for label, _ in apps]) + own).encode()).hexdigest()[:6]}"


def _words(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))


def bring() -> str:
    """Make the test database of this process; returns the name ``take_away`` wants."""
    before: str = connection.settings_dict["NAME"]
    with alone():
        (_in_sqlite if connection.vendor == "sqlite" else _in_postgres)()
    return before


def take_away(before: str) -> None:
    """Delete the test database; whoever of this process still has a connection to it loses it."""
    if connection.vendor == "postgresql":
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [connection.settings_dict["NAME"]])
    connection.creation.destroy_test_db(before, verbosity=0)


def file() -> Path:
    """The SQLite file with tables and nothing in them. There once a process that tests on SQLite has its database."""
    return FOLDER / f"{_key()}.sqlite3"


@contextmanager
def alone() -> Iterator[None]:
    """Whoever comes second waits and finds it made."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _in_sqlite() -> None:
    if file().exists():
        _without_tables()
        with closing(sqlite3.connect(file())) as kept:
            kept.backup(connection.connection)
        return
    for old in FOLDER.glob("*.sqlite3"):
        if is_old(old):
            old.unlink()
    _with_tables()
    unfinished = file().with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as kept:
        connection.connection.backup(kept)
    unfinished.rename(file())


def _in_postgres() -> None:
    name = f"gongjian_ready_{_key()}"
    known = _templates()
    if name not in known:
        _with_tables()
        connection.close()  # nobody may be at work in what is copied
        with connection._nodb_cursor() as cursor:
            for old in (one for one in known if is_old(FOLDER / one)):
                cursor.execute(f'DROP DATABASE "{old}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}" STRATEGY FILE_COPY')
        (FOLDER / name).touch()
        return
    connection.settings_dict["TEST"]["TEMPLATE"] = name
    _without_tables()


def is_old(mark: Path) -> bool:
    """Whether nobody can be at work with it any more: another checkout may be testing at the same time."""
    return not mark.exists() or mark.stat().st_mtime < time() - DAY


def _templates() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'gongjian_ready_%'")
        return [name for (name,) in cursor.fetchall()]


def _with_tables() -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)


def _without_tables() -> None:
    """What Django's ``create_test_db`` does before it migrates."""
    name = connection.creation._get_test_db_name()
    connection.creation._create_test_db(verbosity=0, autoclobber=True, keepdb=False)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
