"""Readings of indicators as the facts that targets and trends are judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import PeriodKind
from gongjian.indicators.queries.standings import standings
from gongjian.indicators.reading import Reading
from gongjian.indicators.registry import known
from gongjian.indicators.standing import Standing, Wish
from gongjian.plans import facts
from gongjian.plans.history import Promised
from gongjian.plans.planfile.model import Commitment

PAST_WORDS = {PeriodKind.THREE_YEARS: "上一个三年"}
FLOORS = (">=", ">")


def measured(promised: Sequence[Promised], days: Sequence[date]) -> Mapping[int, Mapping[date, facts.Fact]]:
    """The reading of every commitment whose indicator somebody computes, on every day. All indicators are asked for together."""
    declared = known({one.promise.indicator for one in promised})
    wishes = {one.row: _wish(declared[one.promise.indicator], one.promise) for one in promised if one.promise.indicator in declared}
    found = standings(wishes.values(), days) if wishes else {}
    return {
        one.row: {day: _fact(wish.indicator, one.promise, found[wish.indicator.code, wish.split, day]) for day in days}
        for one in promised
        if (wish := wishes.get(one.row))
    }


def _wish(indicator: Indicator, promise: Commitment) -> Wish:
    return Wish(indicator, promise.by if indicator.split(promise.by) else "")


def _fact(indicator: Indicator, promise: Commitment, standing: Standing) -> facts.Reading:
    """What the rules of light take; where a target holds for every part, the worst part speaks."""
    part, reading = _speaking(standing, promise)
    past = standing.past
    reason = _unit_reason(indicator, promise) or _few(reading.reasons)
    usable = not _unit_reason(indicator, promise) and (reading.valid or _indicative(indicator, reading))
    return facts.Reading(
        value=reading.value,
        period=f"{indicator.when(reading.period)}{f'“{part}”' if part else ''}",
        valid=usable,
        reason=reason,
        cumulative=indicator.cumulative,
        past=past.value if past.valid or _indicative(indicator, past) else None,
        past_period=PAST_WORDS.get(reading.period.kind, "上年同期"),
        better=indicator.better.value,
        caveat=f"按标准不作有效评价，仅供研判：{_few(reading.reasons)}" if usable and not reading.valid else "",
    )


def _speaking(standing: Standing, promise: Commitment) -> tuple[str, Reading]:
    told = [(key, reading) for key, reading in standing.parts if reading.valid and reading.value is not None]
    if not told:
        return "", standing.reading
    worst = min if promise.op in FLOORS else max
    return worst(told, key=lambda pair: pair[1].value or 0.0)


def _indicative(indicator: Indicator, reading: Reading) -> bool:
    """Whether a figure the standard withholds validity from may still light up: its room says from what share of inputs on."""
    return indicator.indicative is not None and reading.value is not None and reading.share_present >= indicator.indicative


def _unit_reason(indicator: Indicator, promise: Commitment) -> str:
    if not promise.unit or promise.unit == indicator.unit:
        return ""
    return f"指标的单位是{indicator.unit}，考核点写的是{promise.unit}，无从比较"


def _few(reasons: Sequence[str]) -> str:
    return f"{reasons[0]}等{len(reasons)}项" if len(reasons) > 1 else "".join(reasons)
