"""The demonstration: made by the first process that needs it, and brought to the others."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import kept_database
import ready_database
from django.conf import settings
from django.db import connection

NAME = "demonstration"
LIVE = "telemetry.sqlite3"
OWN = shutil.ignore_patterns("gongjian.sqlite3*", f"{LIVE}*", "secret-key")  # what a process has of its own, or is copied otherwise


def make_or_bring(copies: kept_database.InSqlite | kept_database.InPostgres) -> str:
    """The name under which the copies have it. The database is left with it, or as it was: bring back what you need."""
    folder = ready_database.FOLDER / f"{NAME}-{connection.vendor}-{ready_database.state()}-{datetime.now(UTC):%Y%m%d}"
    with ready_database.alone():
        if folder.exists():
            copies.adopt(NAME, folder)
            shutil.copytree(folder / "home", settings.HOME, dirs_exist_ok=True)
        else:
            _make(copies, folder)
    return NAME


def _make(copies: kept_database.InSqlite | kept_database.InPostgres, folder: Path) -> None:
    from gongjian.project.first_run import prepare

    for old in folder.parent.glob(f"{NAME}-{connection.vendor}-*"):
        if ready_database.is_old(old):
            copies.withdraw(old)
            shutil.rmtree(old)
    prepare(say=str)
    copies.keep(NAME)
    unfinished = folder.with_name(f"unfinished-{connection.vendor}")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(settings.HOME, unfinished / "home", ignore=OWN)
    if (Path(settings.HOME) / LIVE).exists():
        with closing(sqlite3.connect(Path(settings.HOME) / LIVE)) as live, closing(sqlite3.connect(unfinished / "home" / LIVE)) as kept:
            live.backup(kept)
    copies.give(NAME, unfinished if connection.vendor == "sqlite" else folder)
    unfinished.rename(folder)
