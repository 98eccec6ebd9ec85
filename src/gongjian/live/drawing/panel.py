"""One factor over time: lines of up to four stations, limits as they were in force, flags as hatched bands with words, alarms as bars.

Whatever the span, a line has at most about ``POINTS`` points: of each stretch the lowest and the highest, so that no peak is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongjian.live.marking import Line, Mark
from gongjian.live.strands import Strand, Stretch, counted, gapped, payload, thin
from gongjian.telemetry.moments import from_seconds
from gongjian.ui.chart import ticks
from gongjian.ui.curve import LABELS, label_moments
from gongjian.ui.figures import thousands

WIDTH, HEIGHT = 1000, 250
LEFT, RIGHT, TOP, BOTTOM = 60, 14, 30, 26
POINTS: Final = 1600
FINE: Final = (60, 300, 600, 1800)  # seconds between labels of a short span
_LETTER: Final = 13.0  # width of a character of a band's words
_LEAST: Final = 1.5  # a band or bar is never narrower


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything drawn from ``first`` to ``last`` (seconds). ``words`` says its message, ``number`` tells it from others on the page."""

    number: int
    words: str
    unit: str
    first: int
    last: int
    strands: Sequence[Strand]
    lines: Sequence[Line] = ()
    marks: Sequence[Mark] = ()
    bands: Sequence[Stretch] = ()

    @property
    def drawn(self) -> list[Strand]:
        """The strands as lines: what does not count left out, holes kept, thinned."""
        return [thin(gapped(counted(strand)), POINTS) for strand in self.strands]

    def shown(self) -> dict[str, Any]:
        """What a template shows: the panel, its picture, and what the script reads values from; thinned once for both."""
        drawn = self.drawn
        return {"panel": self, "svg": self.picture(drawn), "told": payload(drawn)}

    def picture(self, drawn: Sequence[Strand]) -> SafeString:
        """The drawing of strands that are thinned already."""
        scale = _scale(self, drawn)
        return format_html(
            '<svg class="panel" viewBox="0 0 {w} {h}" role="img" aria-label="{words}" data-first="{first}" data-last="{last}" '
            'data-left="{left}" data-right="{right}"><title>{words}</title>{hatch}'
            '<text class="curve-unit" x="{left}" y="14">{unit}</text>{bands}{axis}{labels}{curves}{lines}{marks}</svg>',
            w=WIDTH,
            h=HEIGHT,
            words=self.words,
            first=self.first,
            last=self.last,
            left=LEFT,
            right=WIDTH - RIGHT,
            unit=self.unit,
            hatch=_hatch(self.number),
            bands=_bands(self, scale),
            axis=_axis(scale),
            labels=_labels(self, scale),
            lines=_lines(self, scale),
            curves=_curves(drawn, scale),
            marks=_marks(self, scale),
        )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    ticks: tuple[float, ...]

    def x(self, moment: float) -> float:
        held = min(max(moment, self.first), self.last)
        return LEFT + (WIDTH - LEFT - RIGHT) * (held - self.first) / max(self.last - self.first, 1)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low)


def _scale(panel: Panel, drawn: Sequence[Strand]) -> _Scale:
    values = [value for strand in drawn if len(strand) for value in _ends(strand)] + [line.value for line in panel.lines]
    return _Scale(panel.first, panel.last, ticks(min(values), max(values)) if values else (0.0, 1.0))


def _ends(strand: Strand) -> list[float]:
    known = strand.values[~np.isnan(strand.values)]
    return [float(known.min()), float(known.max())] if len(known) else []


def _hatch(number: int) -> SafeString:
    return format_html(
        '<defs><pattern id="hatch-{}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="panel-hatch" d="M0 0V6"/></pattern></defs>',
        number,
    )


def _axis(scale: _Scale) -> SafeString:
    digits = max(_places(tick) for tick in scale.ticks)
    rows = ((LEFT, _f(scale.y(tick)), WIDTH - RIGHT, LEFT - 8, _f(scale.y(tick) + 4), thousands(tick, digits)) for tick in scale.ticks)
    return format_html_join("", '<path class="curve-grid" d="M{} {}H{}"/><text class="curve-tick" x="{}" y="{}">{}</text>', rows)


