"""The date being shown: a control on every page that depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from gongjian.kernel.months import Month
from gongjian.plans.models import Programme
from gongjian.plans.queries.programmes import first_and_last_day
from gongjian.trail import clock


@dataclass(frozen=True, slots=True)
class Shown:
    """Which day a page shows, and between which it may be chosen."""

    on: date
    first: date
    last: date  # where a page opens: today, or the last day of a plan that is over

    @property
    def is_latest(self) -> bool:
        """Whether the page shows the day it would open on."""
        return self.on == self.last

    @property
    def quick(self) -> list[tuple[str, date]]:
        """Days one asks for most: last month's end, a week ago, the latest."""
        days = [("上月末", Month.of(self.last).previous().last), ("一周前", self.last - timedelta(7)), ("最新", self.last)]
        return [(words, day) for words, day in days if self.first <= day]


def shown(request: HttpRequest, programme: Programme) -> Shown:
    """The day asked for by ``?on=``, kept within the plan's days; the latest when none or nonsense is asked."""
    first, last = first_and_last_day(programme, clock.today())
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        asked = last
    return Shown(min(max(asked, first), last), first, last)
