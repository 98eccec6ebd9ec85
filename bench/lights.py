"""All lights of a plan as of an arbitrary past day, over ten years of air data. Promise: under 1 s."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from math import sin
from pathlib import Path

RUNS = 15
FIRST, DAYS = date(2011, 1, 1), 3653


def figures() -> list[tuple[str, str]]:
    """In a process of its own: settings are read once, and the other benches have theirs."""
    with tempfile.TemporaryDirectory() as home:
        told = subprocess.run(
            [sys.executable, str(Path(__file__))], check=True, capture_output=True, text=True, env={**os.environ, "GONGJIAN_HOME": home}
        )
    return [tuple(line.split("\t")) for line in told.stdout.splitlines()]


def main() -> None:
    from gongjian.project.start import start_django

    start_django()
    from importlib import resources

    from django.core.management import call_command

    from gongjian.air.actions import prepare_stations
    from gongjian.plans.actions.loading import load_document
    from gongjian.plans.planfile.toml_format import read_plan_file
    from gongjian.trail.office_day import start_of

    call_command("migrate", verbosity=0)
    at = start_of(date(2020, 3, 29))
    with resources.as_file(resources.files("gongjian.plans") / "data" / "bda-2020.toml") as path:
        programme = load_document(read_plan_file(path), slug="bench", filename="bench", by=None, at=at)
    prepare_stations(by=None, at=at)
    print(f"1 plan of 88 measures, no air data, median\t{_median(programme) * 1000:.0f} ms")
    _days()
    print(f"1 plan of 88 measures, {DAYS} days × 6 pollutants, median\t{_median(programme) * 1000:.0f} ms (promise: under 1000 ms)")


def _days() -> None:
    from django.utils import timezone

    from gongjian.air.models import AirDay
    from gongjian.standards.air.pollutants import Pollutant
    from gongjian.telemetry.models import Station

    station = Station.objects.get()
    rows = []
    for step in range(DAYS):
        day = FIRST + timedelta(step)
        over = timezone.make_aware(datetime.combine(day + timedelta(1), datetime.min.time()))
        for pollutant in Pollutant:
            value = 60 + 25 * sin(step / 58) - step / 200
            fields = {"value": value, "present": 24, "valid": True, "hours": 24, "highest": value * 1.6}
            rows.append(AirDay(station=station, pollutant=pollutant.value, day=day, entered_at=over, **fields))
    AirDay.objects.bulk_create(rows, batch_size=5000)


def _median(programme) -> float:
    from gongjian.plans.queries.board import board

    times = []
    for number in range(RUNS):  # another day each time
        start = time.perf_counter()
        board(programme, date(2020, 12, 20) - timedelta(days=11 * number))
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
