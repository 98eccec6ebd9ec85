"""Air quality index (AQI) and sub-indices (IAQI), HJ 633-2012 and HJ 633-2026."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, isfinite

from gongjian.standards.air.breakpoints import SUB_INDEX, scale
from gongjian.standards.air.editions import edition_on
from gongjian.standards.air.levels import Level, level_of
from gongjian.standards.air.pollutants import Period, Pollutant

EXCELLENT_TOP = 50
ATTAINED_TOP = 100
_DUST = 9  # decimals: what adding binary fractions leaves must not push an exact sub-index up by one

Concentrations = Mapping[Pollutant, float | None]


@dataclass(frozen=True, slots=True)
class AirIndex:
    """An air quality index: the largest sub-index, and which pollutants bear it.

    ``value`` and ``level`` are None when nothing was measured. ``primary`` names the primary pollutants (首要污染物), all that tie,
    and none at 50 or less. ``missing`` names those without a sub-index: an index that lacks one may be too low.
    """

    value: int | None
    level: Level | None
    primary: tuple[Pollutant, ...]
    sub_indices: Mapping[Pollutant, int]
    missing: tuple[Pollutant, ...]
    method: str

    @property
    def complete(self) -> bool:
        """Whether all six pollutants took part."""
        return not self.missing

    @property
    def exceeding(self) -> tuple[Pollutant, ...]:
        """Pollutants over 100 (超标污染物), HJ 633-2012 clause 4."""
        return tuple(pollutant for pollutant, value in self.sub_indices.items() if value > ATTAINED_TOP)


def iaqi(pollutant: Pollutant, period: Period, concentration: float, on: date) -> int | None:
    """Sub-index of one concentration: linear between the breakpoints of HJ 633 table 1, rounded up (clause 4).

    None where a short scale ends (SO2 1 h over 800, O3 8 h over 800 µg/m³): the caller takes the 24 h or 1 h figure. Above a full
    scale 500 (m). ValueError for what cannot be a concentration, and for a period without a scale.
    """
    if not isfinite(concentration) or concentration < 0:
        msg = f"no concentration: {concentration}"
        raise ValueError(msg)
    points = scale(pollutant, period, on)
    above = bisect_left(points, concentration)
    if above == 0:
        return 0
    if above == len(points):
        return SUB_INDEX[-1] if above == len(SUB_INDEX) else None
    low, high = SUB_INDEX[above - 1], SUB_INDEX[above]
    share = (concentration - points[above - 1]) / (points[above] - points[above - 1])
    return ceil(round(low + (high - low) * share, _DUST))


def daily_index(concentrations: Concentrations, on: date, ozone_1h: float | None = None) -> AirIndex:
    """A day's AQI from 24 h means (O3: the maximum 8-hour mean), HJ 633 table 1; hand over only what is valid.

    ``ozone_1h``, the day's maximum hour, stands in when the 8-hour mean is over 800 µg/m³ (note to table 1). Concentrations are
    first written as reported, whole µg/m³ and CO to 0.1 mg/m³ (m).
    """
    found = {pollutant: _figure(pollutant, _daily(pollutant), concentrations, on) for pollutant in Pollutant}
    if found[Pollutant.O3] is None and concentrations.get(Pollutant.O3) is not None:
        found[Pollutant.O3] = _figure(Pollutant.O3, Period.HOUR, {Pollutant.O3: ozone_1h}, on)
    return _index(found, on)


def hourly_index(concentrations: Concentrations, on: date, so2_24h: float | None = None) -> AirIndex:
    """An hour's AQI (实时报) from hourly means; PM10 and PM2.5 go by their 24 h scales, the only ones HJ 633 has.

    The national platform feeds those scales with the hour's mean (m; so does the real feed at 亦庄), HJ 633-2012 clause 5 also
    publishes the sliding 24 h mean: hand over whichever is meant. ``so2_24h`` stands in when SO2 is over 800 µg/m³ (note to
    table 1). ``on`` is the day the hour belongs to.
    """
    found = {pollutant: _figure(pollutant, _hourly(pollutant), concentrations, on) for pollutant in Pollutant}
    if found[Pollutant.SO2] is None and concentrations.get(Pollutant.SO2) is not None:
        found[Pollutant.SO2] = _figure(Pollutant.SO2, Period.DAY, {Pollutant.SO2: so2_24h}, on)
    return _index(found, on)


def _daily(pollutant: Pollutant) -> Period:
    return Period.MAX_8H if pollutant is Pollutant.O3 else Period.DAY


def _hourly(pollutant: Pollutant) -> Period:
    return Period.DAY if pollutant in (Pollutant.PM10, Pollutant.PM25) else Period.HOUR


def _figure(pollutant: Pollutant, period: Period, concentrations: Concentrations, on: date) -> int | None:
    value = concentrations.get(pollutant)
    return None if value is None else iaqi(pollutant, period, float(pollutant.reported(value)), on)


def _index(found: Mapping[Pollutant, int | None], on: date) -> AirIndex:
    """The index over the sub-indices found: the largest, HJ 633 clause 4."""
    known = {pollutant: value for pollutant, value in found.items() if value is not None}
    missing = tuple(pollutant for pollutant, value in found.items() if value is None)
    top = max(known.values(), default=None)
    primary = tuple(pollutant for pollutant, value in known.items() if value == top and value > EXCELLENT_TOP)
    level = None if top is None else level_of(top)
    return AirIndex(top, level, primary, known, missing, f"{edition_on(on).index} 表1")
