"""Moments and days of the office: a day begins and ends at local midnight, whatever the clock of the machine."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def local_day(moment: datetime) -> date:
    """The day of the office on which a moment lies."""
    return timezone.localtime(moment).date()


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return start_of(day + timedelta(1))
