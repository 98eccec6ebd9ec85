"""Groups of records with the days between which they were in force, folded into tallies for many days at once. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.latest import Said, latest_tally
from gongjian.indicators.periods import Period
from gongjian.indicators.standing import Standing, periods_on
from gongjian.indicators.tallies import Tally, counted, reading_of, total


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one day that came and went together: in force on the days numbered from ``since`` up to before ``until``."""

    key: str
    day: date
    since: int
    until: int
    tally: Tally
    said: Said | None = None


@dataclass(slots=True)
class _Segment:
    """Everything within one run of days that no period cuts, with one life."""

    tallies: list[Tally] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


def folded(indicator: Indicator, groups: Iterable[Group], days: Sequence[date], *, by_key: bool) -> list[Standing]:
    """The standing on each of ``days``."""
    periods = [periods_on(indicator, day) for day in days]
    cuts = sorted({edge for pair in periods for period in pair for edge in (period.first, period.last + timedelta(1))})
    segments = _segments(groups, cuts, by_key=by_key)
    return [_standing(indicator, segments, cuts, number, day, pair) for number, (day, pair) in enumerate(zip(days, periods, strict=True))]


Place = tuple[str, int, int, int]  # part, run of days, since, until


def _segments(groups: Iterable[Group], cuts: Sequence[date], *, by_key: bool) -> dict[Place, tuple[Tally, list[Said]]]:
    held: dict[Place, _Segment] = {}
    for group in groups:
        place = (group.key if by_key else "", bisect_right(cuts, group.day), group.since, group.until)
        segment = held.setdefault(place, _Segment())
        segment.tallies.append(group.tally)
        if group.said is not None:
            segment.said.append(group.said)
    return {place: (total(segment.tallies), segment.said) for place, segment in held.items()}


def _standing(
    indicator: Indicator,
    segments: dict[Place, tuple[Tally, list[Said]]],
    cuts: Sequence[date],
    number: int,
    day: date,
    periods: tuple[Period, Period],
) -> Standing:
    alive = [(place[0], place[1], held) for place, held in segments.items() if place[2] <= number < place[3]]
    whole, past = (_tally([held for _, run, held in alive if _within(cuts, run, period)]) for period in periods)
    keys = sorted({key for key, run, _ in alive if key and _within(cuts, run, periods[0])})
    parts = ((key, _tally([held for mine, run, held in alive if mine == key and _within(cuts, run, periods[0])])) for key in keys)
    return Standing(
        day,
        reading_of(indicator, whole, periods[0], day),
        reading_of(indicator, past, periods[1], day),
        tuple((key, reading_of(indicator, tally, periods[0], day, key)) for key, tally in parts),
    )


def _within(cuts: Sequence[date], run: int, period: Period) -> bool:
    return run > 0 and period.first <= cuts[run - 1] <= period.last


def _tally(held: Sequence[tuple[Tally, list[Said]]]) -> Tally:
    said = [record for _, records in held for record in records]
    if said:
        return latest_tally(said)
    tally = total(part for part, _ in held)
    return counted(tally) if tally.keys else tally
