"""Wires between rooms that do not know each other: what judges commitments, whose targets an indicator's page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from gongjian.air.queries.days import days_kept, kept_tables
from gongjian.indicators import registry, stamps, targets
from gongjian.indicators.bookkeeping import of_ledger, of_register
from gongjian.indicators.outlook import Target
from gongjian.ledgers.importing import background
from gongjian.ledgers.queries.gauges import writes, written_tables
from gongjian.ledgers.registers import derived_registers
from gongjian.ledgers.registry import ledgers
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.queries.dutiful import dutiful
from gongjian.plans.queries.looped import looped
from gongjian.plans.queries.measured import measured
from gongjian.plans.queries.targets import targets as of_plans
from gongjian.plans.sources import connect

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
