"""Flat lines: a living process never gives exactly the same value for hours."""

from __future__ import annotations

import numpy as np

from gongjian.standards.quality.findings import Finding, Subject
from gongjian.standards.quality.series import Series, said


def flat_lines(subject: Subject) -> list[Finding]:
    """Every run of equal valid values as long as or longer than the parameters bear, each once and whole."""
    series, least = subject.series, subject.parameters.flat_length(subject.factor, subject.series.period)
    return [_told(subject, first, last) for first, last in equal_runs(series, least)]


def equal_runs(series: Series, least: int) -> list[tuple[int, int]]:
    """Places of first and last of every run of at least ``least`` equal valid values, no label missing between them."""
    if len(series) < least:
        return []
    valid = series.valid
    goes_on = valid[1:] & valid[:-1] & (np.diff(series.values) == 0) & (np.diff(series.moments) == series.period)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], goes_on, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2) if last - first + 1 >= least]


def _told(subject: Subject, first: int, last: int) -> Finding:
    series, count = subject.series, last - first + 1
    begin, end = int(series.moments[first]) - series.period, int(series.moments[last])
    value = float(series.values[first])
    words = f"{said(begin)}至{said(end)}连续 {count} 个数据都是 {value:g} {subject.unit}，一点不动。".replace("  ", " ")
    return Finding(begin, end, tuple(range(first, last + 1)), {"value": value, "count": count}, words)
