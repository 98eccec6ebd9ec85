"""A line chart drawn on the server: readable in print, told to a screen reader, a table always behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongjian.ui.figures import thousands

WIDTH, HEIGHT = 760, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 128, 26, 28
TICKS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its name at its end; None leaves a gap. ``sure`` says of each value whether it is valid (hollow where not)."""

    name: str
    values: Sequence[float | None]
    shade: str = "now"  # now, past, ahead: which of the sheet's lines it is
    sure: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A named horizontal line: a target."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Band:
    """What may be at the right end: from ``low`` to ``high`` with ``middle`` marked."""

    name: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything drawn. ``words`` says its message; ``labels`` stand under the places from left to right."""

    words: str
    unit: str
    labels: Sequence[str]
    lines: Sequence[Line]
    levels: Sequence[Level] = ()
    band: Band | None = None

    def svg(self) -> SafeString:
        """The drawing; empty when there is nothing to draw."""
        scale = _scale(self)
        if scale is None:
            return SafeString("")
        return format_html(
            '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
            '<text class="chart-unit" x="{}" y="14">{}</text>{}{}{}{}{}</svg>',
            WIDTH,
            HEIGHT,
            self.words,
            self.words,
            LEFT - 8,
            self.unit,
            _axis(scale),
            _labels(self, scale),
            _levels(self, scale),
            _lines(self, scale),
            _band(self, scale),
        )


@dataclass(frozen=True, slots=True)
class _Scale:
    ticks: tuple[float, ...]
    places: int

    def x(self, place: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (place / max(1, self.places - 1))

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low)


def _scale(chart: Chart) -> _Scale | None:
    values = [value for line in chart.lines for value in line.values if value is not None]
    if not values:
        return None
    values += [level.value for level in chart.levels]
    values += [chart.band.low, chart.band.high] if chart.band else []
    return _Scale(ticks(min(values), max(values)), len(chart.labels))


def ticks(low: float, high: float) -> tuple[float, ...]:
    """Round numbers from below ``low`` to above ``high``; from zero where the values are not far from it."""
    if low > 0 and low < 0.7 * high:
        low = 0.0
    span = (high - low) or abs(high) or 1.0
    rough = span / TICKS
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 2.5, 5, 10) if power * times >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    last += last == first
    return tuple(round(number * step, 10) for number in range(first, last + 1))


def _axis(scale: _Scale) -> SafeString:
    digits = 0 if all(float(tick).is_integer() for tick in scale.ticks) else None
    rows = ((LEFT, WIDTH - RIGHT, _f(scale.y(tick)), LEFT - 8, _f(scale.y(tick) + 4), thousands(tick, digits)) for tick in scale.ticks)
    return format_html_join(
        "",
        '<path class="chart-grid" d="M{} {}H{}"/><text class="chart-tick" x="{}" y="{}">{}</text>',
        ((a, y, b, x, t, w) for a, b, y, x, t, w in rows),
    )


def _labels(chart: Chart, scale: _Scale) -> SafeString:
    return format_html_join(
        "",
        '<text class="chart-label" x="{}" y="{}">{}</text>',
        ((_f(scale.x(place)), HEIGHT - 8, label) for place, label in enumerate(chart.labels)),
    )


def _levels(chart: Chart, scale: _Scale) -> SafeString:
    return format_html_join(
        "",
        '<path class="chart-target" d="M{} {}H{}"/><text class="chart-target-name" x="{}" y="{}">{}</text>',
        (
            (LEFT, _f(scale.y(level.value)), WIDTH - RIGHT, WIDTH - RIGHT - 4, _f(scale.y(level.value) - 5), level.name)
            for level in chart.levels
        ),
    )


def _lines(chart: Chart, scale: _Scale) -> SafeString:
    ends = _apart([(number, scale.y(last)) for number, line in enumerate(chart.lines) if (last := _last(line)) is not None])
    return format_html_join(
        "", "{}{}{}", ((_path(line, scale), _dots(line, scale), _name(line, scale, ends.get(n))) for n, line in enumerate(chart.lines))
    )


def _path(line: Line, scale: _Scale) -> SafeString:
    parts, pen = [], "M"
    for place, value in enumerate(line.values):
        if value is None:
            pen = "M"
            continue
        parts.append(f"{pen}{_f(scale.x(place))} {_f(scale.y(value))}")
        pen = "L"
    return format_html('<path class="chart-line chart-{}" d="{}"/>', line.shade, "".join(parts))


def _dots(line: Line, scale: _Scale) -> SafeString:
    if line.shade != "now":
        return SafeString("")
    sure = line.sure or [True] * len(line.values)
    return format_html_join(
        "",
        '<circle class="chart-dot{}" cx="{}" cy="{}" r="3.5"/>',
        (
            ("" if valid else " is-unsure", _f(scale.x(place)), _f(scale.y(value)))
            for place, (value, valid) in enumerate(zip(line.values, sure, strict=True))
            if value is not None
        ),
    )


def _name(line: Line, scale: _Scale, y: float | None) -> SafeString:
    if y is None:
        return SafeString("")
    place = max(number for number, value in enumerate(line.values) if value is not None)
    return format_html(
        '<text class="chart-name chart-name-{}" x="{}" y="{}">{}</text>', line.shade, _f(scale.x(place) + 8), _f(y + 4), line.name
    )


def _band(chart: Chart, scale: _Scale) -> SafeString:
    if chart.band is None:
        return SafeString("")
    x = WIDTH - RIGHT + 10
    low, middle, high = (scale.y(value) for value in (chart.band.low, chart.band.middle, chart.band.high))
    return format_html(
        '<rect class="chart-band" x="{}" y="{}" width="12" height="{}"/><path class="chart-middle" d="M{} {}h16"/>'
        '<text class="chart-name" x="{}" y="{}">{}</text>',
        x,
        _f(high),
        _f(low - high),
        x - 2,
        _f(middle),
        x + 18,
        _f(middle + 4),
        chart.band.name,
    )


def _last(line: Line) -> float | None:
    return next((value for value in reversed(line.values) if value is not None), None)


def _apart(ends: list[tuple[int, float]], gap: float = 15.0) -> dict[int, float]:
    """Names at the ends of lines moved down until none covers another."""
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for number, y in sorted(ends, key=lambda end: end[1]):
        lowest = max(y, lowest + gap)
        placed[number] = lowest
    return placed


def _f(number: float) -> str:
    return f"{number:.1f}"
