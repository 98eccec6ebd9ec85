"""Working days (工作日): Monday to Friday, but for holidays and the make-up days the State Council names each year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongjian.kernel.months import Month

_SATURDAY = 5
_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. ``exceptions``: True is a make-up working day (调休上班), False a holiday."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is worked."""
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def nth_working_day(self, month: Month, n: int) -> date:
        """The n-th working day of ``month``, counted from 1; ValueError when the month has no such day."""
        days = [day for day in month if self.is_working(day)]
        if not 1 <= n <= len(days):
            msg = f"{month} has {len(days)} working days, no number {n}"
            raise ValueError(msg)
        return days[n - 1]

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (before it when n is negative); ``day`` itself, worked or not, when n is 0."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative, of the same size, when ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(start + timedelta(step)) for step in range(1, (end - start).days + 1))
