"""The turns of a duty: which periods there are from a day to a day, and when a task of one may begin. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # of one turn; a duty of events has no periods


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One turn: its first and last day, both included; ``event`` for one that is not of the calendar."""

    first: date
    last: date
    event: str = ""

    def over_on(self, day: date) -> bool:
        """Whether it was over at the end of ``day``: on its last day it is still to be done, at the end of it it is not."""
        return self.last < day

    def words(self) -> str:
        """The turn as people say it."""
        if self.event:
            return f"{self.event}（{self.first:%Y-%m-%d}）"
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        named = {
            1: f"{self.first.month}月",
            3: f"{(self.first.month + 2) // 3}季度",
            6: "上半年" if self.first.month == 1 else "下半年",
            12: "全年",
        }
        return f"{self.first.year}年{named[months]}"


def turn_of(every: str, day: date) -> Turn:
    """The calendar turn a day lies in; ValueError for what has none."""
    if every not in MONTHS:
        msg = f"a duty of {every} has no turns of the calendar"
        raise ValueError(msg)
    size = MONTHS[every]
    first = date(day.year, (day.month - 1) // size * size + 1, 1)
    return Turn(first, _shifted(first, size) - timedelta(1))


def turns(every: str, since: date, until: date | None, first: date, last: date) -> Iterator[Turn]:
    """The calendar turns that begin from ``first`` to ``last`` of a duty that holds from ``since`` until the day before ``until``.

    The turn ``since`` lies in is one of them; one that is cut short by ``until`` is not: nobody is held to half a turn. None for events.
    """
    if every not in MONTHS:
        return
    turn = turn_of(every, max(first, date.min))
    while turn.first <= last:
        if turn.last >= since and turn.first >= first and (until is None or turn.last < until):
            yield turn
        turn = turn_of(every, turn.last + timedelta(1))


def _shifted(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
