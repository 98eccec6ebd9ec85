"""The wall clock. Only views, jobs and the command line may ask it; rules are told the time.

The one exception is a page that asks ``people.permissions.may`` without naming a day.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from gongjian.trail.models import Event


def now() -> datetime:
    """The present moment, aware.

    A demonstration lives on one day (``GONGJIAN_DEMONSTRATION_DAY``) with the time of day as it is, but never earlier than the latest
    event: on its second real morning it must not report what happened before yesterday afternoon.
    """
    moment = timezone.localtime()
    day: date | None = getattr(settings, "GONGJIAN_DEMONSTRATION_DAY", None)
    if day is None:
        return moment
    latest: datetime | None = Event.objects.aggregate(latest=Max("at"))["latest"]
    moment = moment.replace(year=day.year, month=day.month, day=day.day)
    return max(moment, timezone.localtime(latest)) if latest else moment


def today() -> date:
    """The local day of ``now()``: in a demonstration always its own, so that asking for it costs no query."""
    day: date | None = getattr(settings, "GONGJIAN_DEMONSTRATION_DAY", None)
    return day or now().date()


def local_day(moment: datetime) -> date:
    """The day it is here at ``moment``; reads no clock."""
    return timezone.localdate(moment)
