"""Who holds what in a ledger, and when it was last written to or looked through."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Max

from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.models import Touch
from gongjian.people.models import Department


def held_for(ledger: Ledger, departments: Collection[Department]) -> list[Department]:
    """Those of the departments that hold entries now in force, in their order. One query."""
    rows = ledger.model.objects.filter(kind=ledger.slug, valid_to=None, department__in=departments)
    holding = set(rows.values_list("department_id", flat=True).distinct().order_by())
    return [one for one in departments if one.pk in holding]


def touched_last(table: str, on: date | None = None) -> date | None:
    """The last day, until ``on`` where that is given, a table was written to, looked through or worked out; None where it never was."""
    touches = Touch.objects.filter(table=table) if on is None else Touch.objects.filter(table=table, day__lte=on)
    found: date | None = touches.aggregate(last=Max("day"))["last"]
    return found
