"""Wind and what it brings: roses of a station that measures both speed and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gongjian.live.queries.factors import Instruments, Measured
from gongjian.live.queries.reading import span_of, strands_of
from gongjian.live.roses import PollutionRose, WindRose, pollution_rose, wind_rose
from gongjian.live.spans import Span
from gongjian.live.strands import Strand, counted
from gongjian.telemetry.models import Station

SPEED: Final = "a01007"
DIRECTION: Final = "a01008"
WEATHER: Final = frozenset({SPEED, DIRECTION, "a01001", "a01002", "a01006"})


@dataclass(frozen=True, slots=True)
class Roses:
    """The wind of a span, and the mean of one factor by the direction it came from (None: no factor was asked for)."""

    wind: WindRose
    factor: Measured | None
    pollution: PollutionRose | None


def has_wind(known: Instruments) -> bool:
    """Whether both speed and direction are measured."""
    return known.find(SPEED) is not None and known.find(DIRECTION) is not None


def polluting(known: Instruments) -> list[Measured]:
    """The factors that are no weather."""
    return [one for one in known.factors if one.code not in WEATHER]


def roses_of(station: Station, known: Instruments, factor: Measured | None, span: Span) -> Roses:
    """The roses of a span; where no wind was measured, of no hours."""
    wanted = [one for one in (known.find(SPEED), known.find(DIRECTION), factor) if one is not None]
    found = strands_of(station, known, wanted, span.period, *span_of(span.first, span.last))
    speed, direction = counted(found[SPEED]), counted(found[DIRECTION])
    moments = np.union1d(speed.moments, direction.moments)
    speeds, directions = _at(speed, moments), _at(direction, moments)
    told = None if factor is None else pollution_rose(speeds, directions, _at(counted(found[factor.code]), moments))
    return Roses(wind_rose(speeds, directions), factor, told)


def _at(strand: Strand, moments: NDArray[np.int64]) -> NDArray[np.float64]:
    """The strand's values at these labels; nan where it has none."""
    values = np.full(len(moments), np.nan)
    if len(strand):
        places = np.clip(np.searchsorted(strand.moments, moments), 0, len(strand) - 1)
        there = strand.moments[places] == moments
        values[there] = strand.values[places[there]]
    return values