def _places(tick: float) -> int:
    """Digits after the point that a tick needs."""
    return len(f"{tick:.6f}".rstrip("0").partition(".")[2])


def _labels(panel: Panel, scale: _Scale) -> SafeString:
    rows = ((_f(scale.x(moment)), HEIGHT - 8, words) for moment, words in _moments(panel.first, panel.last))
    return format_html_join("", '<text class="curve-label" x="{}" y="{}">{}</text>', rows)


def _moments(first: int, last: int) -> Iterator[tuple[int, str]]:
    """Round moments of a span; of less than some hours every few minutes."""
    step = next((step for step in FINE if (last - first) / step <= LABELS), None)
    if step is None:
        yield from label_moments(first, last)
        return
    for moment in range(-(first // -step) * step, last + 1, step):
        yield moment, f"{from_seconds(moment):%H:%M}"


def _bands(panel: Panel, scale: _Scale) -> SafeString:
    """Hatched, with their words where these do not run into those before."""
    rows, taken = [], 0.0
    for band in panel.bands:
        if band.last <= panel.first or band.first >= panel.last:
            continue
        left, wide = scale.x(band.first), max(scale.x(band.last) - scale.x(band.first), _LEAST)
        words = format_html('<text class="panel-band-words" x="{}" y="{}">{}</text>', _f(left + 3), TOP + 14, band.words)
        has_room = left >= taken and left + 3 + _LETTER * len(band.words) < WIDTH
        taken = left + 3 + _LETTER * len(band.words) if has_room else taken
        rows.append((panel.number, _f(left), TOP, _f(wide), HEIGHT - TOP - BOTTOM, band.words, words if has_room else ""))
    shape = '<g class="panel-band"><rect fill="url(#hatch-{})" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>{}</g>'
    return format_html_join("", shape, rows)


def _lines(panel: Panel, scale: _Scale) -> SafeString:
    """Each limit over the time it was in force, its name once."""
    rows, named = [], set()
    for line in panel.lines:
        y, words = scale.y(line.value), "" if line.words in named else line.words
        named.add(line.words)
        rows.append((_f(scale.x(line.first)), _f(y), _f(scale.x(line.last)), _f(scale.x(line.first) + 4), _f(y - 5), words))
    return format_html_join("", '<path class="curve-limit" d="M{} {}H{}"/><text class="curve-limit-name" x="{}" y="{}">{}</text>', rows)


def _curves(drawn: Sequence[Strand], scale: _Scale) -> SafeString:
    rows = ((place + 1, _path(strand, scale)) for place, strand in enumerate(drawn))
    return format_html_join("", '<path class="panel-line panel-line-{}" d="{}"/>', rows)


def _path(strand: Strand, scale: _Scale) -> str:
    if not len(strand):
        return ""
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    low, top = scale.ticks[0], scale.ticks[-1]
    xs = LEFT + wide * (strand.moments - scale.first) / max(scale.last - scale.first, 1)
    ys = HEIGHT - BOTTOM - high * (strand.values - low) / (top - low)
    parts, pen, alone = [], "M", False
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        if y != y:  # noqa: PLR0124 - only nan is not itself
            parts.append("h.1" if alone else "")
            pen, alone = "M", False
            continue
        parts.append(f"{pen}{x:.1f} {y:.1f}")
        pen, alone = "L", pen == "M"
    parts.append("h.1" if alone else "")  # a value between two holes is a dot
    return "".join(parts)


def _marks(panel: Panel, scale: _Scale) -> SafeString:
    rows = []
    for mark in panel.marks:
        left, wide = scale.x(mark.first), max(scale.x(mark.last) - scale.x(mark.first), 4.0)
        rows.append(("grave" if mark.grave else "mild", _f(left), TOP - 8 if mark.grave else TOP - 3, _f(wide), mark.words))
    return format_html_join("", '<rect class="panel-mark panel-mark-{}" x="{}" y="{}" width="{}" height="4"><title>{}</title></rect>', rows)


def _f(number: float) -> str:
    return f"{number:.1f}"
