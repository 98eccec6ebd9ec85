"""Figures for archived uploads: a year of minutes of one outlet read and thinned as rows, packed and from Parquet; sizes; archiving.

Run: .venv/bin/python bench/archive.py (SQLite in a temporary folder).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

FACTORS = ("a21002", "a21026", "a34013", "a19001", "a01011", "a01012", "a01013", "a00000")
MINUTES = 525_600
BEGIN = 1_577_808_000  # 2020-01-01 on the monitoring clock
LAST = BEGIN + MINUTES * 60
DEVICES = 32  # of a month, to archive at once
ROUNDS = 5
TARGET = 0.5  # seconds


def figures() -> list[tuple[str, str]]:
    """Name and figure of each, in a process of its own: what it takes of memory is measured."""
    done = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def measured(folder: Path) -> list[tuple[str, str]]:
    month = _month(folder)  # first: memory at its highest is that of the whole process
    return [*_year(folder), *month]


def _write(store, device: int, first: int, minutes: int) -> None:
    """As a device does day by day."""
    import numpy as np

    from gongjian.telemetry.live.packing import MICRO, Content, packed, shape_number
    from gongjian.telemetry.live.port import Batch, Column, Stream

    shape = tuple(Column(code, "Avg") for code in FACTORS)
    number, walk = shape_number(shape), np.random.default_rng(device)
    for day in range(minutes // 1440):
        values = np.round(20 + 5 * np.sin(np.arange(1440)[:, None] / 300 + np.arange(8)) + walk.normal(0, 1, (1440, 8)), 2)
        rows = []
        for place, row in enumerate(values.tolist()):
            moment = first + (day * 1440 + place) * 60
            content = Content(number, np.array(row, "<f8").tobytes() + b"N" * 8)
            rows.append(packed(device, Stream.MINUTE, moment, (moment + 62) * MICRO, content))
        store.append(Batch(rows, {number: shape}))


def _year(folder: Path) -> list[tuple[str, str]]:
    from gongjian.telemetry.live.sqlite import SqliteLive

    store = SqliteLive(folder / "year.sqlite3", folder / "year")
    _write(store, 1, BEGIN, MINUTES)
    found = [_read(store, "as rows", _tables(store))]
    while store.pack(LAST + 86_400):
        pass
    found.append(_read(store, "packed", _tables(store)))
    begun, worked = time.perf_counter(), time.process_time()
    made = store.archive(LAST + 86_400, at=0, devices={}, most=99)
    wall, work = time.perf_counter() - begun, time.process_time() - worked
    size = sum(each.size for each in made)
    found.append(_read(store, "from Parquet", size))
    found.append(("  aimed at", f"{TARGET} s"))
    found.append(("  archiving that year out of packed days", f"{MINUTES / wall:,.0f} rows/s ({wall:.1f} s, {work:.1f} s of work)"))
    store.close()
    return found


def _tables(store) -> int:
    """Bytes of rows with their index, or of chunks, as SQLite holds them."""
    sql = "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'live_packet%' OR name LIKE '%live_chunk%'"
    ask = store._run  # noqa: SLF001 - no port tells that
    ask("VACUUM")
    return int(ask(sql)[0][0])


def _read(store, how: str, size: int) -> tuple[str, str]:
    from gongjian.telemetry.live.port import Column, Stream, Table
    from gongjian.telemetry.live.reading import thinned

    columns, taken = [Column(code, "Avg") for code in FACTORS], []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        table = store.table(1, Stream.MINUTE, columns, BEGIN, LAST)
        drawn = [thinned(Table(table.moments, table.values[:, place], table.flags[:, place]), 2000) for place in range(8)]
        taken.append((time.perf_counter() - begun, time.process_time() - worked))
        assert len(table.moments) == MINUTES
        assert all(len(each.moments) >= 1900 for each in drawn)
    wall, work = sorted(taken)[ROUNDS // 2]
    return f"a year of minutes × 8 factors, read and thinned, {how}", f"{wall:.2f} s ({work:.2f} s of work), {size / 2**20:,.1f} MB"


def _month(folder: Path) -> list[tuple[str, str]]:
    from gongjian.telemetry.live.port import Column, Stream
    from gongjian.telemetry.live.sqlite import SqliteLive

    store = SqliteLive(folder / "month.sqlite3", folder / "month")
    for device in range(1, DEVICES):
        _write(store, device, BEGIN, 31 * 1440)
    while store.pack(BEGIN + 40 * 86_400):
        pass
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, worked = time.perf_counter(), time.process_time()
    at = int(datetime(2020, 3, 10, tzinfo=UTC).timestamp())
    (made,) = store.archive(at, at=0, devices={})
    wall, work = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rate = f"{made.rows / wall:,.0f} rows/s ({wall:.1f} s, {work:.1f} s of work), {made.size / 2**20:,.1f} MB"
    begun = time.perf_counter()
    for _ in range(12):
        store.table(17, Stream.MINUTE, [Column(code, "Avg") for code in FACTORS], BEGIN, BEGIN + 31 * 86_400)
    twelve = time.perf_counter() - begun
    store.close()
    return [
        (f"archiving a month of minutes of {DEVICES - 1} outlets, packed before", rate),
        ("  memory at its highest", f"{peak / 1024:,.0f} MB ({before / 1024:,.0f} MB before)"),
        ("  one of them read twelve times out of that file", f"{twelve:.2f} s"),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        for name, figure in measured(Path(home)):
            print(f"{name}\t{figure}", flush=True)
