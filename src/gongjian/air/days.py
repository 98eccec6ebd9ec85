"""Keeping ``AirDay`` in step with ``telemetry``: whatever days were written to are worked out anew, in full and from the hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from gongjian.air.day_versions import DayVersion, Figure, day_versions
from gongjian.air.models import AirDay, Sweep
from gongjian.standards.air.editions import EDITIONS
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.models import Kind, Station
from gongjian.telemetry.moments import begin, day_number, day_of, end, from_seconds, seconds
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Period, SeriesKey, Stored, Touched

GAP = 31  # days between two written to that are still read as one run
BATCH = 2_000
Wanted = dict[SeriesKey, list[date]]


@transaction.atomic
def refresh_days() -> int:
    """Work out every day written to since the last call; how many rows changed. Repeated without new data it changes nothing."""
    sweep, _ = Sweep.objects.select_for_update().get_or_create(pk=1)
    position, touched = store().touched_since(sweep.position)
    if position == sweep.position:
        return 0
    stations = dict(Station.objects.filter(kind=Kind.AIR).values_list("code", "id"))
    changed = sum(
        _refresh(key, stations[key.station], run) for key, days in _wanted(touched, stations.keys()).items() for run in _runs(days)
    )
    Sweep.objects.filter(pk=1).update(position=position)
    return changed


def _wanted(touched: Iterable[Touched], stations: Iterable[str]) -> Wanted:
    """The days that concern this room: hours of the six pollutants at air stations, on days that a standard governs."""
    known, pollutants, first = set(stations), {pollutant.value for pollutant in Pollutant}, EDITIONS[0].first
    wanted: Wanted = defaultdict(list)
    for key, day in touched:
        if key.period is Period.HOUR and key.factor in pollutants and key.station in known and day >= first:
            wanted[key].append(day)
    return wanted


def _runs(days: Iterable[date]) -> Iterator[list[date]]:
    """The days in order, parted where too many lie between two."""
    run: list[date] = []
    for day in sorted(days):
        if run and (day - run[-1]).days > GAP:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _refresh(key: SeriesKey, station: int, days: list[date]) -> int:
    pollutant = Pollutant(key.factor)
    hours: dict[date, list[Stored]] = defaultdict(list)
    for row in store().history(key, from_seconds(begin(days[0])), from_seconds(end(days[-1]))):
        hours[day_of(day_number(seconds(row.at)))].append(row)
    wanted = {(day, version) for day in days for version in day_versions(pollutant, day, hours[day])}
    return _replace(station, pollutant, days, wanted)


def _replace(station: int, pollutant: Pollutant, days: list[date], wanted: set[tuple[date, DayVersion]]) -> int:
    """Make the table hold exactly these versions of these days."""
    among = set(days)
    within = (days[0], days[-1])
    standing = {
        _said(row): row.pk for row in AirDay.objects.filter(station=station, pollutant=pollutant, day__range=within) if row.day in among
    }
    gone = [pk for said, pk in standing.items() if said not in wanted]
    new = sorted(wanted - standing.keys(), key=lambda pair: (pair[0], pair[1].entered_at))
    for start in range(0, len(gone), BATCH):
        AirDay.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    AirDay.objects.bulk_create((_row(station, pollutant, day, version) for day, version in new), batch_size=BATCH)
    return len(gone) + len(new)


def _row(station: int, pollutant: Pollutant, day: date, version: DayVersion) -> AirDay:
    return AirDay(
        station_id=station,
        pollutant=pollutant,
        day=day,
        **version.figure._asdict(),
        entered_at=version.entered_at,
        replaced_at=version.replaced_at,
    )


def _said(row: AirDay) -> tuple[date, DayVersion]:
    figure = Figure(row.value, row.present, row.valid, row.hours, row.highest)
    return row.day, DayVersion(figure, row.entered_at, row.replaced_at)
