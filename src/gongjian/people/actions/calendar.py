"""The working calendar: holidays and working weekends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays
from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import CalendarDay, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.people.saving import remove_with_event, save_with_event
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day
from gongjian.trail.subjects import Subject

SATURDAY = 5
CHINESE = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}


def save_calendar_day(day: CalendarDay, *, by: User | None, at: datetime) -> CalendarDay:
    """Save a new or changed special day."""
    require(by, Permission.CALENDAR_EDIT, on=local_day(at))
    save_with_event(day, ("day", "working", "name"), by=by, at=at)
    return day


def remove_calendar_day(day: CalendarDay, *, by: User | None, at: datetime) -> None:
    """Let a day be what its weekday says again."""
    require(by, Permission.CALENDAR_EDIT, on=local_day(at))
    remove_with_event(day, ("day", "working", "name"), by=by, at=at)


@transaction.atomic
def seed_calendar(years: Iterable[int], *, by: User | None, at: datetime) -> int:
    """Add the State Council's holidays and working weekends of these years; the number of days added.

    Days already in the table stay as they are. Source: the chinesecalendar package. Refusal for a year it does not know.
    """
    require(by, Permission.CALENDAR_EDIT, on=local_day(at))
    wanted = {year: list(_special_days(year)) for year in sorted(set(years))}
    standing = set(CalendarDay.objects.filter(day__year__in=wanted).values_list("day", flat=True))
    added = 0
    for year, days in wanted.items():
        new = [day for day in days if day.day not in standing]
        if new:
            CalendarDay.objects.bulk_create(new)
            record("calendar.seeded", Subject("people.calendar", str(year), f"{year}年"), by=by, at=at, after={"days": len(new)})
        added += len(new)
    return added


def _special_days(year: int) -> Iterator[CalendarDay]:
    first, last = min(holidays).year, max(holidays).year
    if not first <= year <= last:
        msg = f"内置的节假日安排只有{first}年至{last}年，没有{year}年：请在国务院办公厅公布后由系统管理员在工作日历中录入。"
        raise Refusal(msg)
    day = date(year, 1, 1)
    while day.year == year:
        working = chinese_calendar.is_workday(day)
        if working != (day.weekday() < SATURDAY):
            _, name = chinese_calendar.get_holiday_detail(day)
            yield CalendarDay(day=day, working=working, name=f"{CHINESE.get(name, '')}{'调休上班' if working else ''}")
        day += timedelta(1)
