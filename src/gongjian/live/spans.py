"""Over which span and in which period curves are asked for. Pure: the present moment is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from gongjian.telemetry.store import Period

SPANS: Final = {  # key: words, length, the period that suits it
    "day": ("近 24 小时", timedelta(days=1), Period.MINUTE),
    "week": ("近 7 天", timedelta(days=7), Period.HOUR),
    "month": ("近 31 天", timedelta(days=31), Period.HOUR),
    "year": ("近一年", timedelta(days=366), Period.DAY),
}
LONGEST: Final = {
    Period.REAL_TIME: timedelta(days=7),
    Period.MINUTE: timedelta(days=366),
    Period.HOUR: timedelta(days=5 * 366),
    Period.DAY: timedelta(days=20 * 366),
}
YEARS: Final = range(2000, 2100)
MINUTE: Final = timedelta(minutes=1)
RESOLUTION: Final = timedelta(microseconds=1)
SHORTEST: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Span:
    """Labels after ``first`` up to ``last``; ``key`` is one of ``SPANS``, "" for one somebody chose. ``note`` says what was changed."""

    key: str
    first: datetime
    last: datetime
    period: Period
    note: str = ""

    @property
    def query(self) -> str:
        """The address's parameters that ask for it again."""
        if self.key:
            return urlencode({"span": self.key, "period": self.period.value})
        return urlencode({"first": written(self.first), "last": written(self.last), "period": self.period.value})


def written(moment: datetime) -> str:
    """A moment as a form's field has it."""
    return f"{moment:%Y-%m-%dT%H:%M}"


def span_asked(parameters: Mapping[str, str], available: Sequence[Period], at: datetime) -> Span:
    """The span an address asks for, as far as it can be shown; what it asks for wrongly is ignored.

    ``at`` is local and is the end of named spans.
    """
    first, last = _moment(parameters.get("first", ""), at), _moment(parameters.get("last", ""), at)
    if first is not None and last is not None and last - first >= SHORTEST:
        period = _period(parameters, available, _suiting(last - first))
        longest = LONGEST[period]
        if last - first > longest:
            return Span("", last - longest, last, period, f"{period.label}值一次最多看 {longest.days} 天，已从结束时间往前截取。")
        return Span("", first, last, period)
    key = parameters.get("span", "") if parameters.get("span", "") in SPANS else "day"
    _, length, suits = SPANS[key]
    period = _period(parameters, available, suits)
    end = (at + MINUTE - RESOLUTION).replace(second=0, microsecond=0)  # the minute that is running belongs to it
    return Span(key, end - min(length, LONGEST[period]), end, period)


def _suiting(length: timedelta) -> Period:
    return next((suits for _, span, suits in SPANS.values() if length <= span), Period.DAY)


def _period(parameters: Mapping[str, str], available: Sequence[Period], suits: Period) -> Period:
    """The period asked for; else the suiting one, or the one nearest to it that there is."""
    asked = parameters.get("period", "")
    if asked in {period.value for period in Period}:
        return Period(asked)
    order = list(Period)
    return min(available, key=lambda period: abs(order.index(period) - order.index(suits)), default=suits)


def _moment(text: str, at: datetime) -> datetime | None:
    """A moment on the office's clock of a year that can be meant; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.year not in YEARS:
        return None
    return found.replace(tzinfo=at.tzinfo) if found.tzinfo is None else found.astimezone(at.tzinfo)
