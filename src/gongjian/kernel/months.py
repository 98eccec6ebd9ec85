"""Calendar months: what reports and readings are told by."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

_WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEAR = 12


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month; earlier months are smaller."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse what is no month of the calendar."""
        if not (1 <= self.month <= _YEAR and MINYEAR <= self.year <= MAXYEAR):
            msg = f"no such month: {self.year}-{self.month}"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written ``2020-09``; raises ValueError on anything else."""
        if not (found := _WRITTEN.fullmatch(text)):
            msg = f"a month is written YYYY-MM, not {text!r}"
            raise ValueError(msg)
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that ``day`` lies in."""
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def shifted(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        year, month = divmod(self.year * _YEAR + self.month - 1 + months, _YEAR)
        return Month(year, month + 1)

    def next(self) -> Month:
        """The month after."""
        return self.shifted(1)

    def previous(self) -> Month:
        """The month before."""
        return self.shifted(-1)

    def through(self, end: Month) -> Iterator[Month]:
        """Every month from this one to ``end``, both included; nothing when ``end`` is earlier."""
        count = (end.year - self.year) * _YEAR + end.month - self.month + 1
        return (self.shifted(step) for step in range(count))

    def __iter__(self) -> Iterator[date]:
        """Its days, first to last."""
        return (self.first + timedelta(step) for step in range(self.last.day))

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def words(self) -> str:
        """The month in Chinese: 2020年9月."""
        return f"{self.year}年{self.month}月"
