"""Roses as SVG: north on top, petals by direction; a table stands behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, radians, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongjian.live.roses import NAMES, SIDE, SIDES, SPEEDS, PollutionRose, WindRose
from gongjian.ui.chart import ticks
from gongjian.ui.figures import percent, thousands

SIZE = 380
MIDDLE = SIZE / 2
OUTER = 148.0
INNER = 16.0  # the calm in the middle
HALF = SIDE * 0.42  # degrees of half a petal
CARDINAL = ((0, "北"), (4, "东"), (8, "南"), (12, "西"))
CLASSES = ("0.3–1.6", *(f"{low:g}–{high:g}" for low, high in pairwise(SPEEDS)), f"≥{SPEEDS[-1]:g}")  # m/s


def draw_wind(rose: WindRose, words: str) -> SafeString:
    """Petals as long as their share, from the slowest class outwards."""
    rings = ticks(0.0, max(*rose.sides, 0.01))
    petals = [petal for side in range(SIDES) for petal in _wind_petals(rose.shares[side], side, rings[-1])]
    return _rose(words, rings, [percent(ring, 0) for ring in rings], petals, percent(rose.calm, 0))


def draw_pollution(rose: PollutionRose, words: str) -> SafeString:
    """Petals as long as the mean of their direction."""
    known = [mean for mean in rose.means if mean is not None]
    rings = ticks(0.0, max([*known, 1e-9]))
    petals = [
        (1, _petal(side, 0.0, max(mean, 0.0) / rings[-1]), f"{NAMES[side]} {thousands(mean, 1)}")
        for side, mean in enumerate(rose.means)
        if mean is not None
    ]
    return _rose(words, rings, [f"{ring:g}" for ring in rings], petals, "")


def _wind_petals(shares: Sequence[float], side: int, whole: float) -> Iterator[tuple[int, str, str]]:
    begin = 0.0
    for place, share in enumerate(shares):
        if share > 0:
            yield place + 1, _petal(side, begin / whole, (begin + share) / whole), f"{NAMES[side]} {CLASSES[place]} m/s {percent(share)}"
        begin += share


def _petal(side: int, begin: float, end: float) -> str:
    """A piece of a ring between two shares of the radius."""
    low, high = (INNER + (OUTER - INNER) * share for share in (begin, end))
    left, right = side * SIDE - HALF, side * SIDE + HALF
    (a, b), (c, d), (e, f), (g, h) = _at(left, low), _at(left, high), _at(right, high), _at(right, low)
    outer, inner = f"A{high:.1f} {high:.1f} 0 0 1 {e:.1f} {f:.1f}", f"A{low:.1f} {low:.1f} 0 0 0 {a:.1f} {b:.1f}"
    return f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}{outer}L{g:.1f} {h:.1f}{inner}Z"


def _at(angle: float, radius: float) -> tuple[float, float]:
    """A place by degrees clockwise from the top."""
    return MIDDLE + radius * sin(radians(angle)), MIDDLE - radius * cos(radians(angle))


def _rose(words: str, rings: Sequence[float], names: Sequence[str], petals: Sequence[tuple[int, str, str]], calm: str) -> SafeString:
    radii = [INNER + (OUTER - INNER) * ring / rings[-1] for ring in rings[1:]]
    circles = format_html_join("", '<circle class="curve-grid" cx="{}" cy="{}" r="{}"/>', ((MIDDLE, MIDDLE, f"{r:.1f}") for r in radii))
    told = ((f"{_at(SIDE / 2, r)[0] + 2:.1f}", f"{_at(SIDE / 2, r)[1] + 4:.1f}", name) for r, name in zip(radii, names[1:], strict=True))
    around = ((f"{_at(side * SIDE, OUTER + 22)[0]:.1f}", f"{_at(side * SIDE, OUTER + 22)[1] + 5:.1f}", name) for side, name in CARDINAL)
    return format_html(
        '<svg class="rose" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><title>{1}</title>{2}{3}'
        '<circle class="rose-calm" cx="{4}" cy="{4}" r="{5}"/><text class="rose-calm-words" x="{4}" y="{6}">{7}</text>{8}{9}</svg>',
        SIZE,
        words,
        circles,
        format_html_join("", '<path class="rose-petal rose-{}" d="{}"><title>{}</title></path>', petals),
        MIDDLE,
        INNER,
        MIDDLE + 4,
        calm,
        format_html_join("", '<text class="rose-ring" x="{}" y="{}">{}</text>', told),
        format_html_join("", '<text class="rose-side" x="{}" y="{}">{}</text>', around),
    )
