"""What an indicator does with its records: the ten kinds of figure. Declarations only; ``tallies`` and ``measuring`` compute them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from gongjian.indicators.conditions import ALWAYS, Condition
from gongjian.indicators.periods import Period, PeriodKind
from gongjian.standards.statistic import Statistic


@dataclass(frozen=True, slots=True)
class Records:
    """A typed table of versioned records: ``model`` is "app.Model", ``dated`` the field with the day a record belongs to.

    With ``until`` a record is a thing that holds from the day ``dated`` up to, not including, the day ``until`` (empty: it still holds),
    and figures are a stock (存量): of what holds on the last day of a period. At most one version of a thing is in force at a moment, and
    it tells the whole of its time. ``entered`` and ``replaced`` hold the moments at which a version was entered and gave way to a later
    one (empty: in force).
    """

    model: str
    dated: str
    until: str = ""
    entered: str = "entered_at"
    replaced: str = "replaced_at"


@dataclass(frozen=True, slots=True)
class Count:
    """How many records."""

    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a field."""

    of: str
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Mean:
    """The arithmetic mean of a field, each record weighing the same."""

    of: str
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Ratio:
    """Of the records ``among``, the share that is ``passed``; one of which that cannot be told is in neither."""

    passed: Condition
    among: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Share:
    """Of the sum of a field over the records ``among``, the share that falls on ``part``."""

    of: str
    part: Condition
    among: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class RatioOf:
    """The sum of one field over the sum of another, of the records that say both: days online of days due."""

    sum_of: str
    over: str
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the things the indicator's records are (``among`` them), the share with at least one of ``records`` within the period.

    A record is of the thing whose ``thing`` equals its ``by``, both fields without a hop; it counts when ``where`` holds of it. The things
    are those that hold on the last day of the period, or with ``anytime`` at any time within it.
    """

    records: Records
    by: str = "entry"
    where: Condition = ALWAYS
    thing: str = "entry"
    among: Condition = ALWAYS
    anytime: bool = False


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different values of a field: vehicles checked, not checks."""

    of: str
    where: Condition = ALWAYS


class Combine(StrEnum):
    """What becomes of the latest values of several things."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Latest:
    """The field's value in the latest record of the period; of each ``per`` the latest, combined. On one day the last entered speaks."""

    of: str
    per: str = ""
    combine: Combine = Combine.SUM
    where: Condition = ALWAYS


class Load(Protocol):
    """Fetches what a computed figure is computed from: the days from ``first`` to ``last``, once for each day of ``as_of`` (None: now).

    What it hands back for a day holds only what had been entered by its end. A fixed number of queries, however many days.
    """

    def __call__(self, first: date, last: date, as_of: Sequence[date | None]) -> Sequence[Any]:
        """One answer for each of ``as_of``, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as a page shows and exports them: headings, then values."""

    titles: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def within(period: Period) -> tuple[date, date]:
    """The days of the period itself."""
    return period.first, period.last


@dataclass(frozen=True, slots=True)
class Computed:
    """A figure by a standard: ``compute``, a pure function, of what ``load`` fetches for the days that ``reach`` names.

    ``periods`` are the kinds of period it is defined for; ``evidence`` gives the rows behind it from a day to a day as of a day;
    ``parts`` gives for a split (station, …) the keys and their loaders; ``daily`` picks the valid daily values out of what was fetched,
    where the figure is a mean of days: they make its forecast. ``reads`` names what it is computed from ("app.Model", or a whole "app"):
    as long as nothing there is written to, the figure of today need not be computed twice (see ``stamps``).
    """

    compute: Callable[[Any, Period], Statistic]
    load: Load
    reach: Callable[[Period], tuple[date, date]] = within
    periods: frozenset[PeriodKind] = frozenset(PeriodKind)
    evidence: Callable[[date, date, date | None], Rows] | None = None
    daily: Callable[[Any], Sequence[tuple[date, float]]] | None = None
    parts: Mapping[str, Callable[[], Sequence[tuple[str, Load]]]] = field(default_factory=dict, hash=False)
    reads: tuple[str, ...] = ()


FromRecords = Count | Sum | Mean | Ratio | Share | RatioOf | Coverage | Distinct | Latest
Formula = FromRecords | Computed
KINDS: Mapping[type[Any], str] = {
    Count: "计数",
    Sum: "合计",
    Mean: "平均",
    Ratio: "比率",
    Share: "占比",
    RatioOf: "合计之比",
    Coverage: "覆盖率",
    Distinct: "去重计数",
    Latest: "最新值",
    Computed: "按标准计算",
}
