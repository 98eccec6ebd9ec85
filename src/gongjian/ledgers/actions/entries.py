"""Entries: entered, amended, withdrawn, restored. Each leaves a version and an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions.keeping import close_versions, keep_versions
from gongjian.ledgers.actions.touching import touch
from gongjian.ledgers.checking import checked, require_valid
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.fields import POINT, specs
from gongjian.ledgers.models import Entry, Status
from gongjian.ledgers.owning import own_department
from gongjian.ledgers.searching import sought
from gongjian.ledgers.telling import taken, told
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


class Told(NamedTuple):
    """What a change was and is, as the log keeps it."""

    before: dict[str, Any]
    after: dict[str, Any]


@transaction.atomic
def enter(ledger: Ledger, values: Mapping[str, Any], *, by: User | None, at: datetime, source: str = "") -> Entry:
    """A new entry; ``Invalid`` with what is wrong by field, Refusal when its code is taken, ``Forbidden``."""
    day = local_day(at)
    found = require_valid(checked(ledger, values))
    found["department"] = found["department"] or own_department(by, Permission.LEDGER_WRITE, day)
    found["valid_from"] = found["valid_from"] or day
    require(by, Permission.LEDGER_WRITE, departments=[found["department"].pk], on=day)
    if standing := ledger.model.objects.filter(kind=ledger.slug, code=found["code"]).first():
        raise Refusal(taken(ledger, standing))
    entry = ledger.model(kind=ledger.slug, **found, entered_at=at, entered_by=by, source=source)
    entry.sought = sought(ledger, entry)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(taken(ledger, entry)) from error
    keep_versions(ledger, [entry.pk])
    touch(ledger.slug, day)
    record("entry.entered", entry, by=by, at=at, after=told(ledger, found))
    return entry


@transaction.atomic
def amend(
    ledger: Ledger,
    entry: Entry,
    values: Mapping[str, Any],
    *,
    version: int,
    by: User | None,
    at: datetime,
    source: str = "",
    note: str = "",
) -> Entry:
    """Give the fields named in ``values`` new values; the others keep theirs. ``version`` is the one that was looked at.

    Changes nothing, and leaves no version, when everything is so already. Refusal when somebody was quicker.
    """
    day = local_day(at)
    current = ledger.model.objects.select_for_update().get(pk=entry.pk)
    require(by, Permission.LEDGER_WRITE, departments=[current.department_id], on=day)
    _require_latest(current, version)
    whole = {name: getattr(current, name) for name in specs(ledger)} | dict(values)
    found = require_valid(checked(ledger, whole))
    named = {*values, *POINT} if "shape" in values else set(values)  # the point of an area goes where the area goes
    found = {name: value for name, value in found.items() if name in named and value != getattr(current, name)}
    if found.get("department", current.department) is None:
        del found["department"]
    if "department" in found:
        require(by, Permission.LEDGER_WRITE, departments=[found["department"].pk], on=day)
    if other := ledger.model.objects.filter(kind=ledger.slug, code=found.get("code", current.code)).exclude(pk=current.pk).first():
        raise Refusal(taken(ledger, other))
    if not found:
        return current
    was = _changed(ledger, current, found, by=by, at=at, source=source)
    record("entry.amended", current, by=by, at=at, before=was.before, after=was.after, note=note)
    return current


@transaction.atomic
def withdraw(ledger: Ledger, entry: Entry, on: date, reason: str, *, version: int, by: User | None, at: datetime) -> Entry:
    """The thing leaves its ledger from ``on``; its history and records stay."""
    current = ledger.model.objects.select_for_update().get(pk=entry.pk)
    require(by, Permission.LEDGER_WRITE, departments=[current.department_id], on=local_day(at))
    _require_latest(current, version)
    if not reason.strip():
        msg = "请写明退出台账的原因，如注销、报废、迁出、拆除。"
        raise Refusal(msg)
    if current.valid_to is not None:
        msg = f"“{current}”已于{current.valid_to:%Y-%m-%d}退出台账。"
        raise Refusal(msg)
    if on < current.valid_from:
        msg = f"退出日期{on:%Y-%m-%d}早于纳入日期{current.valid_from:%Y-%m-%d}，请核对。"
        raise Refusal(msg)
    if on > local_day(at):
        msg = f"退出日期{on:%Y-%m-%d}还没有到，请在当天或以后登记。"
        raise Refusal(msg)
    changes = {"valid_to": on, "status": Status.WITHDRAWN}
    was = _changed(ledger, current, changes, by=by, at=at)
    record("entry.withdrawn", current, by=by, at=at, before=was.before, after=was.after, note=reason.strip())
    return current


@transaction.atomic
def restore(ledger: Ledger, entry: Entry, reason: str, *, version: int, by: User | None, at: datetime) -> Entry:
    """Take a withdrawal back."""
    current = ledger.model.objects.select_for_update().get(pk=entry.pk)
    require(by, Permission.LEDGER_WRITE, departments=[current.department_id], on=local_day(at))
    _require_latest(current, version)
    if current.valid_to is None:
        msg = f"“{current}”就在台账内，无须恢复。"
        raise Refusal(msg)
    if not reason.strip():
        msg = "请写明恢复的原因。"
        raise Refusal(msg)
    changes = {"valid_to": None, "status": Status.ACTIVE}
    was = _changed(ledger, current, changes, by=by, at=at)
    record("entry.restored", current, by=by, at=at, before=was.before, after=was.after, note=reason.strip())
    return current


def _require_latest(current: Entry, version: int) -> None:
    if current.version != version:
        who = current.entered_by or "系统"
        msg = f"“{current}”刚由{who}更新过，与您看到的不同；请重新打开核对后再提交，您填的内容仍在本页。"
        raise Refusal(msg)


def _changed(ledger: Ledger, current: Any, changes: Mapping[str, Any], *, by: User | None, at: datetime, source: str = "") -> Told:
    """Write the changes and the version they make; what they were and are, for the log."""
    before = told(ledger, {name: getattr(current, name) for name in changes})
    for name, value in changes.items():
        setattr(current, name, value)
    current.version, current.source, current.entered_at, current.entered_by = current.version + 1, source, at, by
    current.sought = sought(ledger, current)
    close_versions(ledger, [current.pk], at)
    current.save()
    keep_versions(ledger, [current.pk])
    touch(ledger.slug, local_day(at))
    return Told(before, dict.fromkeys(before) | told(ledger, changes))
