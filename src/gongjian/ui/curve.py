"""A curve over time drawn on the server: gaps left open, limits as steps, what was over marked, a table always behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongjian.ui.chart import ticks
from gongjian.ui.figures import thousands

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, BOTTOM = 56, 18, 26, 28
LABELS = 8  # under the axis, at most about so many
CLOCK = timezone(timedelta(hours=8), "CST")  # Chinese monitoring keeps one clock all year
OFFSET = 8 * 3600
_HOUR, _DAY = 3600, 86400
_STEPS = (_HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY, 28 * _DAY)


@dataclass(frozen=True, slots=True)
class Reading:
    """One value at a moment (seconds, the end of its period); not ``usable``: marked by the device, drawn hollow and not joined."""

    moment: int
    value: float
    usable: bool = True
    over: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit from one moment to another, with its name."""

    first: int
    last: int
    value: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """Everything drawn from ``first`` to ``last`` (seconds). ``words`` says its message; ``shaded`` are stretches that are spoken of.

    Readings further apart than ``period`` seconds are not joined.
    """

    words: str
    unit: str
    first: int
    last: int
    period: int
    readings: Sequence[Reading]
    bounds: Sequence[Bound] = ()
    shaded: Sequence[tuple[int, int]] = ()

    def svg(self) -> SafeString:
        """The drawing; empty when there is nothing to draw."""
        if not self.readings or self.last <= self.first:
            return SafeString("")
        scale = _scale(self)
        return format_html(
            '<svg class="curve" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
            '<text class="curve-unit" x="{}" y="14">{}</text>{}{}{}{}{}{}</svg>',
            WIDTH,
            HEIGHT,
            self.words,
            self.words,
            LEFT - 8,
            self.unit,
            _shaded(self, scale),
            _axis(scale),
            _labels(self, scale),
            _bounds(self, scale),
            format_html('<path class="curve-line" d="{}"/>', _path(self, scale)),
            _dots(self, scale),
        )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    ticks: tuple[float, ...]

    def x(self, moment: int) -> float:
        held = min(max(moment, self.first), self.last)
        return LEFT + (WIDTH - LEFT - RIGHT) * (held - self.first) / (self.last - self.first)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low)


def _scale(curve: Curve) -> _Scale:
    values = [one.value for one in curve.readings] + [one.value for one in curve.bounds]
    return _Scale(curve.first, curve.last, ticks(min(values), max(values)))


def _axis(scale: _Scale) -> SafeString:
    digits = 0 if all(float(tick).is_integer() for tick in scale.ticks) else None
    return format_html_join(
        "",
        '<path class="curve-grid" d="M{} {}H{}"/><text class="curve-tick" x="{}" y="{}">{}</text>',
        ((LEFT, _f(scale.y(tick)), WIDTH - RIGHT, LEFT - 8, _f(scale.y(tick) + 4), thousands(tick, digits)) for tick in scale.ticks),
    )


def _labels(curve: Curve, scale: _Scale) -> SafeString:
    rows = ((_f(scale.x(moment)), HEIGHT - 8, words) for moment, words in label_moments(curve.first, curve.last))
    return format_html_join("", '<text class="curve-label" x="{}" y="{}">{}</text>', rows)


def label_moments(first: int, last: int) -> Iterator[tuple[int, str]]:
    """Round moments of the monitoring clock from one to another: midnights with their date, other hours with their time."""
    step = next((step for step in _STEPS if (last - first) / step <= LABELS), _STEPS[-1])
    begin = -((first + OFFSET) // -step) * step - OFFSET
    for moment in range(begin, last + 1, step):
        local = datetime.fromtimestamp(moment, UTC).astimezone(CLOCK)
        yield moment, f"{local:%m-%d}" if (local.hour, local.minute) == (0, 0) else f"{local:%H:%M}"


def _shaded(curve: Curve, scale: _Scale) -> SafeString:
    return format_html_join(
        "",
        '<rect class="curve-shade" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (_f(scale.x(first)), TOP, _f(max(scale.x(last) - scale.x(first), 2.0)), HEIGHT - TOP - BOTTOM)
            for first, last in curve.shaded
            if first < curve.last and last > curve.first
        ),
    )


def _bounds(curve: Curve, scale: _Scale) -> SafeString:
    """Each stretch of a limit as a line; its name once, at the left end of its first."""
    rows = []
    named: set[str] = set()
    for bound in curve.bounds:
        y, name = scale.y(bound.value), "" if bound.name in named else bound.name
        named.add(bound.name)
        rows.append((_f(scale.x(bound.first)), _f(y), _f(scale.x(bound.last)), _f(scale.x(bound.first) + 4), _f(y - 5), name))
    line = '<path class="curve-limit" d="M{} {}H{}"/><text class="curve-limit-name" x="{}" y="{}">{}</text>'
    return format_html_join("", line, rows)


def _path(curve: Curve, scale: _Scale) -> str:
    parts, before = [], None
    for one in curve.readings:
        if not one.usable:
            before = None
            continue
        pen = "L" if before is not None and one.moment - before <= curve.period else "M"
        parts.append(f"{pen}{_f(scale.x(one.moment))} {_f(scale.y(one.value))}")
        before = one.moment
    return "".join(parts)


def _dots(curve: Curve, scale: _Scale) -> SafeString:
    rows = (
        ("over" if one.usable else "void", _f(scale.x(one.moment)), _f(scale.y(one.value)))
        for one in curve.readings
        if one.over or not one.usable
    )
    return format_html_join("", '<circle class="curve-{}" cx="{}" cy="{}" r="3"/>', rows)


def _f(number: float) -> str:
    return f"{number:.1f}"
