"""Made-up series of one device: healthy noise with memory, and ways to spoil it."""

from datetime import date

import numpy as np

from gongjian.standards.quality.findings import Subject
from gongjian.standards.quality.parameters import parameters_on
from gongjian.standards.quality.series import Series

START = 1_601_481_600  # 2020-10-01 00:00 in Beijing
HOUR = 3600
MONTH = 31 * 24


def healthy(seed, count=MONTH, *, period=HOUR, middle=20.0, scatter=2.0, memory=0.6, start=START, digits=2):
    """Normal noise with memory around a middle, rounded as a device rounds; labels are ends of periods."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=count) * np.sqrt(1 - memory**2)
    values = np.empty(count)
    last = rng.normal()
    for place in range(count):
        last = memory * last + noise[place]
        values[place] = middle + scatter * last
    return made(np.round(values, digits), period=period, start=start)


def made(values, *, flags=None, period=HOUR, start=START):
    values = np.asarray(values, float)
    moments = start + period * np.arange(1, len(values) + 1, dtype=np.int64)
    letters = np.full(len(values), "N") if flags is None else np.array(list(flags), dtype="U1")
    return Series(moments, values, letters, period)


def changed(series, *, values=None, flags=None, moments=None):
    return Series(
        series.moments if moments is None else moments,
        series.values if values is None else values,
        series.flags if flags is None else flags,
        series.period,
    )


def without(series, places):
    """The series with some of its values never having come."""
    kept = np.ones(len(series), bool)
    kept[list(places)] = False
    return Series(series.moments[kept], series.values[kept], series.flags[kept], series.period)


def subject(series, *, factor="a21026", limit=None, others=None, first=None, last=None, **parameters):
    from dataclasses import replace

    upper = np.full(len(series), np.nan if limit is None else limit)
    begin = int(series.moments[0]) - series.period if first is None else first
    end = int(series.moments[-1]) if last is None else last
    return Subject(factor, "mg/m³", series, begin, end, replace(parameters_on(date(2020, 10, 1)), **parameters), upper, others or {})
