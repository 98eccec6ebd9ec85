"""Scoring a year: 88 measures, 60 departments, 12,000 cases. Promise: a year under 3 s, a ranking page in 15 queries and under 150 ms."""

# ruff: noqa: S311 - repeatable draws, no secrets
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

CASES = 12_000
MORE = 40  # departments beside those of the plan
RUNS = 5
HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2020, 12, 31, 18, tzinfo=HERE)


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

    from gongjian.assessment.actions.schemes import seed_scheme
    from gongjian.people import actions as people
    from gongjian.plans.actions.loading import load_document
    from gongjian.plans.planfile.toml_format import read_plan_file
    from gongjian.trail.office_day import start_of

    call_command("migrate", verbosity=0)
    people.seed_calendar([2020, 2021], by=None, at=NOW)
    with resources.as_file(resources.files("gongjian.plans") / "data" / "bda-2020.toml") as path:
        programme = load_document(read_plan_file(path), slug="bench", filename="bench", by=None, at=start_of(date(2020, 3, 29)))
    seed_scheme(by=None, at=NOW)
    _reports(programme)
    _cases(_departments(programme))
    _tell()


def _departments(programme) -> list:
    """More of them, each assisting with every third measure."""
    from gongjian.people.models import Department
    from gongjian.plans.models import Responsibility, Wording

    made = [Department.objects.create(name=f"第{number}局", kind="bureau", order=100 + number) for number in range(MORE)]
    wordings = list(Wording.objects.filter(measure__programme=programme, replaced_at=None))
    Responsibility.objects.bulk_create(
        Responsibility(wording=wording, department=department, role="support", printed=department.name, order=20 + at)
        for at, department in enumerate(made)
        for number, wording in enumerate(wordings)
        if (number + at) % 3 == 0
    )
    return list(Department.objects.all())


def _reports(programme) -> None:
    """Every month of every measure handed in, one in ten late."""
    from gongjian.plans.models import Report, ReportStep
    from gongjian.plans.queries.reports import due_days

    rng, department = Random(2020), _anybody()
    measures = list(programme.measures.all())
    due = due_days(programme)
    reports = [
        Report(measure=measure, month=month.first, department=department, state="submitted", progress="推进")
        for measure in measures
        for month in due
    ]
    Report.objects.bulk_create(reports)
    days = {month.first: day for month, day in due.items()}
    ReportStep.objects.bulk_create(
        ReportStep(
            report=report,
            step="submit",
            state="submitted",
            standing="on_course",
            at=datetime.combine(days[report.month], datetime.min.time(), HERE) + timedelta(days=2 if rng.random() < 0.1 else 0, hours=10),
            by_label="经办",
        )
        for report in reports
    )


def _anybody():
    from gongjian.people.models import Department

    return Department.objects.first()


def _cases(departments: list) -> None:
    """A year of closed cases, each with its closing, one in eight with a late step."""
    from gongjian.cases.models import Case, CaseStep

    rng = Random(2020)
    cases = []
    for number in range(CASES):
        found = datetime(2020, 1, 2, 9, tzinfo=HERE) + timedelta(minutes=rng.randrange(360 * 24 * 60))
        closed = found + timedelta(hours=rng.randrange(5, 90))
        fields = {"found_by": "检查员", "found_at": found, "entered_at": found, "since": closed, "closed_at": closed, "took_hours": 40}
        cases.append(
            Case(
                kind="general",
                level="general",
                title=f"问题{number}",
                department=rng.choice(departments),
                state="closed",
                description="。",
                **fields,
            )
        )
    Case.objects.bulk_create(cases, batch_size=2000)
    steps = []
    for case in cases:
        common = {"case": case, "kind": case.kind, "department_id": case.department_id, "round": 1, "by_label": "检查员"}
        day = case.closed_at.date()
        if rng.random() < 0.125:
            moved = {"before": "handling", "state": "fed_back", "since": case.found_at, "due_at": case.found_at, "late": True}
            steps.append(CaseStep(step="feed_back", at=case.closed_at, on=day, **moved, **common))
        ended = {"before": "verified", "state": "closed", "since": case.found_at, "open_change": -1, "closed_change": 1}
        steps.append(CaseStep(step="close", at=case.closed_at, on=day, **ended, **common))
    CaseStep.objects.bulk_create(steps, batch_size=2000)


def _tell() -> None:
    from gongjian.assessment.actions.drafting import draft
    from gongjian.assessment.models import Assessment
    from gongjian.assessment.queries.grading import live
    from gongjian.indicators.periods import parse_period

    period = parse_period("2020")
    live(period, NOW.date())  # the indicators' own memory, once
    begun = time.process_time()
    times = [_spent(lambda: live(period, NOW.date())) for _ in range(RUNS)]
    work = (time.process_time() - begun) / RUNS
    print(f"a year scored, median\t{median(times):.2f} s, CPU {work:.2f} s (promise: under 3 s)")
    print(f"the same drafted and kept\t{_spent(lambda: draft(period, by=None, at=NOW)):.2f} s")
    kept = Assessment.objects.get()
    rows = sum(len(of) for facts in kept.scores.values_list("facts", flat=True) for of in facts.values())
    print(f"departments and rows kept\t{kept.scores.count()} and {rows:,}")
    _page(kept)


def _page(kept) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from gongjian.people import actions as people
    from gongjian.people.roles import Role

    user = people.create_user("office", "office", None, by=None, at=NOW)
    people.give_post(user, Role.COORDINATOR, since=date(2020, 1, 1), by=None, at=NOW)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    busiest = max(kept.scores.all(), key=lambda score: score.sample).department_id
    with override_settings(ALLOWED_HOSTS=["testserver"], GONGJIAN_DEMONSTRATION_DAY=NOW.date()):
        for name, address in (
            ("ranking", f"/assessment/{kept.pk}/"),
            ("the busiest department opened", f"/assessment/{kept.pk}/{busiest}/"),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
                number = len(queries)
            times = [_spent(lambda address=address: client.get(address)) for _ in range(RUNS)]
            print(f"page: {name}\t{number} queries, median {median(times) * 1000:.0f} ms")


def _spent(act) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
