"""Values outside physics: what no instrument can have measured.

pH from 0 to 14, oxygen and relative humidity as shares of a whole; temperatures as they occur; concentrations, flows and noise not below
zero. A little below zero is drift of the instrument, not a lie: see ``DRIFT`` (m).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gongjian.standards.quality.findings import Finding, Subject, stretches
from gongjian.standards.quality.series import Mask, said


@dataclass(frozen=True, slots=True)
class Range:
    """What can be, both ends included."""

    low: float
    high: float = float("inf")

    def words(self) -> str:
        """The range as a sentence names it."""
        return f"不小于 {self.low:g}" if self.high == float("inf") else f"{self.low:g} 至 {self.high:g}"


CONCENTRATION = Range(0.0)
DRIFT = 0.02  # of the middle of the valid values: so far below zero an instrument may drift
RANGES = {
    "w01001": Range(0.0, 14.0),  # pH
    "w01010": Range(-5.0, 60.0),  # water temperature, °C
    "w01009": Range(0.0, 25.0),  # dissolved oxygen, mg/L
    "a19001": Range(0.0, 21.0),  # oxygen in stack gas, %
    "a01001": Range(-50.0, 600.0),  # temperature, °C: air or stack
    "a01002": Range(0.0, 100.0),  # humidity, %
    "a01006": Range(50.0, 115.0),  # pressure, kPa
    "a01008": Range(0.0, 360.0),  # wind direction, degrees
    "LA": Range(10.0, 150.0),  # noise, dB(A)
}


def range_of(factor: str) -> Range:
    """What a factor can be; what is not named is a concentration."""
    return RANGES.get(factor, CONCENTRATION)


def impossible(subject: Subject) -> Mask:
    """Where a valid value cannot be."""
    series, can_be = subject.series, range_of(subject.factor)
    valid = series.valid
    usual = float(np.median(np.abs(series.values[valid]))) if valid.any() else 0.0
    low = can_be.low - (DRIFT * usual if can_be is CONCENTRATION else 0.0)
    found: Mask = valid & ((series.values < low) | (series.values > can_be.high))
    return found


def outside_physics(subject: Subject) -> list[Finding]:
    """Every stretch of values that cannot be."""
    series = subject.series
    places = [int(place) for place in np.flatnonzero(impossible(subject))]
    return [_told(subject, first, last) for first, last in stretches(places, series.moments, series.period)]


def _told(subject: Subject, first: int, last: int) -> Finding:
    series = subject.series
    begin, end = int(series.moments[first]) - series.period, int(series.moments[last])
    part = series.values[first : last + 1]
    worst = float(part[np.argmax(np.abs(part))])
    limits = range_of(subject.factor).words()
    words = f"{said(begin)}至{said(end)}有 {len(part)} 个数据超出物理可能：出现 {worst:g} {subject.unit}，该项只能{limits}。"
    return Finding(begin, end, tuple(range(first, last + 1)), {"value": worst, "count": len(part)}, words)
