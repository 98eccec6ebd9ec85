"""Counting days: attained, exceeded and by which pollutant, from daily indices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongjian.standards.air.days import DayValue
from gongjian.standards.air.index import ATTAINED_TOP, AirIndex, daily_index
from gongjian.standards.air.levels import Level
from gongjian.standards.air.pollutants import Pollutant


class Verdict(StrEnum):
    """What one day was."""

    ATTAINED = "达标"
    EXCEEDED = "超标"
    UNJUDGED = "无法判定"


def verdict(index: AirIndex) -> Verdict:
    """A day attains the standard at AQI 100 or less (优良天), with all six pollutants measured; HJ 663-2013 clause 5 (m).

    One pollutant over its limit makes the day an exceedance whatever else is missing; a day that looks clean but lacks a
    pollutant is not judged.
    """
    if index.value is not None and index.value > ATTAINED_TOP:
        return Verdict.EXCEEDED
    return Verdict.ATTAINED if index.complete and index.value is not None else Verdict.UNJUDGED


@dataclass(frozen=True, slots=True)
class Tally:
    """Days of a period by verdict, by level, and the exceedances by primary pollutant.

    A day on which pollutants tie counts for each of them, so ``primary`` may add up to more than ``exceeded``. Levels count judged
    days only.
    """

    attained: int
    exceeded: int
    unjudged: int
    primary: Counter[Pollutant]
    levels: Counter[Level]

    @property
    def ratio(self) -> float | None:
        """Share of attained days among those judged (优良天数比例), 0 to 1; None when none was."""
        judged = self.attained + self.exceeded
        return self.attained / judged if judged else None


def tally(indices: Iterable[AirIndex]) -> Tally:
    """Count the daily indices of a period, HJ 663-2013 clause 5 (m)."""
    days = [(verdict(index), index) for index in indices]
    counts = Counter(judgement for judgement, _ in days)
    exceeded = [index for judgement, index in days if judgement is Verdict.EXCEEDED]
    return Tally(
        counts[Verdict.ATTAINED],
        counts[Verdict.EXCEEDED],
        counts[Verdict.UNJUDGED],
        Counter(pollutant for index in exceeded for pollutant in index.primary),
        Counter(index.level for judgement, index in days if judgement is not Verdict.UNJUDGED and index.level is not None),
    )


def daily_indices(days: Mapping[Pollutant, Iterable[DayValue]], ozone_1h: Mapping[date, float] | None = None) -> dict[date, AirIndex]:
    """The AQI of every day that any pollutant has a row for, days in order; a value that is not valid takes no part (``daily_index``).

    ``ozone_1h``: the day's maximum hour, needed only where an 8-hour mean is over 800 µg/m³.
    """
    found: dict[date, dict[Pollutant, float | None]] = {}
    for pollutant, rows in days.items():
        for row in rows:
            found.setdefault(row.day, {})[pollutant] = row.value if row.valid else None
    hours = ozone_1h or {}
    return {day: daily_index(found[day], day, hours.get(day)) for day in sorted(found)}
