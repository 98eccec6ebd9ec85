"""Bars side by side, each with its number."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from gongjian.air.charts.lines import LEFT, TOP, axes
from gongjian.air.charts.scale import scale_for
from gongjian.air.charts.svg import ACTION, INK, INK_3, SMALL, drawing, element, text

WIDTH, HEIGHT, BOTTOM, RIGHT = 480, 240, 30, 8
WIDE = 0.56  # of its place


def bar_chart(title: str, unit: str, labels: Sequence[str], values: Sequence[float | None], digits: int = 1) -> SafeString:
    """A bar a label; a missing value is a dash, not a bar of no height."""
    scale = scale_for(values, HEIGHT - BOTTOM, TOP)
    room = (WIDTH - LEFT - RIGHT) / max(len(labels), 1)
    xs = [LEFT + room * (place + 0.5) for place in range(len(labels))]
    parts = [*axes(scale, unit, labels, xs, WIDTH - RIGHT)]
    for x, value in zip(xs, values, strict=True):
        if value is None:
            parts.append(text("—", x, scale.bottom - 5, "middle", INK_3))
            continue
        y = scale.place(value)
        parts.append(element("rect", x=x - room * WIDE / 2, y=y, width=room * WIDE, height=scale.bottom - y, fill=ACTION))
        parts.append(text(f"{value:.{digits}f}", x, y - 5, "middle", INK, SMALL, "600"))
    return drawing(title, WIDTH, HEIGHT, parts)
