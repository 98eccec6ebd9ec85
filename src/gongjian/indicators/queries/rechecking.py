"""The nightly look whether frozen readings still come out the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import isclose

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.models import FrozenReading
from gongjian.indicators.periods import Period, parse_period
from gongjian.indicators.queries.values import whole_and_parts
from gongjian.indicators.registry import known

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
    then, now = (whole_and_parts(indicator, period, day) for day in (as_of, None))
    for row in rows:
        before, after = (found[row.split].value if row.split in found else None for found in (then, now))
        if not _same(row.value, before) or not _same(row.value, after):
            yield Difference(row, after, altered=not _same(row.value, before))


def _same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else isclose(one, other, rel_tol=TINY, abs_tol=TINY)
