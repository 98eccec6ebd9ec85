"""Readings of indicators as the facts that targets, trends, registers and measured duties are judged by. All are asked for together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import PeriodKind
from gongjian.indicators.reading import Reading
from gongjian.indicators.recalling import standings
from gongjian.indicators.reckoning import Standings
from gongjian.indicators.registry import known
from gongjian.indicators.standing import Standing, Wish
from gongjian.plans import facts
from gongjian.plans.history import Promised
from gongjian.plans.planfile.model import Commitment, CommitmentKind
from gongjian.plans.queries import registered, turns

PAST_WORDS = {PeriodKind.THREE_YEARS: "上一个三年"}
FLOORS = (">=", ">")


class Asked(NamedTuple):
    """What is asked of the indicators for one commitment."""

    promised: Promised
    wishes: tuple[Wish, ...]


def measured(promised: Sequence[Promised], days: Sequence[date]) -> Mapping[int, Mapping[date, facts.Fact]]:
    """What is known of every commitment that somebody computes something for, on every day."""
    declared = known({one.promise.indicator for one in promised})
    asked = [Asked(one, wishes) for one in promised if (wishes := _wishes(one.promise, declared))]
    wanted = list(dict.fromkeys(wish for one in asked for wish in one.wishes))
    found = standings(wanted, days) if wanted else {}
    return {one.promised.row: {day: fact for day in days if (fact := _fact(one, found, day))} for one in asked}


def _wishes(promise: Commitment, declared: Mapping[str, Indicator]) -> tuple[Wish, ...]:
    """What must be known to judge a commitment; nothing where nobody computes it."""
    if promise.kind is CommitmentKind.REGISTER:
        return registered.wishes(promise.ledger)
    indicator = declared.get(promise.indicator)
    if indicator is None:
        return ()
    if promise.kind is CommitmentKind.DUTY:
        return turns.wishes(promise, indicator)
    return (Wish(indicator, promise.by if indicator.split(promise.by) else ""),)


def _fact(asked: Asked, found: Standings, day: date) -> facts.Fact | None:
    promise = asked.promised.promise
    each = [found[wish.indicator.code, wish.name, day] for wish in asked.wishes]
    if promise.kind is CommitmentKind.REGISTER:
        return registered.fact(promise.ledger, asked.wishes, each, day)
    if promise.kind is CommitmentKind.DUTY:
        return turns.fact(promise, [_reading(asked.wishes[0].indicator, promise, one) for one in each], asked.wishes, day)
    return _reading(asked.wishes[0].indicator, promise, each[0])


def _reading(indicator: Indicator, promise: Commitment, standing: Standing) -> facts.Reading:
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
