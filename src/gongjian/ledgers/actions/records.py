"""Records: noted, corrected, struck. A row is never changed but to say when it gave way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions.touching import touch
from gongjian.ledgers.checking import checked, require_valid
from gongjian.ledgers.declaration import RecordKind
from gongjian.ledgers.fields import specs
from gongjian.ledgers.models import Entry, Record
from gongjian.ledgers.owning import own_department
from gongjian.ledgers.registry import find_ledger
from gongjian.ledgers.telling import number_of, told
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def note(kind: RecordKind, values: Mapping[str, Any], *, by: User | None, at: datetime, source: str = "") -> Record:
    """A new record; ``Invalid``, Refusal when its number is there or its thing is in no ledger, ``Forbidden``."""
    found = _ready(kind, values, by, at)
    standing = kind.model.objects.filter(number=found["number"], replaced_at=None).first()  # type: ignore[attr-defined] # every kind is concrete
    if standing:
        msg = f"编号为“{standing.number}”的{kind.title}已经登记（{standing.on:%Y-%m-%d} {standing.label}），请打开那一条更正。"
        raise Refusal(msg)
    row = _insert(kind, found, by, at, source)
    record("record.noted", row, by=by, at=at, after=told(kind, found))
    return row


@transaction.atomic
def correct(
    kind: RecordKind, row: Record, values: Mapping[str, Any], reason: str, *, by: User | None, at: datetime, source: str = ""
) -> Record:
    """Put a corrected version in the place of ``row``; the fields not named keep their values. The same again changes nothing."""
    current = _standing(kind, row)
    require(by, Permission.RECORD_WRITE, departments=[current.department.pk], on=local_day(at))
    whole = {name: getattr(current, name) for name in specs(kind)} | dict(values)
    found = _ready(kind, whole, by, at)
    changes = {name: value for name, value in found.items() if value != getattr(current, name)}
    if not changes:
        return current
    if not reason.strip():
        msg = "请写明更正的原因。"
        raise Refusal(msg)
    if "number" in changes:
        msg = "记录编号不能更正；编号登记错的，请作废这一条再重新登记。"
        raise Refusal(msg)
    before = told(kind, {name: getattr(current, name) for name in changes})
    _replace(current, at)
    fresh = _insert(kind, found, by, at, source)
    record("record.corrected", fresh, by=by, at=at, before=before, after=told(kind, changes), note=reason.strip())
    return fresh


@transaction.atomic
def strike(kind: RecordKind, row: Record, reason: str, *, by: User | None, at: datetime) -> None:
    """The record should not be there: it stands no longer, and stays readable in the history."""
    current = _standing(kind, row)
    require(by, Permission.RECORD_WRITE, departments=[current.department.pk], on=local_day(at))
    if not reason.strip():
        msg = "请写明作废的原因。"
        raise Refusal(msg)
    _replace(current, at)
    touch(kind.slug, local_day(at))
    record(
        "record.struck",
        current,
        by=by,
        at=at,
        before=told(kind, {name: getattr(current, name) for name in specs(kind)}),
        note=reason.strip(),
    )


def _ready(kind: RecordKind, values: Mapping[str, Any], by: User | None, at: datetime) -> dict[str, Any]:
    """Everything a row needs but the hand that enters it."""
    day = local_day(at)
    found = require_valid(checked(kind, values))
    found["department"] = found["department"] or own_department(by, Permission.RECORD_WRITE, day)
    require(by, Permission.RECORD_WRITE, departments=[found["department"].pk], on=day)
    if found["on"] > day:
        msg = f"日期{found['on']:%Y-%m-%d}还没有到，请核对。"
        raise Refusal(msg)
    found["entry"] = _thing(kind, found["label"])
    found["number"] = found["number"] or number_of(kind, found)
    return found


def _thing(kind: RecordKind, label: str) -> Entry | None:
    ledger = find_ledger(kind.ledger)
    entry = ledger.model.objects.filter(kind=ledger.slug, code=label).first()
    if entry is None and not kind.strangers:
        msg = f"{specs(kind)['label'].title}“{label}”不在{ledger.title}中，请先登记入账。"
        raise Refusal(msg)
    return entry


def _standing(kind: RecordKind, row: Record) -> Record:
    """The version that stands, locked; Refusal where somebody was quicker."""
    current = kind.model.objects.select_for_update().filter(number=row.number, replaced_at=None).first()  # type: ignore[attr-defined] # every kind is concrete
    if current is None or current.pk != row.pk:
        msg = "这一条记录刚被别人更正或作废，请重新打开核对。"
        raise Refusal(msg)
    return current  # type: ignore[no-any-return] # a row of the kind's own model


def _replace(current: Record, at: datetime) -> None:
    current.replaced_at = at
    current.save(update_fields=["replaced_at"])


def _insert(kind: RecordKind, found: Mapping[str, Any], by: User | None, at: datetime, source: str) -> Record:
    row = kind.model(**found, entered_at=at, entered_by=by, source=source)
    touch(kind.slug, local_day(at))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        msg = f"编号为“{found['number']}”的{kind.title}刚刚由别人登记，请刷新后核对。"
        raise Refusal(msg) from error
    return row
