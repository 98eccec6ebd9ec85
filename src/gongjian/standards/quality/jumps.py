"""Jumps: a value far from the ones just before it, measured by their own scatter.

The scatter is the median distance from the median (times 1.4826, so that it equals the standard deviation of a normal distribution); it
counts as at least a share of the median, so that a very steady device may move a little. Of normal noise with memory up to 0.9, fewer than
one value in ten thousand is told (tested).
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from gongjian.standards.quality.findings import Finding, Subject
from gongjian.standards.quality.series import Values, said

NORMAL_SCATTER = 1.4826


def jumps(subject: Subject) -> list[Finding]:
    """Every valid value that leaps away; the leap back of a single spike is the same one."""
    series, parameters = subject.series, subject.parameters
    places = np.flatnonzero(series.valid)
    if len(places) <= parameters.jump_window:
        return []
    values = series.values[places]
    middle, scatter = _before(values, parameters.jump_window)
    scatter = np.maximum(scatter, parameters.jump_share * np.abs(middle))
    leap = np.abs(values[parameters.jump_window :] - middle)
    far = (scatter > 0) & (leap > parameters.jump_times * scatter)
    near = np.diff(series.moments[places])[parameters.jump_window - 1 :] == series.period
    starts = far & near & ~np.concatenate(([False], far[:-1]))
    found = np.flatnonzero(starts)
    return [_told(subject, int(places[at + parameters.jump_window]), float(middle[at]), float(scatter[at])) for at in found]


def _before(values: Values, window: int) -> tuple[Values, Values]:
    """Middle and scatter of the ``window`` values before each, from the one on that has so many."""
    windows = sliding_window_view(values, window)[:-1]
    middle = np.median(windows, axis=1)
    return middle, NORMAL_SCATTER * np.median(np.abs(windows - middle[:, None]), axis=1)


def _told(subject: Subject, place: int, middle: float, scatter: float) -> Finding:
    series = subject.series
    end, value = int(series.moments[place]), float(series.values[place])
    times = abs(value - middle) / scatter
    words = (
        f"{said(end)}的数据从 {middle:.4g} {'升' if value > middle else '降'}到 {value:.4g} {subject.unit}，"
        f"是此前 {subject.parameters.jump_window} 个数据波动的 {times:.0f} 倍。"
    )
    return Finding(end - series.period, end, (place,), {"from": middle, "to": value, "times": times}, words)
