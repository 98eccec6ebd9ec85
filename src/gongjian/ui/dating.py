"""The date being shown: read from the address, kept within the plan, stepped by month ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

NAME = "on"


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to another day."""

    label: str
    day: date
    url: str


@dataclass(frozen=True, slots=True)
class DateShown:
    """The day a page speaks of. ``first`` and ``last`` bound it, ``kept`` are the address's other parameters, ``note`` a remark."""

    on: date
    today: date
    first: date
    last: date
    kept: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def is_today(self) -> bool:
        """Whether the page shows the present day."""
        return self.on == self.today

    @property
    def earlier(self) -> Jump | None:
        """The end of the month before; None where that lies before the first day."""
        return self._jump(_("上月末"), self.on.replace(day=1) - timedelta(days=1))

    @property
    def later(self) -> Jump | None:
        """The next month end: of this month, or from a month end on, of the one after; None beyond the last day."""
        day = _month_end(self.on + timedelta(days=1))
        return self._jump(_("本月末") if day.month == self.on.month else _("下月末"), day)

    @property
    def jumps(self) -> tuple[Jump, ...]:
        """Today if it can be shown, the first day, and the last day when that is not today; never the day already shown."""
        named = [(_("今天"), self.today), (_("发布之日"), self.first)]
        if self.last != self.today:
            named.append((_("期末"), self.last))
        return tuple(jump for label, day in named if day != self.on and (jump := self._jump(label, day)))

    def _jump(self, label: str, day: date) -> Jump | None:
        if not self.first <= day <= self.last:
            return None
        return Jump(label, day, "?" + urlencode([(NAME, day.isoformat()), *self.kept]))


def date_shown(
    raw: str | None, *, today: date, first: date, last: date, opens_on: date | None = None, parameters: Iterable[tuple[str, str]] = ()
) -> DateShown:
    """What the address asks for, or ``opens_on`` (by default today), kept between ``first`` and ``last``; says so where it was moved."""
    kept = tuple((name, value) for name, value in parameters if name != NAME)
    wished = opens_on or today
    note = ""
    if raw:
        try:
            wished = date.fromisoformat(raw.strip())
        except ValueError:
            note = _("“%s”不是一个日期，请按 2020-10-31 的样子填写。") % raw[:20]
    on = min(max(wished, first), last)
    if on != wished:
        note = _("只能查看 %(first)s 至 %(last)s 之间的情况，已显示 %(on)s。") % {"first": first, "last": last, "on": on}
    return DateShown(on, today, first, last, kept, note)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
