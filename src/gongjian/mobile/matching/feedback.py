"""Whether a failed first test was fed back (I/M): repaired and tested again, or the vehicle disposed of, within the window. Pure.

``WINDOW_DAYS`` is ours: the plan names no time. A vehicle may not be driven on a failed test, and workshops report within days; sixty days
leave room for parts that must be ordered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

WINDOW_DAYS = 60
WINDOW = timedelta(WINDOW_DAYS)


class What(StrEnum):
    """What happened to a vehicle."""

    FAILED = "failed"  # a first test
    REPAIRED = "repaired"
    RETESTED = "retested"
    DISPOSED = "disposed"


ANSWERS = (What.REPAIRED, What.RETESTED, What.DISPOSED)


class Happened(NamedTuple):
    """Something that happened to a vehicle on a day."""

    plate: str
    on: date
    what: What


@dataclass(frozen=True, slots=True)
class Feedback:
    """One failed first test and what answered it by ``due``; the later days are None where nothing did."""

    plate: str
    failed_on: date
    due: date
    repaired_on: date | None
    retested_on: date | None
    disposed_on: date | None

    @property
    def counts(self) -> bool:
        """Whether it was fed back."""
        return self.retested_on is not None or self.disposed_on is not None

    @property
    def why(self) -> str:
        """Why it counts or not."""
        if self.disposed_on is not None:
            return f"已处置（{self.disposed_on:%Y-%m-%d}）"
        if self.retested_on is not None:
            return f"已维修（{self.repaired_on:%Y-%m-%d}）并复检（{self.retested_on:%Y-%m-%d}）"
        if self.repaired_on is not None:
            return f"已维修（{self.repaired_on:%Y-%m-%d}），{self.due:%Y-%m-%d}前没有复检信息"
        return f"{self.due:%Y-%m-%d}前没有维修或处置信息"


def feedbacks(events: Iterable[Happened], first: date, last: date) -> list[Feedback]:
    """Every failed first test whose window ends between two days, by day and plate; the order of ``events`` does not matter.

    Each test is judged once, on the day its window ends, so months add up to their year and what cannot be known yet is in none.
    """
    rows = list(events)
    failed = {(event.plate, event.on) for event in rows if event.what is What.FAILED and first <= event.on + WINDOW <= last}
    concerned = {plate for plate, _ in failed}
    days: dict[tuple[str, What], set[date]] = defaultdict(set)
    for event in rows:
        if event.plate in concerned:
            days[event.plate, event.what].add(event.on)
    found = [_answered(plate, on, {what: sorted(days[plate, what]) for what in ANSWERS}) for plate, on in failed]
    return sorted(found, key=lambda one: (one.failed_on, one.plate))


def _answered(plate: str, failed: date, days: Mapping[What, Sequence[date]]) -> Feedback:
    due = failed + WINDOW
    repaired = _next(days[What.REPAIRED], failed, due)
    retested = _next(days[What.RETESTED], repaired, due) if repaired else None
    return Feedback(plate, failed, due, repaired, retested, _next(days[What.DISPOSED], failed, due))


def _next(days: Sequence[date], since: date, due: date) -> date | None:
    """The first of ascending ``days`` from ``since`` to ``due``."""
    place = bisect_left(days, since)
    return days[place] if place < len(days) and days[place] <= due else None
