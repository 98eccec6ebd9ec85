"""The date being shown: a control on every page that depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, QueryDict

from gongjian.kernel.months import Month
from gongjian.plans.models import Programme
from gongjian.plans.queries.programmes import first_and_last_day
from gongjian.trail import clock


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to another day."""

    label: str
    day: date
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Which day a page shows, and between which it may be chosen. ``last`` is where a page opens."""

    on: date
    first: date
    last: date
    kept: tuple[tuple[str, str], ...]  # the page's other parameters

    @property
    def is_today(self) -> bool:
        """Whether the page shows the day it would open on."""
        return self.on == self.last

    @property
    def earlier(self) -> Jump | None:
        """The month's end before, unless the plan was not there yet."""
        day = Month.of(self.on).previous().last
        return self._jump("上月末", day) if day >= self.first else None

    @property
    def later(self) -> Jump | None:
        """The month's end after, or the latest day where that is nearer."""
        if self.is_today:
            return None
        end = Month.of(self.on).last
        day = end if end > self.on else Month.of(self.on).next().last
        return self._jump("下月末", day) if day < self.last else self._jump("最新", self.last)

    @property
    def jumps(self) -> list[Jump]:
        """Days one asks for most."""
        days = (
            ("印发当日", self.first),
            ("一个月前", self.last - timedelta(30)),
            ("一周前", self.last - timedelta(7)),
            ("最新", self.last),
        )
        return [self._jump(label, day) for label, day in days if self.first <= day and day != self.on]

    @property
    def query(self) -> str:
        """What links to other pages carry to stay on this day; empty on the latest."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"

    def _jump(self, label: str, day: date) -> Jump:
        parameters = QueryDict(mutable=True)
        for name, value in self.kept:
            parameters[name] = value
        if day != self.last:
            parameters["on"] = day.isoformat()
        return Jump(label, day, f"?{parameters.urlencode()}")


def shown(request: HttpRequest, programme: Programme) -> Shown:
    """The day asked for by ``?on=``, kept within the plan's days; the latest when none or nonsense is asked."""
    first, last = first_and_last_day(programme, clock.today())
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        asked = last
    kept = tuple((name, value) for name, value in request.GET.items() if name != "on")
    return Shown(min(max(asked, first), last), first, last, kept)
