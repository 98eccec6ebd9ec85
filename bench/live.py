"""Figures for the live pages: a year of minutes of one outlet drawn; how soon a stored packet is told.

Run: .venv/bin/python bench/live.py (GONGJIAN_HOME an empty folder).
"""

from __future__ import annotations

import json
import threading
import time

from apart import figures_of

FACTORS = ("a21002", "a21026", "a34013", "a19001", "a01011", "a01012", "a01013", "a00000")
MINUTES = 525_600
TARGET = 0.5  # seconds
ROUNDS = 5
PACKETS = 20
BEGIN = 1_569_859_200  # 2019-10-01
LAST = BEGIN + MINUTES * 60


def figures() -> list[tuple[str, str]]:
    """Name and figure of each, in a process and a database of their own."""
    return figures_of(__file__)


def measured() -> list[tuple[str, str]]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    station = _outlet()
    _write(station)
    return [*_drawn(station), *_plainly(station), *_told(station)]


def _outlet():
    from gongjian.telemetry.actions import StationCard, ensure_device, ensure_station
    from gongjian.telemetry.models import Device
    from gongjian.trail.clock import now

    at = now()
    station = ensure_station(StationCard("DA001", "排口", "emission"), by=None, at=at)
    device = Device(code="MN1", name="仪器", station=station, minute_interval=1)
    ensure_device(device, "", [(code, "mg/m³") for code in FACTORS], by=None, at=at)
    return station


def _write(station):
    """As a device does day by day, and packed as every night does."""
    import numpy as np

    from gongjian.telemetry.live.packing import MICRO, Content, packed, shape_number
    from gongjian.telemetry.live.port import Batch, Column, Stream
    from gongjian.telemetry.queries import live

    shape = tuple(Column(code, "Avg") for code in FACTORS)
    number, device = shape_number(shape), station.devices.get().pk
    walk = np.random.default_rng(27)
    for day in range(MINUTES // 1440):
        values = np.round(20 + 5 * np.sin(np.arange(1440)[:, None] / 300 + np.arange(8)) + walk.normal(0, 1, (1440, 8)), 2)
        rows = []
        for place, row in enumerate(values.tolist()):
            moment = BEGIN + (day * 1440 + place) * 60
            body = np.array(row, "<f8").tobytes() + b"N" * 8
            rows.append(packed(device, Stream.MINUTE, moment, (moment + 62) * MICRO, Content(number, body)))
        live().append(Batch(rows, {number: shape}))
    while live().pack(LAST + 5 * 86_400):
        pass


def _drawn(station):
    """As the page does: read both stores, leave out what does not count, thin, draw, and the values under the pointer."""
    from gongjian.live.drawing.panel import Panel
    from gongjian.live.queries.factors import instruments_of
    from gongjian.live.queries.reading import strands_of
    from gongjian.live.strands import stretches
    from gongjian.telemetry.store import Period

    known, taken = instruments_of(station), []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        found = strands_of(station, known, known.factors, Period.MINUTE, BEGIN, LAST)
        read, size = time.process_time() - worked, 0
        for place, one in enumerate(known.factors):
            strand = found[one.code]
            shown = Panel(place, one.name, one.unit, BEGIN, LAST, [strand], (), (), stretches(strand)).shown()
            size += len(shown["svg"]) + len(json.dumps(shown["told"]))
        taken.append((time.perf_counter() - begun, time.process_time() - worked, read))
    assert all(len(found[one.code]) == MINUTES for one in known.factors)
    whole, work, read = sorted(taken)[ROUNDS // 2]
    return [
        ("a year of minutes × 8 factors, read, thinned, drawn", f"{whole:.2f} s ({work:.2f} s of work, {read:.2f} s of it reading)"),
        ("  aimed at", f"{TARGET} s"),
        ("  weight of the eight pictures and their values", f"{size / 1024:,.0f} KiB"),
    ]


def _plainly(station):
    """Row by row as they were sent, every point handed over."""
    from gongjian.telemetry.live.port import Stream
    from gongjian.telemetry.queries import live

    begun, worked = time.perf_counter(), time.process_time()
    rows = live().between(station.devices.get().pk, Stream.MINUTE, BEGIN, LAST, MINUTES)
    size = len(json.dumps([[[row.moment, row.values[place]] for row in rows] for place in range(8)]))
    figure = f"{time.perf_counter() - begun:.1f} s ({time.process_time() - worked:.1f} s of work), {size / 2**20:,.0f} MiB"
    return [("  plainly: row by row, every point", figure)]


def _told(station):
    """From the return of ``append`` to the event in the hands of the server."""
    from gongjian.live.streaming import LOOKS, events
    from gongjian.live.views.events import look_at
    from gongjian.people.permissions import Reach
    from gongjian.telemetry.live.packing import MICRO, Content, body_of, packed, shape_number
    from gongjian.telemetry.live.port import Batch, Column, Stream
    from gongjian.telemetry.queries import live

    shape, device = (Column("a21002", "Rtd"),), station.devices.get().pk
    durable, waited = [], []

    def store():
        for number in range(PACKETS):
            time.sleep(0.37)
            moment = int(time.time())
            content = Content(shape_number(shape), body_of([float(number)], b"N"))
            live().append(Batch([packed(device, Stream.REAL_TIME, moment, moment * MICRO, content)], {shape_number(shape): shape}))
            durable.append(time.perf_counter())

    told = events(look_at([station.pk], Reach()), live().newest(), lasts=PACKETS * 0.45)
    writer = threading.Thread(target=store)
    writer.start()
    waited.extend(time.perf_counter() - durable[-1] for piece in told if piece.startswith(b"event: now"))
    writer.join()
    waited.sort()
    figure = f"median {waited[len(waited) // 2] * 1000:.0f} ms, longest {waited[-1] * 1000:.0f} ms"
    return [("from durable to told, of twenty packets", f"{figure} (looked for every {LOOKS * 1000:.0f} ms)")]


if __name__ == "__main__":
    for name, figure in measured():
        print(f"{name}\t{figure}")
