"""Partial sums, and how they become a reading. Pure: adding up the parts of a period gives the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gongjian.indicators.formulas import Combine, Count, Coverage, Distinct, Latest, Sum
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period
from gongjian.indicators.reading import Reading

_CUMULATIVE = (Count, Sum, Distinct)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found in some records.

    ``rows`` any at all, ``considered`` those the indicator is about, ``usable`` of these those that say what is asked, ``top`` and
    ``bottom`` what the value is made of. ``keys`` are the different values a Distinct has met, where they are carried along.
    """

    rows: int = 0
    considered: int = 0
    usable: int = 0
    top: float = 0.0
    bottom: float = 0.0
    keys: frozenset[str] = frozenset()


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together; keys are united once, for adding up one by one would copy them every time."""
    held = list(tallies)
    return Tally(
        sum(one.rows for one in held),
        sum(one.considered for one in held),
        sum(one.usable for one in held),
        sum((one.top for one in held), 0.0),
        sum((one.bottom for one in held), 0.0),
        frozenset().union(*(one.keys for one in held)),
    )


def counted(tally: Tally) -> Tally:
    """A tally that carries keys, counted."""
    return replace(tally, top=float(len(tally.keys)))


def reading_of(indicator: Indicator, tally: Tally, period: Period, as_of: date | None = None, where: str = "") -> Reading:
    """The reading that the records of a period come to; ``where`` names the part of the whole it is of, if it is one."""
    value = _value(indicator, tally)
    reasons = _reasons(indicator, tally, f"{indicator.when(period)}{f'“{where}”' if where else ''}")
    parts = (tally.top, tally.bottom) if indicator.is_ratio or indicator.is_mean else (tally.top, None)
    return Reading(
        code=indicator.code,
        period=period,
        unit=indicator.unit,
        value=value,
        reasons=reasons,
        expected=tally.considered,
        present=tally.usable,
        numerator=parts[0] if value is not None else None,
        denominator=parts[1] if value is not None else None,
        method=f"{indicator.kind} v{indicator.method}",
        as_of=as_of,
        remarks=_remarks(tally),
    )


def _value(indicator: Indicator, tally: Tally) -> float | None:
    match indicator.formula:
        case Count():
            return tally.top if _spoken(indicator, tally) else None
        case Sum() | Distinct():
            there = tally.usable or (not tally.considered and _spoken(indicator, tally))
            return tally.top if there else None
        case Latest(combine=combine):
            return (tally.top / tally.usable if combine is Combine.MEAN else tally.top) if tally.usable else None
    return indicator.scale * tally.top / tally.bottom if tally.bottom else None


def _spoken(indicator: Indicator, tally: Tally) -> bool:
    """Whether an absence of matching records can be believed: somebody wrote down something, or silence counts as none."""
    return bool(tally.rows) or indicator.silence_is_zero


def _reasons(indicator: Indicator, tally: Tally, named: str) -> tuple[str, ...]:
    if isinstance(indicator.formula, _CUMULATIVE) and not tally.considered and _spoken(indicator, tally):
        return ()
    if not tally.considered:
        return (f"{named}{'没有应覆盖的对象' if isinstance(indicator.formula, Coverage) else '没有记录，没有记录不等于零'}",)
    if tally.usable < max(1, indicator.least):
        return (f"{named}可用的记录只有{tally.usable}条，应不少于{max(1, indicator.least)}条",)
    if tally.usable < indicator.enough * tally.considered:
        return (f"{named}{tally.considered}条记录中只有{tally.usable}条有结果，应不少于{indicator.enough:.0%}",)
    if _value(indicator, tally) is None:
        return (f"{named}{tally.considered}条记录的合计为零，算不出占比",)
    return ()


def _remarks(tally: Tally) -> tuple[str, ...]:
    missing = tally.considered - tally.usable
    return (f"{missing}条记录缺少所需的内容，没有计入",) if missing and tally.usable else ()
