"""Figures for vehicles that report by themselves: a thousand days of eight hours of seconds worked out, and one shown.

Run: .venv/bin/python bench/vehicles.py (GONGJIAN_HOME an empty folder). Ten vehicle-days are stored and worked out; a thousand is reckoned.
"""

from __future__ import annotations

import resource
import time

from apart import figures_of

HOURS, DAYS, SCALED = 8, 10, 1_000
VIN = "LTESTREM000000001"
BASE = {"speed": 42.0, "engine_speed": 1300.0, "fuel_flow": 18.0, "nox_upstream": 500.0, "nox_downstream": 60.0, "reagent_level": 60.0}
MORE = {"intake_air": 480.0, "scr_inlet_temperature": 280.0, "coolant_temperature": 84.0, "longitude": 116.5, "latitude": 39.79}


def figures() -> list[tuple[str, str]]:
    """Name and figure of each, in a process and a database of their own."""
    return figures_of(__file__)


def measured() -> list[tuple[str, str]]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    device = _store()
    from datetime import date, timedelta

    from gongjian.mobile.actions.remote_days import mark_days, summarise_days
    from gongjian.mobile.queries.remote import told_on
    from gongjian.trail.office_day import start_of

    begun = time.perf_counter()
    mark_days()
    swept = time.perf_counter() - begun
    begun, cpu = time.perf_counter(), time.process_time()
    done = summarise_days(at=start_of(date(2020, 10, 1) + timedelta(DAYS)))
    took, worked = time.perf_counter() - begun, time.process_time() - cpu
    begun = time.perf_counter()
    told_on(device, date(2020, 10, 1))
    shown = time.perf_counter() - begun
    seconds = DAYS * HOURS * 3600
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        (f"{done.worked_out} vehicle-days of {HOURS} h of seconds worked out", f"{took:.2f} s, {worked:.2f} s CPU"),
        (f"{SCALED:,} such vehicle-days, by proportion", f"{worked * SCALED / DAYS:.0f} s CPU"),
        ("finding which days to work out, by cursor", f"{seconds / swept:,.0f} seconds of data a second"),
        ("one day worked out for its page", f"{1000 * shown:.0f} ms"),
        ("memory at most, the making of the data with it", f"{most:.0f} MB"),
    ]


def _store():
    from datetime import date, timedelta

    from gongjian.people.models import Department
    from gongjian.protocols.gb17691.engine import engine_bytes
    from gongjian.protocols.gb17691.moments import moment_bytes
    from gongjian.telemetry.live.packing import MICRO, Content, packed
    from gongjian.telemetry.live.port import Batch, Stream
    from gongjian.telemetry.models import Device, Protocol
    from gongjian.telemetry.moments import begin, from_seconds
    from gongjian.telemetry.queries import live

    Department.objects.create(name="综合执法局")
    device = Device.objects.create(protocol=Protocol.GB17691, code=VIN, name="bench")
    streams = [engine_bytes(BASE | MORE | {"nox_downstream": 40.0 + number}) for number in range(40)]
    for back in range(DAYS):
        first = begin(date(2020, 10, 1) + timedelta(back)) + 8 * 3600
        rows = []
        for moment in range(first, first + HOURS * 3600):
            body = moment_bytes(from_seconds(moment)) + b"\0\1\2" + streams[moment % 40]
            rows.append(packed(device.pk, Stream.VEHICLE, moment, (moment + 2) * MICRO, Content(0, body)))
        live().append(Batch(rows))
    return device


if __name__ == "__main__":
    for line in measured():
        print("\t".join(line))
