"""Working time (工作时间): the hours of the office, on the days it works; spans of it, and what a pause does to a deadline.

Moments are of the office's own clock: all of one zone, without a change of summer time between them. The result is of that zone too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gongjian.kernel.workdays import Calendar

_DAY = timedelta(1)
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of one working day; ValueError when it ends before it begins."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        """Refuse an empty stretch."""
        if self.begins >= self.ends:
            msg = f"a shift from {self.begins} to {self.ends} has no length"
            raise ValueError(msg)


OFFICE = (Shift(time(9), time(12)), Shift(time(13, 30), time(18)))


class Unit(StrEnum):
    """In what a span is counted."""

    HOURS = "hours"  # working hours (工作小时)
    DAYS = "days"  # working days (工作日): until the office closes on the last of them

    @property
    def label(self) -> str:
        """What people call it."""
        return "工作小时" if self is Unit.HOURS else "个工作日"


@dataclass(frozen=True, slots=True)
class Span:
    """How long something may take."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a span in which nothing could be done."""
        if self.amount < 1:
            msg = f"a span of {self.amount} {self.unit} leaves no time"
            raise ValueError(msg)

    def words(self) -> str:
        """The span as people say it: ``4 工作小时``, ``3 个工作日``."""
        return f"{self.amount} {self.unit.label}"


def hours(amount: int) -> Span:
    """A span of working hours."""
    return Span(amount, Unit.HOURS)


def days(amount: int) -> Span:
    """A span of working days."""
    return Span(amount, Unit.DAYS)


@dataclass(frozen=True, slots=True)
class Worktime:
    """The hours an office works: ``shifts`` in order, none overlapping, on every working day of the calendar."""

    calendar: Calendar = field(default_factory=Calendar)
    shifts: tuple[Shift, ...] = OFFICE

    def __post_init__(self) -> None:
        """Refuse an office that never works, and shifts that overlap or are out of order."""
        if not self.shifts or any(one.ends > other.begins for one, other in zip(self.shifts, self.shifts[1:], strict=False)):
            msg = "shifts come in order and do not overlap; there is at least one"
            raise ValueError(msg)

    def is_working(self, moment: datetime) -> bool:
        """Whether the office works at ``moment``; at the end of a shift it no longer does."""
        return any(begins <= moment < ends for begins, ends in self._shifts_on(moment.date(), moment))

    def add(self, moment: datetime, amount: timedelta) -> datetime:
        """The moment by which ``amount`` of working time has passed since ``moment``, or before it for a negative one.

        Going on, it is the earliest such moment (the end of a shift, not the beginning of the next); going back, the latest.
        Nothing added leaves the moment as it is, worked or not.
        """
        if not amount:
            return moment
        left = abs(amount)
        for begins, ends in self._onwards(moment) if amount > _NONE else self._backwards(moment):
            if ends - begins >= left:
                return begins + left if amount > _NONE else ends - left
            left -= ends - begins
        raise AssertionError  # pragma: no cover - time does not end

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from ``start`` to ``end``; negative, of the same size, when ``end`` is earlier."""
        if end < start:
            return -self.between(end, start)
        worked = _NONE
        for begins, ends in self._onwards(start):
            if begins >= end:
                break
            worked += min(ends, end) - begins
        return worked

    def closing(self, day: date, like: datetime) -> datetime:
        """When the office closes on ``day``, in the zone of ``like``."""
        return datetime.combine(day, self.shifts[-1].ends, like.tzinfo)

    def due(self, start: datetime, span: Span) -> datetime:
        """Until when something begun at ``start`` is in time."""
        if span.unit is Unit.HOURS:
            return self.add(start, timedelta(hours=span.amount))
        return self.closing(self.calendar.add_working_days(start.date(), span.amount), start)

    def moved(self, due: datetime, paused: datetime, resumed: datetime, unit: Unit) -> datetime:
        """The deadline after a pause: as much time is left at ``resumed`` as was left, or lacking, at ``paused``."""
        if unit is Unit.HOURS:
            return self.add(resumed, self.between(paused, due))
        left = self.calendar.working_days_between(paused.date(), due.date())
        return datetime.combine(self.calendar.add_working_days(resumed.date(), left), due.timetz())

    def _onwards(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.date()
        while True:
            for begins, ends in self._shifts_on(day, moment):
                if ends > moment:
                    yield max(begins, moment), ends
            day += _DAY

    def _backwards(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.date()
        while True:
            for begins, ends in reversed(self._shifts_on(day, moment)):
                if begins < moment:
                    yield begins, min(ends, moment)
            day -= _DAY

    def _shifts_on(self, day: date, like: datetime) -> list[tuple[datetime, datetime]]:
        if not self.calendar.is_working(day):
            return []
        return [(datetime.combine(day, shift.begins, like.tzinfo), datetime.combine(day, shift.ends, like.tzinfo)) for shift in self.shifts]
