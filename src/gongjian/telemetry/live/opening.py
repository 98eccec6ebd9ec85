"""The live store of this installation: in the database where that is PostgreSQL, else in a file of its own beside it."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings
from django.db import connection

from gongjian.telemetry.live.places import Place, opened
from gongjian.telemetry.live.port import LiveStore

_NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
_DJANGO_S = {"assume_role", "isolation_level", "pool", "server_side_binding"}  # options psycopg does not know
_kept = threading.local()


def place() -> Place:
    """Where it is; can be handed to another process."""
    if connection.vendor != "postgresql":
        return Path(settings.HOME) / "telemetry.sqlite3"
    known = connection.settings_dict
    options = {name: value for name, value in known.get("OPTIONS", {}).items() if name not in _DJANGO_S}
    return options | {name: known[key] for key, name in _NAMES.items() if known.get(key)}


def live() -> LiveStore:
    """The store of this installation, one for each thread."""
    at = place(), Path(settings.GONGJIAN_ARCHIVE)
    if getattr(_kept, "at", None) != at:
        _kept.store, _kept.at = opened(*at), at
    store: LiveStore = _kept.store
    return store
