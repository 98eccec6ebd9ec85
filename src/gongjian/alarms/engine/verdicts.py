"""What each period says to a rule: good, bad, or nothing. Only valid data are judged; marked ones say nothing of exceedance (HJ 212 flags).

A period in which the source stood still (flag F) emits nothing: it can end an episode and never opens one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from gongjian.alarms.engine.folding import BAD, GOOD, VOID, Verdicts
from gongjian.standards.quality.physics import CONCENTRATION, DRIFT, range_of
from gongjian.standards.quality.series import NORMAL, STOPPED, Mask, Series, Values


class Sort(StrEnum):
    """What a rule looks for."""

    OVER = "over"
    FLAT = "flat"
    IMPOSSIBLE = "impossible"
    FLAGGED = "flagged"
    OFFLINE = "offline"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Sort.OVER: "超标",
    Sort.FLAT: "恒值",
    Sort.IMPOSSIBLE: "数值不可能",
    Sort.FLAGGED: "长时间无效",
    Sort.OFFLINE: "离线",
}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A series under its limits: ``lower`` and ``upper`` at each label, nan where none holds."""

    factor: str
    series: Series
    lower: Values
    upper: Values


def judge(sort: Sort, judged: Judged) -> tuple[Verdicts, Values]:
    """The verdict on each period and its measure, of which the largest is the peak. KeyError for OFFLINE, which is no series' matter."""
    bad, good, measures = _WAYS[sort](judged)
    verdicts = np.full(len(judged.series), VOID, np.int8)
    verdicts[good | (judged.series.flags == STOPPED)] = GOOD
    verdicts[bad] = BAD
    return verdicts, measures


def _over(judged: Judged) -> tuple[Mask, Mask, Values]:
    """Over the limit, or under the lower one; the limit itself still passes. Measured by how far beyond, as a share of the limit."""
    values, valid = judged.series.values, judged.series.valid
    known = np.isfinite(judged.lower) | np.isfinite(judged.upper)
    beyond = np.fmax(_beyond(values, judged.upper), -_beyond(values, judged.lower))
    beyond = np.where(np.isfinite(beyond), beyond, -np.inf)
    return valid & (beyond > 0), valid & known & (beyond <= 0), beyond


def _beyond(values: Values, limit: Values) -> Values:
    """How far a value is over a limit, as a share of it; nan where there is none."""
    found: Values = (values - limit) / np.where(limit == 0, 1.0, np.abs(limit))
    return found


def _flat(judged: Judged) -> tuple[Mask, Mask, Values]:
    """The same as the valid value of the period before. Measured by nothing."""
    series, valid = judged.series, judged.series.valid
    same = np.zeros(len(series), bool)
    same[1:] = valid[1:] & valid[:-1] & (np.diff(series.values) == 0) & (np.diff(series.moments) == series.period)
    return same, valid & ~same, np.zeros(len(series))


def _impossible(judged: Judged) -> tuple[Mask, Mask, Values]:
    """What cannot be; a little below zero is drift where a limit says how much a little is. Measured by the value."""
    series, can_be = judged.series, range_of(judged.factor)
    drift = np.where(np.isfinite(judged.upper), DRIFT * np.abs(judged.upper), 0.0) if can_be is CONCENTRATION else 0.0
    bad = series.valid & ((series.values < can_be.low - drift) | (series.values > can_be.high))
    return bad, series.valid & ~bad, np.abs(np.nan_to_num(series.values))


def _flagged(judged: Judged) -> tuple[Mask, Mask, Values]:
    """Marked as maintenance, fault and the like, or without a value. Measured by nothing."""
    series = judged.series
    bad = ~np.isin(series.flags, [NORMAL, STOPPED]) | ((series.flags == NORMAL) & ~np.isfinite(series.values))
    return bad, series.valid, np.zeros(len(series))


_WAYS: dict[Sort, Callable[[Judged], tuple[Mask, Mask, Values]]] = {
    Sort.OVER: _over,
    Sort.FLAT: _flat,
    Sort.IMPOSSIBLE: _impossible,
    Sort.FLAGGED: _flagged,
}
