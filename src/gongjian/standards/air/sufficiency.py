"""Whether a period has enough valid days to be judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from gongjian.kernel.months import Month
from gongjian.standards.air.editions import Minimum, edition_on

_FEBRUARY = 2
_MONTHS = 12


def days_per_month(days: Iterable[date]) -> Counter[tuple[int, int]]:
    """How many of ``days`` lie in each (year, month)."""
    return Counter((day.year, day.month) for day in days)


def shortfalls(valid: Mapping[tuple[int, int], int], first: date, last: date) -> tuple[str, ...]:
    """What the days from ``first`` to ``last`` lack, in Chinese; empty when they suffice. ``valid`` counts valid days by month.

    GB 3095-2012 table 4: at least 27 daily means in every month (25 in February), and over a year at least 324. Ours, where the
    standard is silent: a month of which only part lies in the period owes the same share of its days, rounded up; the 324 are
    asked of every run of twelve whole months.
    """
    minimum = edition_on(last).minimum
    months = list(Month.of(first).through(Month.of(last)))
    counts = [valid.get((month.year, month.month), 0) for month in months]
    owed = [
        _short_month(count, max(first, month.first), min(last, month.last), minimum) for month, count in zip(months, counts, strict=True)
    ]
    whole = first == months[0].first and last == months[-1].last
    short = tuple(words for words in owed if words)
    if len(months) == _MONTHS and whole and sum(counts) < minimum.year_days:
        return (f"{_span(first, last)}只有{sum(counts)}个有效日，应不少于{minimum.year_days}个", *short)
    return short


def _short_month(present: int, begin: date, end: date, minimum: Minimum) -> str:
    """What the days from ``begin`` to ``end`` of one month lack; empty when nothing."""
    month = Month.of(begin)
    length, part = month.last.day, end.day - begin.day + 1
    whole = minimum.february_days if month.month == _FEBRUARY else minimum.month_days
    need = -(-whole * part // length)
    if present >= need:
        return ""
    where = month.words() if part == length else f"{month.words()}{begin.day}日至{end.day}日"
    return f"{where}只有{present}个有效日，应不少于{need}个"


def _span(first: date, last: date) -> str:
    return f"{first.year}年" if first.year == last.year else f"{first:%Y-%m}至{last:%Y-%m}"
