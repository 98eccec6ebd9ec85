"""The live store of this installation: in the database where that is PostgreSQL, else in a file of its own beside it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from gongjian.telemetry.live.port import LiveStore
from gongjian.telemetry.live.postgres import PostgresLive
from gongjian.telemetry.live.sqlite import SqliteLive

_DJANGO_S = {"assume_role", "isolation_level", "pool", "server_side_binding"}  # options psycopg does not know
_kept = threading.local()


def place() -> Path | dict[str, Any]:
    """Where it is: a file, or what psycopg connects with. Can be handed to another process."""
    if connection.vendor != "postgresql":
        return Path(settings.HOME) / "telemetry.sqlite3"
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = connection.settings_dict
    options = {name: value for name, value in known.get("OPTIONS", {}).items() if name not in _DJANGO_S}
    return options | {name: known[key] for key, name in names.items() if known.get(key)}


def opened(at: Path | dict[str, Any]) -> LiveStore:
    """The store at a place, with a connection of its own."""
    return SqliteLive(at) if isinstance(at, Path) else PostgresLive(at)


def live() -> LiveStore:
    """The store of this installation, one for each thread."""
    at = place()
    if getattr(_kept, "at", None) != at:
        _kept.store, _kept.at = opened(at), at
    store: LiveStore = _kept.store
    return store
