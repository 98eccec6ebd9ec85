"""The periods a figure can be asked for, as they are written and said. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal

WAYS = "2020、2020-10、2020Q3、2020-10-31、ytd:2020-10-31、r12:2020-10、3y:2020"
_QUARTER = 3
_TWELVE = 12


class PeriodKind(StrEnum):
    """How a period is made."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    YTD = "ytd"  # from the first of January to a day
    R12 = "r12"  # the twelve months that end with one
    THREE_YEARS = "3y"  # the three years that end with one


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def code(self) -> str:
        """As ``parse_period`` reads it."""
        return _CODES[self.kind].format(last=self.last, year=self.last.year, quarter=(self.last.month + 2) // _QUARTER, kind=self.kind)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> list[Month]:
        """The months it touches."""
        return list(Month.of(self.first).through(Month.of(self.last)))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def closed_on(self, day: date) -> bool:
        """Whether it is over on the morning of ``day``."""
        return day > self.last

    def year_before(self) -> Period:
        """The same period a year earlier: for three years, the three years that ended one year earlier."""
        return period_of(self.kind, _year_earlier(self.last, whole=self.kind is not PeriodKind.DAY and self.kind is not PeriodKind.YTD))

    def up_to(self, day: date) -> Period:
        """What of it has come by ``day``: the whole, or the year to date where the year still runs; itself where it cannot be cut."""
        if self.kind is PeriodKind.YEAR and self.first <= day < self.last:
            return ytd(day)
        return self

    def words(self) -> str:
        """The period in Chinese."""
        last = self.last
        named = "一二三四"[(last.month - 1) // _QUARTER]
        return _WORDS[self.kind].format(begin=self.first.year, y=last.year, m=last.month, d=last.day, q=named)

    def __str__(self) -> str:
        return self.code


_CODES = {
    PeriodKind.DAY: "{last}",
    PeriodKind.MONTH: "{last:%Y-%m}",
    PeriodKind.QUARTER: "{year:04d}Q{quarter}",
    PeriodKind.YEAR: "{year:04d}",
    PeriodKind.YTD: "ytd:{last}",
    PeriodKind.R12: "r12:{last:%Y-%m}",
    PeriodKind.THREE_YEARS: "3y:{year:04d}",
}
_WORDS = {
    PeriodKind.DAY: "{y}年{m}月{d}日",
    PeriodKind.MONTH: "{y}年{m}月",
    PeriodKind.QUARTER: "{y}年第{q}季度",
    PeriodKind.YEAR: "{y}年",
    PeriodKind.YTD: "{y}年1月1日至{m}月{d}日",
    PeriodKind.R12: "截至{y}年{m}月的十二个月",
    PeriodKind.THREE_YEARS: "{begin}至{y}年三年",
}


def day(on: date) -> Period:
    """One day."""
    return Period(PeriodKind.DAY, on, on)


def month(which: Month) -> Period:
    """One month."""
    return Period(PeriodKind.MONTH, which.first, which.last)


def quarter(number: int, which: int) -> Period:
    """Quarter ``which`` (1 to 4) of the year ``number``."""
    begin = Month(number, _QUARTER * which - 2)
    return Period(PeriodKind.QUARTER, begin.first, begin.shifted(2).last)


def year(number: int) -> Period:
    """One calendar year."""
    return Period(PeriodKind.YEAR, date(number, 1, 1), date(number, 12, 31))


def ytd(on: date) -> Period:
    """From the first of January to ``on``."""
    return Period(PeriodKind.YTD, date(on.year, 1, 1), on)


def rolling(end: Month) -> Period:
    """The twelve months that end with ``end``."""
    return Period(PeriodKind.R12, end.shifted(1 - _TWELVE).first, end.last)


def three_years(number: int) -> Period:
    """The three years that end with the year ``number``."""
    return Period(PeriodKind.THREE_YEARS, date(number - 2, 1, 1), date(number, 12, 31))


def period_of(kind: PeriodKind, on: date) -> Period:
    """The period of a kind that ``on`` lies in; for year to date and rolling ones, the one that ends with ``on`` or its month."""
    return _MAKERS[kind](on)


_MAKERS: Mapping[PeriodKind, Callable[[date], Period]] = {
    PeriodKind.DAY: day,
    PeriodKind.MONTH: lambda on: month(Month.of(on)),
    PeriodKind.QUARTER: lambda on: quarter(on.year, (on.month + 2) // _QUARTER),
    PeriodKind.YEAR: lambda on: year(on.year),
    PeriodKind.YTD: ytd,
    PeriodKind.R12: lambda on: rolling(Month.of(on)),
    PeriodKind.THREE_YEARS: lambda on: three_years(on.year),
}


def months_of_year(number: int) -> Iterator[Period]:
    """The twelve months of a year."""
    return (month(which) for which in Month(number, 1).through(Month(number, _TWELVE)))


_FORMS = (
    (PeriodKind.DAY, re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)),
    (PeriodKind.MONTH, re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)", re.ASCII)),
    (PeriodKind.QUARTER, re.compile(r"(?P<year>\d{4})[Qq](?P<quarter>[1-4])", re.ASCII)),
    (PeriodKind.YEAR, re.compile(r"(?P<year>\d{4})", re.ASCII)),
    (PeriodKind.YTD, re.compile(r"ytd:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)),
    (PeriodKind.R12, re.compile(r"r12:(?P<year>\d{4})-(?P<month>\d\d)", re.ASCII)),
    (PeriodKind.THREE_YEARS, re.compile(r"3y:(?P<year>\d{4})", re.ASCII)),
)


def parse_period(text: str) -> Period:
    """The period written ``text``; Refusal in one sentence on anything else."""
    for kind, form in _FORMS:
        if found := form.fullmatch(text.strip()):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            try:
                return _made(kind, parts)
            except ValueError:
                break
    msg = f"“{text[:40]}”不是一个统计期，请写成{WAYS}这样的形式。"
    raise Refusal(msg)


def _made(kind: PeriodKind, parts: dict[str, int]) -> Period:
    number = parts["year"]
    if not MINYEAR + 3 <= number <= MAXYEAR - 3:
        raise ValueError(number)
    if kind is PeriodKind.QUARTER:
        return quarter(number, parts["quarter"])
    return period_of(kind, date(number, parts.get("month", 1), parts.get("day", 1)))


def _year_earlier(on: date, *, whole: bool) -> date:
    """The same day a year earlier; the end of a month stays the end of its month where the period is made of whole months."""
    month_before = Month(on.year - 1, on.month)
    return month_before.last if whole else on.replace(year=on.year - 1, day=min(on.day, month_before.last.day))
