"""Days of the office as moments: a day begins and ends at local midnight, whatever the clock of the machine."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return start_of(day + timedelta(1))
