"""Opening a live store at a place that is known, without Django: a writer process needs no more."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import psycopg

from gongjian.telemetry.live.port import LiveStore, NotStoredError
from gongjian.telemetry.live.postgres import PostgresLive
from gongjian.telemetry.live.sqlite import SqliteLive

Place = Path | dict[str, Any]  # a file, or what psycopg connects with


def opened(at: Place, archive: Path | None = None) -> LiveStore:
    """The store at a place, with a connection of its own. NotStoredError where it cannot be opened.

    ``archive`` is the folder of its archived months; who only writes need not know it.
    """
    try:
        return SqliteLive(at, archive) if isinstance(at, Path) else PostgresLive(at, archive)
    except (sqlite3.Error, psycopg.Error) as error:
        msg = f"实时数据库打不开（{error}）：请检查文件权限、磁盘空间或 PostgreSQL。"
        raise NotStoredError(msg, full=getattr(error, "sqlite_errorname", "") == "SQLITE_FULL") from error
