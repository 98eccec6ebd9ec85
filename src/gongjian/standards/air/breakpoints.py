"""The concentrations at which each sub-index (IAQI) takes its fixed values, HJ 633 table 1, by edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gongjian.standards.air.editions import EDITION_2012, edition_on
from gongjian.standards.air.pollutants import Period, Pollutant

P = Pollutant
T = Period
Scale = tuple[int, ...]
Scales = Mapping[tuple[Pollutant, Period], Scale]

SUB_INDEX: Scale = (0, 50, 100, 150, 200, 300, 400, 500)

# HJ 633-2012 table 1; µg/m³, CO mg/m³. A scale that is shorter ends early: SO2 1 h at 200, O3 8 h at 300.
_2012: dict[tuple[Pollutant, Period], Scale] = {
    (P.SO2, T.DAY): (0, 50, 150, 475, 800, 1600, 2100, 2620),
    (P.SO2, T.HOUR): (0, 150, 500, 650, 800),
    (P.NO2, T.DAY): (0, 40, 80, 180, 280, 565, 750, 940),
    (P.NO2, T.HOUR): (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    (P.PM10, T.DAY): (0, 50, 150, 250, 350, 420, 500, 600),
    (P.CO, T.DAY): (0, 2, 4, 14, 24, 36, 48, 60),
    (P.CO, T.HOUR): (0, 5, 10, 35, 60, 90, 120, 150),
    (P.O3, T.HOUR): (0, 160, 200, 300, 400, 800, 1000, 1200),
    (P.O3, T.MAX_8H): (0, 100, 160, 215, 265, 800),
    (P.PM25, T.DAY): (0, 35, 75, 115, 150, 250, 350, 500),
}

# HJ 633-2026: only the concentrations of PM10 and PM2.5 at IAQI 100 change.
_2026 = _2012 | {
    (P.PM10, T.DAY): (0, 50, 120, 250, 350, 420, 500, 600),
    (P.PM25, T.DAY): (0, 35, 60, 115, 150, 250, 350, 500),
}


def scales_on(on: date) -> Scales:
    """The table in force on a day; raises ``Refusal`` before 2012-02-29."""
    return _2012 if edition_on(on) is EDITION_2012 else _2026


def scale(pollutant: Pollutant, period: Period, on: date) -> Scale:
    """The concentrations at sub-index 0, 50, 100 … in force on a day; ValueError where the table has no such column."""
    if found := scales_on(on).get((pollutant, period)):
        return found
    msg = f"HJ 633 has no sub-index for {pollutant} over {period}"
    raise ValueError(msg)
