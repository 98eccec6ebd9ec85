"""Moments as HJ 212 writes them: digits of Beijing time, which keeps no summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8), "CST")
SECONDS: Final = 14  # digits of a moment to the second
MILLIS: Final = 17  # digits of a moment to the millisecond
EPOCH_MILLIS: Final = 13  # digits some devices send for QN: milliseconds since 1970
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)
def moment(text: bytes) -> datetime:
    """A moment of 14 digits; ValueError for anything else, and for days and hours that do not exist.

    Devices of a district send the same few labels, which is why they are remembered.
    """
    if len(text) != SECONDS or not text.isdigit():
        msg = f"not fourteen digits: {text!r}"
        raise ValueError(msg)
    parts = (int(text[start : start + 2]) for start in range(4, SECONDS, 2))
    month, day, hour, minute, second = parts
    return datetime(int(text[:4]), month, day, hour, minute, second, tzinfo=BEIJING)


@lru_cache(maxsize=4096)
def minute_exists(text: bytes) -> bool:
    """Whether twelve digits name a minute of the calendar."""
    try:
        moment(text + b"00")
    except ValueError:
        return False
    return True


def precise(text: str) -> datetime | None:
    """The moment of a QN: 17 digits, 14, or 13 as milliseconds since 1970; None where it names none."""
    try:
        if len(text) == EPOCH_MILLIS and text.isascii() and text.isdigit():
            return (_EPOCH + timedelta(milliseconds=int(text))).astimezone(BEIJING)
        millis = text[SECONDS:] or "0"
        if len(text) in {SECONDS, MILLIS} and millis.isdigit():
            return moment(text[:SECONDS].encode()) + timedelta(milliseconds=int(millis))
    except (ValueError, OverflowError):
        return None
    return None


def written(at: datetime) -> str:
    """A moment as 14 digits of Beijing time; ValueError for one without a time zone or before the year 1000."""
    return _local(at).strftime("%Y%m%d%H%M%S")


def written_precisely(at: datetime) -> str:
    """A moment as 17 digits, the form of QN."""
    return f"{written(at)}{_local(at).microsecond // 1000:03d}"


def _local(at: datetime) -> datetime:
    if at.tzinfo is None or at.year < 1000:  # noqa: PLR2004 - four digits of a year
        msg = f"a moment on the wire has a time zone and a year of four digits, not {at!r}"
        raise ValueError(msg)
    return at.astimezone(BEIJING)
