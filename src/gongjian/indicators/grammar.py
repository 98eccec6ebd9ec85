"""The declaration of an indicator (指标): everything else follows from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongjian.indicators.conditions import Field
from gongjian.indicators.formulas import (
    KINDS,
    Computed,
    Count,
    Coverage,
    Distinct,
    Formula,
    Latest,
    Mean,
    Ratio,
    RatioOf,
    Records,
    Share,
    Sum,
)
from gongjian.indicators.periods import Period, PeriodKind, period_of

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
PERCENT = "%"


class Better(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NONE = ""

    @property
    def word(self) -> str:
        """In Chinese."""
        return {"up": "越高越好", "down": "越低越好", "": "不论高低"}[self.value]


@dataclass(frozen=True, slots=True)
class Split:
    """A way to take a figure apart: ``name`` as a plan writes it (``by = "use"``), ``title`` in Chinese, ``path`` the field."""

    name: str
    title: str
    path: str = ""

    def __post_init__(self) -> None:
        """Hold the path to what conditions may name."""
        if self.path:
            Field(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator.

    ``code`` as plans name it; ``about`` what is counted, in a sentence; ``records`` where from (None for a computed one). ``period``
    is the kind of period a light on the map shows. ``least`` inputs are needed for a value to be valid, and ``enough`` (0 to 1) of those
    expected. ``silence_is_zero``: no record at all means none happened, not that nobody looked. ``indicative`` (0 to 1): a
    figure resting on at least this share of its inputs may light up although the standard withholds validity, and says so.
    ``open_rows``: its rows hold nothing personal and may be opened by whoever may see the figure. ``method`` changes whenever the
    same rows would give another value.
    """

    code: str
    title: str
    unit: str
    better: Better
    formula: Formula
    about: str
    records: Records | None = None
    splits: tuple[Split, ...] = ()
    period: PeriodKind = PeriodKind.YTD
    least: int = 1
    enough: float = 0.0
    silence_is_zero: bool = False
    indicative: float | None = None
    open_rows: bool = False
    digits: int = 1
    group: str = ""
    method: str = "1"

    def __post_init__(self) -> None:
        """Refuse a declaration that cannot mean anything."""
        if not _CODE.fullmatch(self.code):
            msg = f"{self.code!r} is not a code like room.thing.figure"
            raise ValueError(msg)
        if isinstance(self.formula, Computed) == (self.records is not None):
            msg = f"{self.code}: a computed indicator has a loader and no records, any other has records"
            raise ValueError(msg)

    @property
    def is_stock(self) -> bool:
        """Whether it is of what holds on a day rather than of what happened in a period."""
        return self.records is not None and bool(self.records.until) and not isinstance(self.formula, Coverage)

    @property
    def cumulative(self) -> bool:
        """Whether it only grows through a year to date."""
        return isinstance(self.formula, Count | Sum | Distinct) and self.period is PeriodKind.YTD and not self.is_stock

    @property
    def is_ratio(self) -> bool:
        """Whether it is a part of a whole."""
        return isinstance(self.formula, Ratio | Share | RatioOf | Coverage)

    @property
    def is_census(self) -> bool:
        """Whether it is a share of things all of which are known: no sample, so nothing is left to chance."""
        return isinstance(self.formula, Coverage) or (self.is_stock and isinstance(self.formula, Ratio))

    @property
    def is_mean(self) -> bool:
        """Whether it is an average."""
        return isinstance(self.formula, Mean)

    @property
    def scale(self) -> float:
        """What a part of a whole is multiplied by to be in ``unit``."""
        return 100.0 if self.is_ratio and self.unit == PERCENT else 1.0

    @property
    def kind(self) -> str:
        """The kind of figure, in Chinese."""
        return f"{'存量' if self.is_stock else ''}{KINDS[type(self.formula)]}"

    def span(self, period: Period) -> tuple[date, date]:
        """From when to when a record counts for a period: of what holds, its last day alone, unless any time within it will do."""
        anytime = isinstance(self.formula, Coverage) and self.formula.anytime
        held = self.records is not None and self.records.until and not anytime
        return (period.last if held else period.first, period.last)

    def when(self, period: Period) -> str:
        """What a figure for a period is said to be of: the period, for a stock the day it stands at."""
        return period_of(PeriodKind.DAY, period.last).words() if self.is_stock else period.words()

    def split(self, name: str) -> Split | None:
        """The split called ``name``."""
        return next((split for split in self.splits if split.name == name), None)


__all__ = [
    "Better",
    "Computed",
    "Count",
    "Coverage",
    "Distinct",
    "Field",
    "Indicator",
    "Latest",
    "Mean",
    "PeriodKind",
    "Ratio",
    "RatioOf",
    "Records",
    "Share",
    "Split",
    "Sum",
]
