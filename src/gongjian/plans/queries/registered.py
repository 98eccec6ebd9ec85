"""Ledgers and derived registers that a plan asks to be kept, as facts: how many entries, how complete, when last written to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from gongjian.indicators.bookkeeping import complete_code, kept_code, members_code, rest_code
from gongjian.indicators.reading import Reading
from gongjian.indicators.registry import known
from gongjian.indicators.standing import Standing, Wish
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.registers import DerivedRegister, derived_called
from gongjian.ledgers.registry import called
from gongjian.plans.facts import RegisterFact

Book = Ledger | DerivedRegister


def book(name: str) -> Book | None:
    """The ledger or derived register a plan calls ``name``."""
    return called(name) or derived_called(name)


def wishes(name: str) -> tuple[Wish, ...]:
    """What must be known to say how well it is kept: first how long it has rested."""
    found = book(name)
    if found is None:
        return ()
    codes = [rest_code(found.slug), complete_code(found.slug), members_code(found.slug), kept_code(found.slug)]
    declared = known(codes)
    return tuple(Wish(declared[code]) for code in codes if code in declared)


def fact(name: str, asked: Sequence[Wish], told: Sequence[Standing], day: date) -> RegisterFact | None:
    """How it stood at the end of ``day``. A derived register is complete where it asks nothing of its members."""
    found = book(name)
    if found is None:
        return None
    readings = {wish.indicator.code: standing.reading for wish, standing in zip(asked, told, strict=True)}
    rested = readings[rest_code(found.slug)].value
    updated_on = None if rested is None else day - timedelta(round(rested))
    entries, share = _counted(found.slug, readings)
    return RegisterFact(entries, share, updated_on, found.period_days)


def _counted(slug: str, readings: dict[str, Reading]) -> tuple[int, float]:
    """Entries and the share of them that is complete (1 where there are none, or nothing is asked)."""
    if complete := readings.get(complete_code(slug)):
        return complete.expected, 1.0 if complete.value is None else complete.value / 100
    kept = readings.get(kept_code(slug))
    return round(readings[members_code(slug)].value or 0), 1.0 if kept is None or kept.value is None else kept.value / 100
