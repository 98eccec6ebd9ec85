"""A year as a sheet of days: a row a month, the index written in each day, its level as colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.safestring import SafeString

from gongjian.air.charts.svg import INK, INK_2, INK_3, LINE_STRONG, PAPER, USUAL, drawing, element, text
from gongjian.kernel.months import Month
from gongjian.standards.air.attainment import Verdict, verdict
from gongjian.standards.air.index import AirIndex
from gongjian.standards.air.levels import Level

CELL, ROW, LEFT, TOP = 29, 25, 40, 20
WIDTH, HEIGHT = LEFT + 31 * CELL + 2, TOP + 12 * ROW + 2
FILLS = {level: level.colour for level in Level}
DARK = frozenset({Level.HEAVY, Level.SEVERE})  # written in white


def calendar_chart(title: str, year: int, through: date, indices: Mapping[date, AirIndex]) -> SafeString:
    """The days of ``year``; those after ``through`` are left out, those without an index are a dash in a dashed box.

    A day that lacks a pollutant and is not over the limit has a notched corner: its index may be too low.
    """
    parts = [text(str(day), LEFT + CELL * (day - 0.5), TOP - 7, "middle", INK_3) for day in range(1, 32)]
    for month in Month(year, 1).through(Month.of(through)):
        parts.append(text(f"{month.month}月", LEFT - 6, TOP + ROW * (month.month - 0.34), "end", INK_2, USUAL))
        for day in month:
            if day <= through:
                parts += _day(day, indices.get(day))
    return drawing(title, WIDTH, HEIGHT, parts)


def _day(day: date, index: AirIndex | None) -> Iterator[SafeString]:
    x, y = LEFT + CELL * (day.day - 1) + 1, TOP + ROW * (day.month - 1) + 1
    width, height = CELL - 2, ROW - 2
    middle = (x + width / 2, y + height / 2 + 4)
    if index is None or index.value is None or index.level is None:
        yield element("rect", x=x, y=y, width=width, height=height, fill=PAPER, stroke=LINE_STRONG, stroke_dasharray="2 2")
        yield text("—", *middle, "middle", INK_3)
        return
    yield element("rect", x=x, y=y, width=width, height=height, fill=FILLS[index.level])
    yield text(str(index.value), *middle, "middle", PAPER if index.level in DARK else "#000000")
    if verdict(index) is Verdict.UNJUDGED:
        yield element("path", d=f"M{x + width - 8} {y}h8v8z", fill=PAPER, stroke=INK, stroke_width=0.8)
