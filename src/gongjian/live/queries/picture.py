"""A station's page: which factors over which span, as panels with what is drawn on them, and the table behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gongjian.live.drawing.panel import Panel
from gongjian.live.exporting import Listing
from gongjian.live.marking import Line, Mark
from gongjian.live.queries.factors import Instruments, Measured, instruments
from gongjian.live.queries.overlays import lines_of, lines_together, marks_of
from gongjian.live.queries.reading import measured_strands, span_of, strands_of
from gongjian.live.spans import Span
from gongjian.live.strands import Strand, stretches
from gongjian.people.permissions import Reach
from gongjian.telemetry.judged import MEASURED_WORDS
from gongjian.telemetry.models import Station
from gongjian.ui.figures import minute, thousands

PANELS: Final = 8  # factors drawn at once
TOGETHER: Final = 4  # stations in one panel


@dataclass(frozen=True, slots=True)
class Shown:
    """The panels, their marks as a list to read, the table, and what could not be compared."""

    panels: list[Panel]
    marks: list[Mark]
    listing: Listing
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which factors (codes) of a station, beside which others, over which span."""

    station: Station
    known: Instruments
    factors: Sequence[Measured]
    beside: Sequence[Station]
    span: Span


def picture(asked: Asked, reach: Reach, at: datetime) -> Shown:
    """Everything of the page below its current values."""
    first, last = span_of(asked.span.first, asked.span.last)
    told = strands_of(asked.station, asked.known, asked.factors, asked.span.period, first, last)
    measured = _measured(asked, told, first, last)
    others, left_out = _beside(asked, first, last)
    marks = marks_of(asked.station, asked.span.first, asked.span.last, reach, at)
    lines = lines_of([asked.station, *asked.beside], [one.code for one in asked.factors], asked.span)
    panels, listed = [], []
    for number, one in enumerate(asked.factors):
        named = _named(told[one.code], one, asked.station, alone=not asked.beside)
        strands = [named, *measured.get(one.code, []), *(strand for _, strand in others[one.code])]
        bound = [(station, lines.get((station.pk, one.code), [])) for station in (asked.station, *(each for each, _ in others[one.code]))]
        panels.append(_panel(asked, number, one, strands, (lines_together(bound), marks)))
        listed += [_titled(strand, one, asked) for strand in strands]
    every = [mark for found in marks.values() for mark in found]
    return Shown(panels, sorted(every, key=lambda mark: -mark.first), Listing(listed), left_out)


def _measured(asked: Asked, told: Mapping[str, Strand], first: int, last: int) -> dict[str, list[Strand]]:
    """The values as measured beside those that were converted; not where stations are compared: there each has one line."""
    converted = [one for one in asked.factors if told[one.code].basis]
    if not converted or asked.beside:
        return {}
    found = measured_strands(asked.known, converted, asked.span.period, first, last)
    return {one.code: [replace(found[one.code], name=f"{one.name} {MEASURED_WORDS}")] for one in converted if len(found[one.code])}


def _beside(asked: Asked, first: int, last: int) -> tuple[dict[str, list[tuple[Station, Strand]]], list[str]]:
    """The same factors of other stations, where they have them in the same unit; and what could not be laid beside."""
    found: dict[str, list[tuple[Station, Strand]]] = {one.code: [] for one in asked.factors}
    left_out = []
    known = instruments([station.pk for station in asked.beside])
    for station in asked.beside:
        theirs = {one.code: known[station.pk].find(one.code) for one in asked.factors}
        same = [one for code, one in theirs.items() if one and one.unit == _unit(asked.factors, code)]
        strands = strands_of(station, known[station.pk], same, asked.span.period, first, last)
        for one in same:
            found[one.code].append((station, _named(strands[one.code], one, station, alone=False)))
        missing = [one.name for one in asked.factors if one.code not in {each.code for each in same}]
        if missing:
            left_out.append(f"{station.name}没有监测{'、'.join(missing)}，或单位不同，没有画在一起。")
    return found, left_out


def _unit(factors: Sequence[Measured], code: str) -> str:
    return next(one.unit for one in factors if one.code == code)


def _named(strand: Strand, one: Measured, station: Station, *, alone: bool) -> Strand:
    """Called by its factor where it stands alone, by its station beside others; converted values are called that."""
    name = one.name if alone else station.name
    return replace(strand, name=f"{name} {strand.basis}".rstrip())


def _titled(strand: Strand, one: Measured, asked: Asked) -> Strand:
    """In a table of several stations a column says the factor too."""
    return replace(strand, name=f"{strand.name} {one.name}") if asked.beside else strand


def _panel(
    asked: Asked, number: int, one: Measured, strands: Sequence[Strand], drawn: tuple[Sequence[Line], Mapping[str, Sequence[Mark]]]
) -> Panel:
    span, (lines, marks) = asked.span, drawn
    own = [*marks.get(one.code, ()), *marks.get("", ())]
    first, last = span_of(span.first, span.last)
    return Panel(number, _message(one, strands, span), one.unit, first, last, strands, lines, own, stretches(strands[0]))


def _message(one: Measured, strands: Sequence[Strand], span: Span) -> str:
    """What the panel says, in one sentence: span, lowest, mean and highest of what counts."""
    kind = f"（{strands[0].basis}）" if strands[0].basis else ""
    told = f"{one.name}{kind}{span.period.label}值，{minute(span.first)} 至 {minute(span.last)}"
    strand = strands[0]
    counted = strand.values[strand.usable]
    if not len(counted):
        return f"{told}：没有有效数据"
    figures = f"最低 {thousands(counted.min(), 2)}，平均 {thousands(counted.mean(), 2)}，最高 {thousands(counted.max(), 2)}"
    return f"{told}：{figures}{' ' + one.unit if one.unit else ''}，有效 {len(counted):,} 个"
