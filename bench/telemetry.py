"""Figures for telemetry and the air: importing station-years, annual means with validity.

Run: .venv/bin/python bench/telemetry.py (SQLite in a temporary folder, or GONGJIAN_DATABASE_URL, an empty database).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

DAYS = 3653  # ten years
STATIONS = 10


def figures() -> list[tuple[str, str]]:
    """Name and figure of each, in a process and a database of their own."""
    with tempfile.TemporaryDirectory() as home:
        own = {"GONGJIAN_HOME": home, "GONGJIAN_MODE": "demonstration", "DJANGO_SETTINGS_MODULE": "gongjian.project.settings"}
        done = subprocess.run([sys.executable, __file__], env=os.environ | own, capture_output=True, text=True, check=True)
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def measured(folder: Path) -> list[tuple[str, str]]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return [*_imports(folder), *_annual()]


def _imports(folder: Path) -> list[tuple[str, str]]:
    from gongjian.air import actions
    from gongjian.air.built_in import packed_files
    from gongjian.air.packing import unpack
    from gongjian.trail.clock import now

    files = _as_yearly_files(folder, list(unpack(packed_files()[0].read_bytes())))
    at = now()
    actions.prepare_stations(by=None, at=at)
    found = []
    for words in ("import of three station-years (hours x 6) from CSV", "the same three files again"):
        cpu, wall = process_time(), perf_counter()
        outcomes = [actions.import_file(path, by=None, at=at) for path in files]
        stored = process_time() - cpu
        actions.refresh_days()
        values = sum(each.written.new + each.written.unchanged for each in outcomes)
        figure = f"{process_time() - cpu:.2f} s of CPU ({stored:.2f} to read and store, the rest working out days), "
        found.append((f"{words}, {values} values", figure + f"{perf_counter() - wall:.2f} s by the clock"))
    return found


def _as_yearly_files(folder: Path, values) -> list[Path]:
    """The built-in years written out as the feed writes them."""
    hours: dict = {}
    for row in values:
        hours.setdefault(row.at, {})[row.pollutant] = row.value
    paths = []
    for year in sorted({at.year for at in hours}):
        path = folder / f"yizhuang_{year}.csv"
        lines = [_line(at, cells) for at, cells in sorted(hours.items()) if at.year == year]
        path.write_text("\n".join(["time,PM2.5,PM10,SO2,NO2,O3,CO", *lines]) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def _line(at, cells) -> str:
    return ",".join(
        [at.isoformat(), *(f"{cells[name]:g}" if name in cells else "" for name in ("PM2.5", "PM10", "SO2", "NO2", "O3", "CO"))]
    )


def _annual() -> list[tuple[str, str]]:
    from django.db import transaction

    from gongjian.air.models import AirDay
    from gongjian.air.queries.days import days_of_stations
    from gongjian.standards.air.means import year_means
    from gongjian.standards.air.pollutants import Pollutant
    from gongjian.telemetry.actions import StationCard, ensure_station
    from gongjian.telemetry.moments import CLOCK
    from gongjian.trail.clock import now

    rng, codes = Random(1), [f"made-{number}" for number in range(STATIONS)]  # noqa: S311 - repeatable draws, no secrets
    with transaction.atomic():
        for code in codes:
            station = ensure_station(StationCard(code, code), by=None, at=now())
            AirDay.objects.bulk_create((_made_day(station, step, rng, CLOCK) for step in range(DAYS)), batch_size=2000)
    first, last = date(2013, 1, 1), date(2013, 1, 1) + timedelta(DAYS)
    spent = []
    for as_of in (None, datetime(2023, 6, 1, tzinfo=CLOCK)):
        begin = process_time()
        found = days_of_stations(codes, Pollutant.PM25, first, last, as_of=as_of)
        means = [year_means(rows, Pollutant.PM25) for rows in found.values()]
        spent.append(process_time() - begin)
        assert len(means) == STATIONS
        assert len(means[0]) >= 10
    words = f"annual means with validity, {STATIONS} stations x 10 years, from the database"
    return [(words, f"{spent[0]:.3f} s of CPU"), (f"{words}, as of a past moment", f"{spent[1]:.3f} s of CPU")]


def _made_day(station, step: int, rng: Random, clock):
    from gongjian.air.models import AirDay

    day, hours = date(2013, 1, 1) + timedelta(step), 24 if rng.random() < 0.95 else 15
    value = 40 + 30 * rng.random()
    entered = datetime.combine(day + timedelta(1), time.min, clock)
    return AirDay(
        station=station,
        pollutant="PM2.5",
        day=day,
        value=value,
        present=hours,
        valid=hours >= 20,
        hours=hours,
        highest=value,
        entered_at=entered,
    )


if __name__ == "__main__":
    if "GONGJIAN_HOME" in os.environ:
        for name, figure in measured(Path(os.environ["GONGJIAN_HOME"])):
            print(f"{name}\t{figure}")
    else:
        for name, figure in figures():
            print(f"{name}: {figure}")
