"""The curve around an alarm or a finding, with its limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from gongjian.alarms.declaration import SECONDS
from gongjian.alarms.engine.limits import limits_at
from gongjian.alarms.models import Alarm, Outlet, QualityFinding
from gongjian.alarms.queries.standing import limit_lines
from gongjian.alarms.registry import sources
from gongjian.alarms.rules import find_rule
from gongjian.standards.quality.series import Series, Values
from gongjian.telemetry.models import Factor
from gongjian.telemetry.moments import from_seconds
from gongjian.telemetry.store import Flag, Period, SeriesKey
from gongjian.ui.curve import Bound, Curve, Reading

AROUND = 24  # periods before and after
MOST = 400  # periods drawn: of a longer stretch the end
FLAG_WORDS = {
    Flag.NORMAL: "正常",
    Flag.STOPPED: "停运",
    Flag.MAINTENANCE: "维护",
    Flag.BY_HAND: "手工",
    Flag.FAULT: "故障",
    Flag.CALIBRATION: "校准",
    Flag.OVER_RANGE: "超量程",
    Flag.NO_LINK: "通信中断",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table behind a curve."""

    at: datetime
    value: float | None
    flag: str
    over: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A curve and the table behind it, the latest row first."""

    curve: Curve
    rows: list[Line]


def picture_of_alarm(alarm: Alarm, words: str) -> Picture | None:
    """The values around an alarm; None where it is of no factor or nothing was kept."""
    if alarm.factor is None:
        return None
    rule = find_rule(alarm.rule)
    span = (int(alarm.begin.timestamp()), int((alarm.ended or alarm.last).timestamp()))
    return _picture(alarm.outlet, alarm.factor, (rule.period, rule.limits), span, words)


def picture_of_finding(found: QualityFinding) -> Picture | None:
    """The values around a finding."""
    period, span = Period(found.period), (int(found.first.timestamp()), int(found.last.timestamp()))
    return _picture(found.outlet, found.factor, (period, period), span, found.words)


def _picture(outlet: Outlet, factor: Factor, periods: tuple[Period, Period], span: tuple[int, int], words: str) -> Picture | None:
    key, size = SeriesKey(outlet.station.code, factor.code, periods[0]), SECONDS[periods[0]]
    last = span[1] + AROUND * size
    first = max(span[0] - AROUND * size, last - MOST * size)
    series = next((found for source in sources() if len(found := source.window(key, first, last))), None)
    if series is None:
        return None
    lines = limit_lines({key.station: outlet}).get((key.station, key.factor, periods[1].value), [])
    lower, upper = limits_at(lines, series.moments)
    over = series.valid & ((series.values > upper) | (series.values < lower))
    bounds = [*_bounds(series, lower, "下限"), *_bounds(series, upper, "限值")]
    end = min(last, int(series.moments[-1]) + size)
    curve = Curve(words, factor.unit, first, end, size, _readings(series, over.tolist()), bounds, [(span[0], min(span[1], end))])
    return Picture(curve, _rows(series, over.tolist()))


def _readings(series: Series, over: list[bool]) -> list[Reading]:
    rows = zip(series.moments.tolist(), series.values.tolist(), series.valid.tolist(), over, strict=True)
    return [Reading(moment, value, usable, beyond) for moment, value, usable, beyond in rows if np.isfinite(value)]


def _bounds(series: Series, limit: Values, name: str) -> list[Bound]:
    """The limit as stretches over which it stays the same."""
    found: list[Bound] = []
    for moment, value in zip(series.moments.tolist(), limit.tolist(), strict=True):
        if not np.isfinite(value):
            continue
        begin = moment - series.period
        if found and found[-1].value == value:
            found[-1] = Bound(found[-1].first, moment, value, f"{name} {value:g}")
        else:
            found.append(Bound(begin, moment, value, f"{name} {value:g}"))
    return found


def _rows(series: Series, over: list[bool]) -> list[Line]:
    rows = zip(series.moments.tolist(), series.values.tolist(), series.flags.tolist(), over, strict=True)
    told = [Line(from_seconds(at), value if np.isfinite(value) else None, _flag(flag), beyond) for at, value, flag, beyond in rows]
    return told[::-1]


def _flag(letter: str) -> str:
    return FLAG_WORDS[Flag(letter)] if letter in set(Flag) else letter
