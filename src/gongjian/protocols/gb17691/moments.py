"""Moments of six bytes: year less 2000, month, day, hour, minute, second, GMT+8."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8), "CST")
SIZE: Final = 6
_CENTURY: Final = 2000
_LAST: Final = 255


def moment(data: bytes) -> datetime | None:
    """The moment; None where the six bytes are none: a clock that was never set says so with zeros or FF."""
    if len(data) != SIZE:
        return None
    year, month, day, hour, minute, second = data
    try:
        return datetime(_CENTURY + year, month, day, hour, minute, second, tzinfo=BEIJING)
    except ValueError:
        return None


def moment_bytes(at: datetime) -> bytes:
    """The six bytes; ValueError for a moment without a time zone or outside the years 2000 to 2255."""
    local = at.astimezone(BEIJING)
    if at.tzinfo is None or not _CENTURY <= local.year <= _CENTURY + _LAST:
        msg = f"a moment on the wire has a time zone and a year of 2000 to 2255, not {at!r}"
        raise ValueError(msg)
    return bytes([local.year - _CENTURY, local.month, local.day, local.hour, local.minute, local.second])
