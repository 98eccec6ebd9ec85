"""Readings frozen when their period closes, and the nightly look whether they still come out the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import isclose

from django.db import transaction

from gongjian.indicators.formulas import Computed
from gongjian.indicators.grammar import Indicator
from gongjian.indicators.models import FrozenReading
from gongjian.indicators.periods import Period, parse_period
from gongjian.indicators.queries.values import by_split, value
from gongjian.indicators.reading import Reading
from gongjian.indicators.registry import catalogue, known
from gongjian.kernel.refusal import Refusal
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day
from gongjian.trail.subjects import Subject

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Difference:
    """A frozen reading that no longer comes out the same.

    ``altered``: not even from what had been entered when it was frozen, so rows were changed outside the rules, or the method was.
    Otherwise something was entered or corrected since.
    """

    frozen: FrozenReading
    now: float | None
    altered: bool

    def words(self) -> str:
        """One Chinese sentence."""
        why = "按冻结时的数据重算已不一致，请核查数据是否被改动或统计方法是否变更" if self.altered else "冻结之后有补录或更正"
        part = f"（{self.frozen.split}）" if self.frozen.split else ""
        return f"指标 {self.frozen.code}{part} {self.frozen.period}：冻结值 {self.frozen.value}，现为 {self.now}，{why}。"


def freeze(period: Period, now: datetime) -> int:
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
        for split, reading in _readings(indicator, period, as_of).items()
        if (indicator.code, split) not in standing
    ]
    with transaction.atomic():
        FrozenReading.objects.bulk_create(rows, ignore_conflicts=True)
        if rows:
            subject = Subject("indicators.frozenreading", period.code, period.words())
            record("readings.frozen", subject, by=None, at=now, after={"period": period.code, "readings": len(rows)})
    return len(rows)


def recheck(now: datetime) -> list[Difference]:
    """Compute every frozen reading again, from what had been entered when it was frozen and by ``now``; those that differ.

    The altered ones come first. Asks the database a few times for each indicator and period, never for each reading.
    """
    frozen: dict[tuple[str, str, date], list[FrozenReading]] = defaultdict(list)
    for row in FrozenReading.objects.filter(frozen_at__lte=now):
        frozen[row.code, row.period, row.as_of].append(row)
    declared = known({code for code, _, _ in frozen})
    found = [
        difference
        for (code, period, as_of), rows in frozen.items()
        if code in declared
        for difference in _differences(declared[code], parse_period(period), as_of, rows)
    ]
    return sorted(found, key=lambda difference: not difference.altered)


def _differences(indicator: Indicator, period: Period, as_of: date, rows: list[FrozenReading]) -> Iterator[Difference]:
    then, now = (_readings(indicator, period, day) for day in (as_of, None))
    for row in rows:
        before, after = (found[row.split].value if row.split in found else None for found in (then, now))
        if not _same(row.value, before) or not _same(row.value, after):
            yield Difference(row, after, altered=not _same(row.value, before))


def _same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else isclose(one, other, rel_tol=TINY, abs_tol=TINY)


def _defined(indicator: Indicator, period: Period) -> bool:
    return not isinstance(indicator.formula, Computed) or period.kind in indicator.formula.periods


def _readings(indicator: Indicator, period: Period, as_of: date | None) -> dict[str, Reading]:
    """The whole and every part of every split, by the part's name."""
    found = {"": value(indicator, period, as_of)}
    for split in indicator.splits:
        found |= {f"{split.name}={key}": reading for key, reading in by_split(indicator, period, split.name, as_of)}
    return found


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
