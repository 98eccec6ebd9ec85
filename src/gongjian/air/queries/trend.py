"""One pollutant through the years: against last year, against the three-year mean, and what room is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongjian.air.queries.days import days
from gongjian.air.queries.year import year_before
from gongjian.kernel.months import Month
from gongjian.kernel.pace import Headroom, headroom
from gongjian.standards.air.limits import Limit, limit
from gongjian.standards.air.means import span_mean, three_year_mean, year_mean
from gongjian.standards.air.pollutants import Period, Pollutant
from gongjian.standards.statistic import Statistic
from gongjian.telemetry.models import Station

SPAN = 3  # years


@dataclass(frozen=True, slots=True)
class Trend:
    """A pollutant's year up to ``through``.

    ``so_far`` and ``before`` are the means of the same span of this year and the last, ``months`` the month means of the three years
    ending with this one, ``three_years`` the sliding mean ending with the last complete year, ``room`` what the rest of the year must
    average at most for the class 2 ``limit`` of the year.
    """

    pollutant: Pollutant
    year: int
    through: date
    so_far: Statistic
    before: Statistic
    months: Mapping[Month, Statistic]
    annual: Mapping[int, Statistic]
    three_years: Statistic
    limit: Limit | None
    room: Headroom | None

    @property
    def change(self) -> float | None:
        """This year's mean less last year's; None where one of them has no value."""
        if self.so_far.value is None or self.before.value is None:
            return None
        return self.so_far.value - self.before.value

    @property
    def complete(self) -> bool:
        """Whether the year is over."""
        return self.through == date(self.year, 12, 31)


def trend(where: Station, pollutant: Pollutant, year: int, through: date, *, as_of: datetime | None) -> Trend:
    """A year of one pollutant in its surroundings; a pollutant with a mean to judge it by (not O3, CO). One query."""
    first = date(year - SPAN, 1, 1)
    found = days(where, first, through, as_of=as_of, pollutants=[pollutant])[pollutant]
    begin, last = date(year, 1, 1), date(year, 12, 31)
    annual = {past: year_mean(found, pollutant, past) for past in range(year - SPAN, year + 1) if past < year or through == last}
    known = [row.value for row in found if row.valid and row.value is not None and begin <= row.day]
    allowed = limit(pollutant, Period.YEAR, last)
    room = headroom(allowed.value, sum(known), len(known), (last - through).days) if allowed and known else None
    shown = Month(year - SPAN + 1, 1).through(Month.of(through))
    months = {month: span_mean(found, pollutant, month.first, min(month.last, through)) for month in shown}
    return Trend(
        pollutant,
        year,
        through,
        span_mean(found, pollutant, begin, through),
        span_mean(found, pollutant, date(year - 1, 1, 1), year_before(through)),
        months,
        annual,
        three_year_mean(annual, pollutant, year if through == last else year - 1),
        allowed,
        room,
    )
