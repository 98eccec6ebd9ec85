"""Wires between rooms that do not know each other: what judges commitments, whose targets an indicator's page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from gongjian.air.queries.days import days_kept, kept_tables
from gongjian.fieldwork.errands import Errand, register_errands
from gongjian.fieldwork.queries.things import place_of
from gongjian.indicators import registry, stamps, targets
from gongjian.indicators.bookkeeping import of_ledger, of_register
from gongjian.indicators.outlook import Target
from gongjian.ledgers.importing import background
from gongjian.ledgers.queries.gauges import writes, written_tables
from gongjian.ledgers.registers import derived_registers
from gongjian.ledgers.registry import ledgers
from gongjian.mobile.queries.precision import Listed, latest_run, tomorrow
from gongjian.people.models import User
from gongjian.people.permissions import Reach, reach
from gongjian.people.roles import Permission
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.dutiful import dutiful
from gongjian.plans.queries.looped import looped
from gongjian.plans.queries.measured import measured
from gongjian.plans.queries.targets import targets as of_plans
from gongjian.plans.sources import connect
from gongjian.trail.clock import local_day

DIRECTIONS = {"up": "比去年上升", "down": "比去年下降"}


def connect_rooms() -> None:
    """Connect everything; harmless when done again."""
    for ledger in ledgers():
        registry.register(*of_ledger(ledger))
    for register in derived_registers():
        registry.register(*of_register(register))
    stamps.provide(stamps.Gauge(written_tables, writes))
    stamps.provide(stamps.Gauge(kept_tables, days_kept))
    connect(looped, CommitmentKind.LOOP)
    connect(measured, CommitmentKind.TARGET, CommitmentKind.TREND, CommitmentKind.REGISTER)
    connect(dutiful, CommitmentKind.DUTY)
    targets.provide(promised_targets)
    register_errands(precision_errands)
    background.provide(_queued if settings.GONGJIAN_QUEUE else None)


def _queued(pk: int) -> bool:
    """Leave an import to the timetable's process."""
    from gongjian.project.jobs import work_on_import  # noqa: PLC0415 - the queue opens its file when it is imported

    work_on_import(pk)
    return True


def promised_targets(code: str, on: date) -> Sequence[Target]:
    """What plans promised of an indicator, each with a way to the measure."""
    return [
        Target(
            op=row.op or ("<" if row.direction == "down" else ">"),
            value=row.value or 0.0,
            unit=row.unit,
            whose=f"{row.measure.key} {'目标' if row.op else DIRECTIONS[row.direction]}",
            url=reverse("web:measure", args=[row.measure_id]),
            by=row.by,
            against_past=not row.op,
        )
        for row in of_plans(code, on)
    ]


def precision_errands(user: User, at: datetime) -> Sequence[Errand]:
    """Whom to check first, for those who note checks: the vehicles of the list that are theirs to check."""
    found = reach(user, Permission.RECORD_WRITE, on=local_day(at))
    run = latest_run(local_day(at) + timedelta(1)) if found else None
    return [_check_of(one, run.on) for one in tomorrow(run) if _is_theirs(one, found)] if run else []


def _is_theirs(one: Listed, found: Reach) -> bool:
    return found.covers([one.score.vehicle.department_id])


def _check_of(one: Listed, on: date) -> Errand:
    vehicle = one.score.vehicle
    company = vehicle.enterprise
    return Errand(
        sort=f"先查谁（{on:%m-%d}）",
        title=vehicle.code,
        todo="登记路检",
        page="ledgers:record-new",
        about=("road-checks",),
        query=f"label={quote(vehicle.code)}",
        thing=company.name if company else "",
        address=" ".join(filter(None, (company.street, company.address))) if company else "",
        entry=vehicle.pk,
        place=place_of(vehicle)[0],
    )
