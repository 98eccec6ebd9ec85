"""Several lines over the same places: months of some years, hours of the day. Gaps stay open; each line is named where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from gongjian.air.charts.scale import Scale, scale_for
from gongjian.air.charts.svg import ACTION, INK, INK_2, INK_3, LINE, LINE_STRONG, PAPER, RED, SMALL, USUAL, drawing, element, line, text

WIDTH, HEIGHT = 760, 280
LEFT, RIGHT, TOP, BOTTOM = 44, 92, 28, 30
APART = 13  # between the names of two lines
LOOKS = ((ACTION, 2.4, "none"), (INK_2, 1.8, "6 3"), (INK_3, 1.4, "2 3"))  # colour, width, dash: the first line is what the page is about


@dataclass(frozen=True, slots=True)
class Line:
    """A named line; None leaves a gap. ``doubtful`` places are drawn hollow: the value is not valid."""

    name: str
    values: Sequence[float | None]
    doubtful: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A value not to be exceeded, drawn across and named."""

    name: str
    value: float


def line_chart(title: str, unit: str, labels: Sequence[str], lines: Sequence[Line], target: Target | None = None) -> SafeString:
    """The lines over their labels, with the unit at the axis."""
    values = [value for each in lines for value in each.values] + ([target.value] if target else [])
    scale = scale_for(values, HEIGHT - BOTTOM, TOP)
    xs = [LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / len(labels) for place in range(len(labels))]
    parts = [*axes(scale, unit, labels, xs, WIDTH - RIGHT)]
    if target:
        parts += _target(target, scale)
    for each, look in reversed(list(zip(lines, LOOKS, strict=False))):
        parts += _line(each, xs, scale, look)
    parts += _names(lines, xs, scale)
    return drawing(title, WIDTH, HEIGHT, parts)


def axes(scale: Scale, unit: str, labels: Sequence[str], xs: Sequence[float], right: float) -> Iterator[SafeString]:
    """Lines of the value axis with their numbers, the unit above them, and the labels below."""
    for tick in scale.ticks():
        y = scale.place(tick)
        yield line(LEFT, y, right, y, LINE if tick else LINE_STRONG)
        yield text(f"{tick:g}", LEFT - 6, y + 4, "end")
    yield text(unit, LEFT - 6, scale.top_at - 12, "start", INK_3)
    for label, x in zip(labels, xs, strict=True):
        yield text(label, x, scale.bottom + 17, "middle")


def _target(target: Target, scale: Scale) -> list[SafeString]:
    y = scale.place(target.value)
    name = text(f"{target.name} {target.value:g}", WIDTH - RIGHT - 4, y - 5, "end", RED, SMALL, "600")
    return [line(LEFT, y, WIDTH - RIGHT, y, RED, 1.2, "10 3"), name]


def _line(each: Line, xs: Sequence[float], scale: Scale, look: tuple[str, float, str]) -> Iterator[SafeString]:
    colour, width, dash = look
    for run in _runs(each.values):
        points = " ".join(f"{xs[place]:.1f},{scale.place(each.values[place] or 0):.1f}" for place in run)
        yield element("polyline", points=points, fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dash)
    for place, value in enumerate(each.values):
        if value is not None:
            hollow = place < len(each.doubtful) and each.doubtful[place]
            fill = PAPER if hollow else colour
            yield element("circle", cx=xs[place], cy=scale.place(value), r=3.2, fill=fill, stroke=colour, stroke_width=1.6)


def _runs(values: Sequence[float | None]) -> list[list[int]]:
    """Places that follow one another without a gap."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _names(lines: Sequence[Line], xs: Sequence[float], scale: Scale) -> Iterator[SafeString]:
    """The names right of where the lines end, pushed apart where they would touch."""
    ends = []
    for each, (colour, _, _) in zip(lines, LOOKS, strict=False):
        last = max((place for place, value in enumerate(each.values) if value is not None), default=None)
        if last is not None:
            ends.append((scale.place(each.values[last] or 0), xs[last], each.name, colour))
    lowest = -float(APART)
    for y, x, name, colour in sorted(ends):
        lowest = max(y + 4, lowest + APART)
        yield text(name, x + 8, lowest, "start", INK if colour == ACTION else colour, USUAL, "600" if colour == ACTION else "400")
