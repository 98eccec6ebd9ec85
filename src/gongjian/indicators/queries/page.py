"""Everything an indicator's page shows, as it stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongjian.indicators.formulas import Computed
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.models import FrozenReading
from gongjian.indicators.outlook import Daily, Outlook, Target, outlook
from gongjian.indicators.periods import Period, PeriodKind, period_of, ytd
from gongjian.indicators.queries.evidence import late
from gongjian.indicators.queries.frozen import frozen
from gongjian.indicators.queries.values import by_split, series, value
from gongjian.indicators.reading import Reading
from gongjian.indicators.recalling import standings
from gongjian.indicators.registry import catalogue
from gongjian.indicators.standing import Standing, Wish
from gongjian.kernel.months import Month

PAST_YEARS = 5  # of daily values, for the forecast


@dataclass(frozen=True, slots=True)
class Kept:
    """A target with what lies ahead of it; ``outlook`` is None where none can be told."""

    target: Target
    outlook: Outlook | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One indicator for a period, as of ``on``."""

    indicator: Indicator
    period: Period
    on: date
    reading: Reading
    past: Reading
    months: tuple[Reading, ...]
    months_past: tuple[Reading, ...]
    kept: tuple[Kept, ...]
    split: str
    parts: tuple[tuple[str, Reading], ...]
    late: int
    frozen: FrozenReading | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue."""

    indicator: Indicator
    standing: Standing


def entries(on: date) -> list[Entry]:
    """The whole catalogue with how each stood on a day; a fixed number of queries."""
    every = catalogue()
    found = standings([Wish(indicator) for indicator in every], [on])
    return [Entry(indicator, found[indicator.code, "", on]) for indicator in every]


def default_period(indicator: Indicator, on: date) -> Period:
    """The period its light shows on a day."""
    return period_of(indicator.period, on).up_to(on)


def page(indicator: Indicator, period: Period, on: date, split: str, targets: Sequence[Target]) -> Page:
    """The page of an indicator; ``split`` names the parts to show, or is empty.

    What lies ahead is told of the year to ``on``,
    of a share of things of the period its light shows.
    """
    begin = Month(period.last.year, 1)
    end = min(Month(period.last.year, 12), max(begin, Month.of(on)))
    chosen = split or (indicator.splits[0].name if indicator.splits else "")
    kept = frozen(indicator, period)
    return Page(
        indicator=indicator,
        period=period,
        on=on,
        reading=value(indicator, period, on),
        past=value(indicator, period.year_before(), on),
        months=tuple(series(indicator, begin, end, on)),
        months_past=tuple(series(indicator, begin.shifted(-12), begin.shifted(-1), on)),
        kept=_kept(indicator, targets, on),
        split=chosen,
        parts=tuple(by_split(indicator, period, chosen, on)) if chosen else (),
        late=late(indicator, period) if period.closed_on(on) else 0,
        frozen=kept if kept and kept.as_of <= on else None,
    )


def _kept(indicator: Indicator, targets: Sequence[Target], on: date) -> tuple[Kept, ...]:
    """What lies ahead of each target; one against the past is dropped where there is no past to go by."""
    if not targets or not _told_to_date(indicator):
        return tuple(Kept(target, None, ()) for target in targets if not target.against_past)
    known = _filled_in(indicator, targets, on)
    ahead_of = default_period(indicator, on) if indicator.is_census else ytd(on)
    found, daily = value(indicator, ahead_of, on), daily_values(indicator, on)
    ahead = [(target, outlook(indicator, found, target, on, daily)) for target in known]
    return tuple(Kept(target, seen, seen.words(indicator.unit) if seen else ()) for target, seen in ahead)


def _filled_in(indicator: Indicator, targets: Sequence[Target], on: date) -> list[Target]:
    """Targets with last year's value where that is what they are held against."""
    if not any(target.against_past for target in targets):
        return list(targets)
    past = value(indicator, ytd(date(on.year - 1, 12, 31)), on).value
    return [
        replace(target, value=past) if target.against_past and past is not None else target
        for target in targets
        if not target.against_past or past is not None
    ]


def _told_to_date(indicator: Indicator) -> bool:
    return not isinstance(indicator.formula, Computed) or PeriodKind.YTD in indicator.formula.periods


def daily_values(indicator: Indicator, on: date) -> Daily:
    """Valid daily values of this year to ``on`` and of five years before, as of ``on``; none where the figure is no mean of days."""
    formula = indicator.formula
    if not isinstance(formula, Computed) or formula.daily is None:
        return ()
    found = formula.load(date(on.year - PAST_YEARS, 1, 1), on, [on])
    return formula.daily(found[0])
