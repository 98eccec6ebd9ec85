"""Hours of the day: which day an hourly mean belongs to, and a day's hours in order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

HOURS = 24
_INSTANT = timedelta(microseconds=1)

Hours = Sequence[float | None]  # the 24 hourly means of one day, first hour first; None is a missing hour


class HourLabel(StrEnum):
    """Which end of its hour an hourly mean is labelled by."""

    END = "end"  # GB 3095, HJ 633: 16:00 is the mean of 15:00–16:00
    START = "start"  # HJ 212-2017 (m): 16:00 is the mean of 16:00–17:00


def day_of(label: datetime, labelled: HourLabel = HourLabel.END) -> date:
    """The day an hourly mean belongs to, in the label's own clock; a day's hours are labelled 1…23 and the next day's 0.

    The label names the end of its hour (conventions of GB 3095 and HJ 633, clause numbers not cited), so 00:00 belongs to the day
    before; feeds that label by the start of the hour say so.
    """
    return _inside(label, labelled).date()


def by_day(hours: Iterable[tuple[datetime, float | None]], labelled: HourLabel = HourLabel.END) -> dict[date, list[float | None]]:
    """Labelled hourly means as 24 slots a day, days in order; the order of ``hours`` does not matter.

    A slot without a mean is None: missing, not zero. Raises ValueError when two different means claim one hour, and for a mean
    that is no finite number.
    """
    days: dict[date, list[float | None]] = {}
    for label, value in hours:
        inside = _inside(label, labelled)
        slots = days.setdefault(inside.date(), [None] * HOURS)
        if value is not None:
            _put(slots, inside.hour, value, label)
    return dict(sorted(days.items()))


def known(hours: Hours) -> list[float]:
    """The hourly means that are there."""
    return [value for value in hours if value is not None]


def _inside(label: datetime, labelled: HourLabel) -> datetime:
    """A moment inside the labelled hour."""
    return label - _INSTANT if labelled is HourLabel.END else label


def _put(slots: list[float | None], slot: int, value: float, label: datetime) -> None:
    if not math.isfinite(value) or slots[slot] not in (None, value):
        msg = f"the hour labelled {label:%Y-%m-%d %H:%M} has no one finite mean: {slots[slot]}, {value}"
        raise ValueError(msg)
    slots[slot] = value
