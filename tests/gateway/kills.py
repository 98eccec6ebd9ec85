"""Kill the gateway under load, again and again: what was answered must be there, once.

By hand: ``python tests/gateway/kills.py 50``, on PostgreSQL with the address of an empty database behind it; or with
``GONGJIAN_KILLS=50`` before pytest, which makes a database for it.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gongjian.gateway.simulation import wire
from gongjian.telemetry.live.places import opened
from gongjian.telemetry.live.port import Stream

CLI = [sys.executable, "-m", "gongjian.project.cli"]
DEVICES = 20
SECONDS = 6  # of load for each kill
ANSWERED = 200  # packets a gateway has made durable when it is killed


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until_at_work(metrics):
    """Wait until it answers under load."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics", timeout=5) as page:
            told = dict(line.split() for line in page.read().decode().splitlines() if not line.startswith("#") and "{" not in line)
            if float(told["gongjian_gateway_packets_total"]) >= ANSWERED:
                return
        time.sleep(0.02)


def begun(home, port, metrics):
    """A gateway that listens."""
    command = [*CLI, "gateway", "--hj212-port", str(port), "--gb17691-port", "-1", "--metrics-port", str(metrics)]
    process = subprocess.Popen(command, env=home, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    while "已就绪" not in process.stdout.readline():
        assert process.poll() is None
    return process


@contextmanager
def own_database(url):
    """A database of its own on the server at this address, taken down afterwards."""
    name = f"gongjian_kills_{os.getpid()}"
    with closing(psycopg.connect(url, autocommit=True)) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # our own name
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kill_again_and_again(folder, kills, rate=400, database=""):
    """The acknowledged (device, moment), and what the store has: {(device, moment): values}. Without a database: SQLite in the folder."""
    home = os.environ | {"GONGJIAN_HOME": str(folder), "GONGJIAN_MODE": "demonstration", "GONGJIAN_DATABASE_URL": database}
    if not database:
        del home["GONGJIAN_DATABASE_URL"]
    subprocess.run([*CLI, "manage", "migrate", "-v0"], env=home, check=True)  # noqa: S603 - our own command
    port, metrics, journal = free_port(), free_port(), folder / "journal"
    register = [*CLI, "simulate", "hj212", "--port", str(port), "--devices", str(DEVICES), "--register", "--seconds", "0", "--house-day"]
    process = begun(home, port, metrics)
    subprocess.run(register, env=home, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    load = [*CLI, "simulate", "hj212", "--port", str(port), "--devices", str(DEVICES), "--rate", str(rate), "--house-day"]
    life = kills * SECONDS
    load += ["--seconds", str(life), "--journal", str(journal)]
    simulator = subprocess.Popen(load, env=home, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    for turn in range(kills):
        if simulator.poll() is not None:  # a slow machine: the load is over before the kills are
            break
        until_at_work(metrics)
        time.sleep(turn % 10 / 50)  # in another part of a batch each time
        process.send_signal(signal.SIGKILL)
        process.wait()
        process = begun(home, port, metrics)
    told, _ = simulator.communicate(timeout=life + 120)
    process.terminate()
    process.wait(timeout=30)
    return (
        told,
        [(name, int(moment)) for name, moment in map(str.split, journal.read_text().splitlines())],
        kept(conninfo_to_dict(database) if database else folder / "telemetry.sqlite3"),
    )


def kept(place):
    """Every value of COD the store has, by device and moment, and how many rows there are."""
    with closing(opened(place)) as store:
        return _kept(store)


def _kept(store):
    names = {number: wire.mn(place) for place, number in enumerate(sorted(store.conditions()))}
    found, rows, cursor = {}, 0, 0
    while True:
        assert not store._run("SELECT 1 FROM live_packet WHERE stream < 0 LIMIT 1"), "moments that cannot be true"
        cursor, heard = store.since(cursor, 50_000, [Stream.MINUTE])
        if not heard:
            return found, rows
        rows += len(heard)
        found |= {(names[each.device], each.moment): each.values[0] for each in heard}


def judged(told, acknowledged, store):
    """What went wrong, in words; nothing where nothing did."""
    found, rows = store
    lost = [key for key in set(acknowledged) if key not in found]
    wrong = [key for key, value in found.items() if wire.value(*key, "w01018") != value]
    faults = [f"{len(lost)} acknowledged and lost"] if lost else []
    faults += [f"{rows - len(found)} doubled"] if rows != len(found) else []
    faults += [f"{len(wrong)} with another value"] if wrong else []
    return faults + ([] if acknowledged and "丢失 0，错误应答 0" in told else [told])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        outcome = kill_again_and_again(Path(home), int(sys.argv[1]) if len(sys.argv) > 1 else 50, database="".join(sys.argv[2:3]))
    sys.stdout.write(
        f"{outcome[0]}{len(set(outcome[1])):,} acknowledged, {outcome[2][1]:,} rows: {judged(*outcome) or 'all there, once'}\n"
    )
