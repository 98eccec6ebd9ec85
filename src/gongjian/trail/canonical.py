"""The one byte form of an event that its digest is taken of.

It must come out the same when the event is read back from SQLite (JSON as text) and PostgreSQL (jsonb, which forgets how a number
was written), so contents are made plain before they are stored: what the two could write differently never goes in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from math import isfinite
from typing import Any

FORM = "gongjian.event.1"  # a later form gets a later number, so that old digests stay true
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL takes neither NUL nor half a surrogate pair


def clean(text: str) -> str:
    """``text`` with what no database stores replaced by U+FFFD."""
    return UNSTORABLE.sub("\ufffd", text)


def plain(value: Any) -> Any:
    """``value`` as JSON of one fixed spelling: dates as ISO 8601, decimals as written, whole floats as integers, the rest as text."""
    if value is None or isinstance(value, (bool, str, int, float, Enum)):
        return _single(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=_spelt)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, datetime, time)) else clean(str(value))


def _single(value: Any) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return clean(str(value))
    if isinstance(value, float):
        return _number(value)
    return value if value is None or isinstance(value, bool) else int(value)


def _number(value: float) -> float | str:
    if not isfinite(value):
        return str(value)
    return int(value) if value.is_integer() else value


def _spelt(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(at: datetime, *content: Any) -> str:
    """SHA-256 (hex) of an event's content, ``at`` first, then its other fields in the order of ``models.CONTENT``."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_spelt([FORM, moment, *content]).encode()).hexdigest()


def batch_digest(*head: Any, leaves: bytes, sealed_at: datetime) -> str:
    """SHA-256 (hex) of a batch: its head (sequence, first, last, count, previous), its leaves and when it was sealed."""
    return digest_of(sealed_at, *head, hashlib.sha256(leaves).hexdigest())
