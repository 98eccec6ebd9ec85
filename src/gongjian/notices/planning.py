"""When a notice goes to whom by which channel: pure, so that it can be tried on every reader and every hour."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from gongjian.kernel.workdays import Calendar
from gongjian.notices.channels import SHARED, Channel, Rhythm

FLOOD = 5  # notices of one kind that reach one reader by one channel within an hour as letters of their own; more are folded into one
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
EVERYBODY = ""  # in place of a reader, where a channel is shared
MORNING = time(8, 30)


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody wants to hear by one channel. ``at`` is the hour of a digest; ``quiet``: at once, but in office hours only."""

    rhythm: Rhythm = Rhythm.AT_ONCE
    at: time = MORNING
    quiet: bool = True


@dataclass(frozen=True, slots=True)
class Office:
    """When people may be disturbed: on working days from ``opens`` until before ``closes``."""

    opens: time = time(8)
    closes: time = time(20)
    calendar: Calendar = field(default_factory=Calendar)

    def is_open(self, moment: datetime) -> bool:
        """Whether ``moment`` (local, aware) lies in office hours."""
        return self.calendar.is_working(moment.date()) and _on(moment, self.opens) <= moment < _on(moment, self.closes)

    def next_open(self, moment: datetime) -> datetime:
        """``moment`` itself in office hours, otherwise when the office opens next."""
        if self.is_open(moment):
            return moment
        day = moment.date()
        if not self.calendar.is_working(day) or moment >= _on(moment, self.closes):
            day = self.calendar.add_working_days(day, 1)
        return datetime.combine(day, self.opens, moment.tzinfo)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to tell: a user id or an e-mail address, with a habit for each channel that reaches them."""

    who: int | str
    habits: Mapping[Channel, Habit]


@dataclass(frozen=True, slots=True)
class Planned:
    """One delivery to be made from ``due`` on: alone, or folded with what else waits for that reader. ``in_hours``: never outside them."""

    who: int | str
    channel: Channel
    due: datetime
    alone: bool
    in_hours: bool


def plan_deliveries(
    readers: Iterable[Reader],
    *,
    urgent: bool,
    at: datetime,
    office: Office,
    lately: Mapping[tuple[Channel, int | str], int],
) -> list[Planned]:
    """One delivery for each reader and channel, but those that are shut (NEVER).

    Urgent ones go at once. The others keep to the reader's rhythm and office hours. ``lately`` says how many of this kind went alone in
    the hour before ``at``, by channel and reader (``EVERYBODY`` where the channel is shared): from ``FLOOD`` on they wait for the next
    full hour and go as one. What is put off for whatever reason is folded: a night's worth is one letter in the morning.
    """
    crowded = {place for place, number in lately.items() if number >= FLOOD}
    ways = [(reader.who, channel, habit) for reader in readers for channel, habit in reader.habits.items() if habit.rhythm != Rhythm.NEVER]
    if urgent:
        return [Planned(who, channel, at, alone=True, in_hours=False) for who, channel, _ in ways]
    return [_plan(who, channel, habit, at, office, crowded) for who, channel, habit in ways]


def _plan(
    who: int | str, channel: Channel, habit: Habit, at: datetime, office: Office, crowded: Collection[tuple[Channel, int | str]]
) -> Planned:
    if habit.rhythm != Rhythm.AT_ONCE:
        return Planned(who, channel, _next_digest(habit, at, office.calendar), alone=False, in_hours=False)
    due = _full_hour(at) if (channel, EVERYBODY if channel in SHARED else who) in crowded else at
    due = office.next_open(due) if habit.quiet else due
    return Planned(who, channel, due, alone=due == at, in_hours=habit.quiet)


def _on(moment: datetime, hour: time) -> datetime:
    """The moment it is ``hour`` on the day of ``moment``."""
    return datetime.combine(moment.date(), hour, moment.tzinfo)


def _full_hour(moment: datetime) -> datetime:
    """The next full hour, later than ``moment``."""
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def _next_digest(habit: Habit, at: datetime, calendar: Calendar) -> datetime:
    day = at.date() if at <= _on(at, habit.at) else at.date() + DAY
    if habit.rhythm is Rhythm.WORKING_DAYS and not calendar.is_working(day):
        day = calendar.add_working_days(day, 1)
    return datetime.combine(day, habit.at, at.tzinfo)
