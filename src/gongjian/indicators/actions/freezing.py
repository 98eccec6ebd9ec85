"""Readings frozen when their period closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from gongjian.indicators.formulas import Computed
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.models import FrozenReading
from gongjian.indicators.periods import Period, PeriodKind, period_of
from gongjian.indicators.queries.values import whole_and_parts
from gongjian.indicators.reading import Reading
from gongjian.indicators.registry import catalogue
from gongjian.kernel.refusal import Refusal
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day
from gongjian.trail.subjects import Subject

SETTLING = 10  # days


def freeze(period: Period, *, now: datetime) -> int:
    """Freeze every indicator, whole and by split, for a period that is over; returns how many were new. Refusal while it runs.

    What is frozen already stays as it is, so the call can be repeated. One event tells of all of them.
    """
    today = local_day(now)
    if not period.closed_on(today):
        msg = f"{period.words()}尚未结束，{period.last}之后才能冻结读数。"
        raise Refusal(msg)
    as_of = today - timedelta(1)  # a day that is over: nothing more can be entered by its end
    standing = set(FrozenReading.objects.filter(period=period.code).values_list("code", "split"))
    rows = [
        _frozen(indicator, split, reading, as_of, now)
        for indicator in catalogue()
        if _defined(indicator, period)
        for split, reading in whole_and_parts(indicator, period, as_of).items()
        if (indicator.code, split) not in standing
    ]
    with transaction.atomic():
        FrozenReading.objects.bulk_create(rows, ignore_conflicts=True)
        if rows:
            subject = Subject("indicators.frozenreading", period.code, period.words())
            record("readings.frozen", subject, by=None, at=now, after={"period": period.code, "readings": len(rows)})
    return len(rows)


def freeze_settled(*, now: datetime) -> int:
    """Freeze the latest month, quarter and year that have been over for ten days: records of their last days have come in by then."""
    settled = local_day(now) - timedelta(SETTLING + 1)
    return sum(freeze(period, now=now) for period in _closed_by(settled))


def _closed_by(day: date) -> list[Period]:
    """The latest month, quarter and year that were over by the end of ``day``."""
    found = [period_of(kind, day) for kind in (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)]
    return [period if period.last <= day else period_of(period.kind, period.first - timedelta(1)) for period in found]


def _defined(indicator: Indicator, period: Period) -> bool:
    return not isinstance(indicator.formula, Computed) or period.kind in indicator.formula.periods


def _frozen(indicator: Indicator, split: str, reading: Reading, as_of: date, now: datetime) -> FrozenReading:
    return FrozenReading(
        code=indicator.code,
        split=split,
        period=reading.period.code,
        first=reading.period.first,
        last=reading.period.last,
        value=reading.value,
        unit=reading.unit,
        valid=reading.valid,
        as_of=as_of,
        method=indicator.method,
        provenance=replace(reading, frozen_at=now).provenance(now),
        frozen_at=now,
    )
