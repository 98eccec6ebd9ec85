"""The office hours of this installation, with the working calendar as it stands."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from gongjian.kernel.workdays import Calendar
from gongjian.notices.planning import Office
from gongjian.people.queries import working_calendar

AHEAD = timedelta(days=31)  # further than any holiday reaches


def office_around(day: date) -> Office:
    """Office hours with what is special about the days after ``day``; one query."""
    opens, closes = settings.GONGJIAN_OFFICE_HOURS
    return Office(opens, closes, Calendar(working_calendar(day, day + AHEAD)))
