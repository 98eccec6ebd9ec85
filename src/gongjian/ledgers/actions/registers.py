"""Working derived registers out anew, and noting that a ledger was looked through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions.touching import touch
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.models.registers import Membership, Touch
from gongjian.ledgers.queries.holding import held_for, touched_last
from gongjian.ledgers.registers import DerivedRegister, Member
from gongjian.people.models import Department, User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import Change, record, record_many
from gongjian.trail.clock import local_day
from gongjian.trail.subjects import Subject


@transaction.atomic
def refresh(register: DerivedRegister, on: date, *, at: datetime) -> tuple[int, int]:
    """Work out who belongs on ``on``; how many came and how many left. The system's own deed, harmless when done again.

    Days only go forward: a day before the last one worked out changes nothing, so that nobody's past is written anew.
    """
    last = touched_last(register.slug)
    if last is not None and on < last:
        return 0, 0
    belong = register.members(on)
    stays = list(Membership.objects.select_for_update().filter(Q(until=None) | Q(until=on), register=register.slug, replaced_at=None))
    standing = {row.entry_id: row for row in stays if row.until is None}
    just_left = {row.entry_id: row for row in stays if row.until is not None}
    came = [_stay(register, entry, member, on, at) for entry, member in belong.items() if entry not in standing and entry not in just_left]
    back = [just_left[entry] for entry in belong if entry in just_left and entry not in standing]
    left = [row for entry, row in standing.items() if entry not in belong]
    told_anew = [row for entry, row in standing.items() if entry in belong and _differs(row, belong[entry])]
    ended = [_copy(row, at, until=on, why_left=register.left_why) for row in left]
    again = [_copy(row, at, until=None, why_left="", **_said(belong[row.entry_id])) for row in (*told_anew, *back)]
    _replace([*left, *told_anew, *back], at)
    Membership.objects.bulk_create([*came, *ended, *again])
    named = Subject("ledgers.register", register.slug, register.title)
    joined = [Change("register.joined", named, after={"entry": row.entry_id, "why": row.why}) for row in came]
    gone = [Change("register.left", named, after={"entry": row.entry_id, "why": row.why_left}) for row in ended]
    record_many([*joined, *gone], by=None, at=at)
    touch(register.slug, on)
    return len(came), len(left)


@transaction.atomic
def confirm(ledger: Ledger, department: Department, note: str, *, by: User | None, at: datetime) -> None:
    """Note that somebody looked the ledger through today and found nothing to change, so that it counts as fresh."""
    day = local_day(at)
    require(by, Permission.LEDGER_WRITE, departments=[department.pk], on=day)
    if not held_for(ledger, [department]):
        msg = f"{ledger.title}里没有{department}主管的条目，无须核对。"
        raise Refusal(msg)
    touch(ledger.slug, day)
    Touch.objects.filter(table=ledger.slug, day=day).update(confirmed_by=by, note=note.strip()[:200])
    record("ledger.confirmed", Subject("ledgers.ledger", ledger.slug, ledger.title), by=by, at=at, note=note.strip())


def _differs(row: Membership, member: Member) -> bool:
    return row.why != member.why or row.figures != dict(member.figures)


def _said(member: Member) -> dict[str, object]:
    return {"why": member.why, "figures": dict(member.figures)}


def _stay(register: DerivedRegister, entry: int, member: Member, on: date, at: datetime) -> Membership:
    return Membership(register=register.slug, entry_id=entry, since=on, **_said(member), entered_at=at)


def _replace(rows: Iterable[Membership], at: datetime) -> None:
    Membership.objects.filter(pk__in=[row.pk for row in rows]).update(replaced_at=at)


def _copy(row: Membership, at: datetime, **said: object) -> Membership:
    kept = {name: getattr(row, name) for name in ("register", "entry_id", "since", "until", "why", "why_left", "figures")}
    return Membership(**kept | said, entered_at=at)
