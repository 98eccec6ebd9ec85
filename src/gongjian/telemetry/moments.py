"""Moments as whole numbers, and which day a label belongs to. Pure.

Chinese monitoring keeps one clock all year, UTC+8. A label names the END of what it is a mean of: the hour labelled 16:00 is the mean
of 15:00–16:00, and a day's hours are labelled 1 to 23 and the next day's 0 (conventions of GB 3095 and HJ 633). Feeds that label by
the start of the hour (HJ 212-2017) are shifted before they are written.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

CLOCK = timezone(timedelta(hours=8), "CST")
OFFSET = 8 * 3600  # seconds
DAY = 24 * 3600  # seconds
FOREVER = 2**63 - 1  # the moment at which a standing version is replaced, in microseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)


def seconds(label: datetime) -> int:
    """A label as whole seconds since 1970 (UTC); ValueError for one without a time zone or with a part of a second."""
    if label.tzinfo is None or label.microsecond:
        msg = f"a label is a whole second with a time zone, not {label!r}"
        raise ValueError(msg)
    return (label - _EPOCH) // _SECOND


def from_seconds(number: int) -> datetime:
    """The label, on the monitoring clock."""
    return datetime.fromtimestamp(number, CLOCK)


def micros(moment: datetime) -> int:
    """A moment of entering or replacing as microseconds since 1970 (UTC)."""
    return (moment - _EPOCH) // _MICROSECOND


def from_micros(number: int) -> datetime | None:
    """The moment, on the monitoring clock; None for ``FOREVER``."""
    return None if number == FOREVER else (_EPOCH + timedelta(microseconds=number)).astimezone(CLOCK)


def day_number(label: int) -> int:
    """Days since 1970 of the day a label (seconds) belongs to; midnight belongs to the day that ends with it."""
    return (label + OFFSET - 1) // DAY


def day_of(number: int) -> date:
    """The day with this number."""
    return date.fromordinal(_EPOCH_ORDINAL + number)


def number_of(day: date) -> int:
    """The number of this day."""
    return day.toordinal() - _EPOCH_ORDINAL


def begin(day: date) -> int:
    """The midnight a day begins with, in seconds: labels of the day are greater than this, up to ``end``."""
    return number_of(day) * DAY - OFFSET


def end(day: date) -> int:
    """The midnight a day ends with, in seconds, the label of its last hour."""
    return begin(day) + DAY
