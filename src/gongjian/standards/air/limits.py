"""Ambient air limits (浓度限值) by pollutant, averaging period, class of area and day measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongjian.standards.air.editions import EDITION_2012, EDITION_2026, EDITION_2026_FIRST, Edition
from gongjian.standards.air.pollutants import Period, Pollutant
from gongjian.standards.rounding import Number

P = Pollutant
T = Period
Pair = tuple[int, int]  # class 1, class 2

# GB 3095-2012 table 1. µg/m³, CO mg/m³.
_2012: dict[tuple[Pollutant, Period], Pair] = {
    (P.SO2, T.YEAR): (20, 60), (P.SO2, T.DAY): (50, 150), (P.SO2, T.HOUR): (150, 500),
    (P.NO2, T.YEAR): (40, 40), (P.NO2, T.DAY): (80, 80), (P.NO2, T.HOUR): (200, 200),
    (P.CO, T.DAY): (4, 4), (P.CO, T.HOUR): (10, 10),
    (P.O3, T.MAX_8H): (100, 160), (P.O3, T.HOUR): (160, 200),
    (P.PM10, T.YEAR): (40, 70), (P.PM10, T.DAY): (50, 150),
    (P.PM25, T.YEAR): (15, 35), (P.PM25, T.DAY): (35, 75),
}  # fmt: skip

# GB 3095-2026: what changes on 2026-03-01 until 2030-12-31 (过渡阶段), and what from 2031-01-01.
_2026_FIRST = _2012 | {
    (P.PM10, T.YEAR): (40, 60), (P.PM10, T.DAY): (50, 120),
    (P.PM25, T.YEAR): (15, 30), (P.PM25, T.DAY): (35, 60),
}  # fmt: skip
_2026 = _2012 | {
    (P.PM10, T.YEAR): (20, 50), (P.PM10, T.DAY): (50, 100),
    (P.PM25, T.YEAR): (10, 25), (P.PM25, T.DAY): (25, 50),
    (P.SO2, T.YEAR): (20, 20), (P.SO2, T.DAY): (50, 50), (P.SO2, T.HOUR): (150, 150),
    (P.NO2, T.YEAR): (30, 30), (P.NO2, T.DAY): (50, 50),
}  # fmt: skip

_TABLES: tuple[tuple[Edition, Mapping[tuple[Pollutant, Period], Pair]], ...] = (
    (EDITION_2012, _2012),
    (EDITION_2026_FIRST, _2026_FIRST),
    (EDITION_2026, _2026),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its value in ``unit``, for which class of area (1 or 2), and the edition it stands in."""

    pollutant: Pollutant
    period: Period
    cls: int
    value: int
    edition: Edition

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return self.pollutant.unit

    @property
    def method(self) -> str:
        """Standard, edition, table and class, in Chinese."""
        phase = f"（{self.edition.phase}）" if self.edition.phase else ""
        return f"{self.edition.quality} 表1 {'一' if self.cls == 1 else '二'}级浓度限值{phase}"

    def exceeded_by(self, concentration: Number) -> bool:
        """Whether a concentration is over the limit, both written alike: the rounded value is compared (修约值比较法, GB/T 8170, m)."""
        return self.pollutant.reported(concentration) > self.value


def limit(pollutant: Pollutant, period: Period, on: date, cls: int = 2) -> Limit | None:
    """The limit that governs the day ``on``, GB 3095 table 1; None where the standard sets none (CO has no year limit, O3 no 24 h).

    ``cls`` is the class of area: 1 (nature reserves, scenic areas) or 2 (all others); anything else raises ValueError. For a
    month or year give its last day. Days before 2012-02-29 have no limit here.
    """
    if cls not in (1, 2):
        msg = f"areas are of class 1 or 2, not {cls}"
        raise ValueError(msg)
    for edition, table in _TABLES:
        if edition.first <= on <= edition.last and (pair := table.get((pollutant, period))):
            return Limit(pollutant, period, cls, pair[cls - 1], edition)
    return None
