"""The battle map over 10 plans × 88 measures × 12 months of reports. Promise: at most 15 queries, under 60 ms of server time."""

import os
import statistics
import tempfile
import time
from datetime import date, datetime, timedelta

MONTHS = range(1, 13)
RUNS = 25


def figures() -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as home:
        os.environ["GONGJIAN_HOME"] = home
        from gongjian.project.start import start_django

        start_django()
        return _measured()


def _measured() -> list[tuple[str, str]]:
    from django.core.management import call_command
    from django.test.utils import override_settings

    call_command("migrate", verbosity=0)
    with override_settings(ALLOWED_HOSTS=["testserver"], GONGJIAN_DEMONSTRATION_DAY=date(2021, 1, 20)):
        _programmes(1, months=range(1, 2))
        small = _timed()
        _programmes(10, months=MONTHS)
        large = _timed()
    return [
        ("1 plan document, 1 month of reports: queries, median, worst", small),
        ("10 plan documents, 12 months: queries, median, worst", large),
        ("promise", "≤ 15 queries, < 60 ms"),
    ]


def _programmes(count: int, months: range) -> None:
    from dataclasses import replace
    from importlib import resources

    from django.utils import timezone

    from gongjian.plans.actions.loading import load_document
    from gongjian.plans.models import Programme
    from gongjian.plans.planfile.toml_format import read_plan_file

    with resources.as_file(resources.files("gongjian.plans") / "data" / "bda-2020.toml") as path:
        document = read_plan_file(path)
    at = timezone.make_aware(datetime(2019, 12, 20))  # noqa: DTZ001 - made aware at once
    for number in range(count):
        head = replace(document.head, number=f"{count}-{number}", title=f"{document.head.title}{number}", date=date(2019, 12, 20))
        programme = load_document(replace(document, head=head), slug=f"bench-{count}-{number}", filename="bench", by=None, at=at)
        Programme.objects.filter(pk=programme.pk).update(year=2020)
        _reports(programme, months)


def _reports(programme, months: range) -> None:
    from django.utils import timezone

    from gongjian.plans.models import Measure, Report, ReportStep, Responsibility

    leads = dict(Responsibility.objects.filter(role="lead", order=0).values_list("wording__measure_id", "department_id"))
    measures = Measure.objects.filter(programme=programme).values_list("id", flat=True)
    reports = Report.objects.bulk_create(
        Report(measure_id=measure, month=date(2020, month, 1), department_id=leads[measure], state="accepted", progress="按计划推进。")
        for measure in measures
        for month in months
    )
    steps = []
    for report in reports:
        handed_in = timezone.make_aware(datetime(2020, report.month.month, 28, 9))  # noqa: DTZ001 - made aware at once
        for step, state, hours in (("submit", "submitted", 0), ("accept", "accepted", 30)):
            at = handed_in + timedelta(hours=hours)
            steps.append(ReportStep(report=report, step=step, state=state, standing="on_course", at=at, by_label="bench"))
    ReportStep.objects.bulk_create(steps, batch_size=5000)


def _timed() -> str:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    days = [date(2020, 12, 31) - timedelta(days=number) for number in range(RUNS)]
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    queries = len(captured)
    times = []
    for day in days:  # another day each time, so that nothing remembered helps
        start = time.perf_counter()
        response = client.get(f"/?on={day.isoformat()}")
        times.append(time.perf_counter() - start)
        assert response.status_code == 200
    rows = response.content.count(b'class="measure ')
    return f"{queries} queries, {statistics.median(times) * 1000:.0f} ms, {max(times) * 1000:.0f} ms ({rows} rows)"
