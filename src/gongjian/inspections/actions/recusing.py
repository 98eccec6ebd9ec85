"""Recusals (回避): who may not visit which enterprise, and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.inspections.actions.changing import label
from gongjian.inspections.models import Recusal
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Enterprise
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def recuse(user: User, enterprise: Enterprise, reason: str, *, by: User | None, at: datetime) -> Recusal:
    """Somebody may not visit an enterprise from today on. Refusal without a reason, and where it stands already."""
    require(by, Permission.TASK_MANAGE, on=local_day(at))
    reason = reason.strip()
    if not 0 < len(reason) <= 200:  # noqa: PLR2004 - the length of the column
        msg = "请用不超过 200 个字写明回避事由，例如“配偶任职”。"
        raise Refusal(msg)
    if Recusal.objects.select_for_update().filter(user=user, enterprise=enterprise, until=None).exists():
        msg = f"{user}对“{enterprise.name}”已有回避登记，不必重复登记。"
        raise Refusal(msg)
    row = Recusal.objects.create(user=user, enterprise=enterprise, reason=reason, since=local_day(at), at=at, by_label=label(by))
    record("recusal.entered", row, by=by, at=at, after={"user": str(user), "enterprise": enterprise.name}, note=reason)
    return row


@transaction.atomic
def end_recusal(recusal: Recusal, *, by: User | None, at: datetime) -> None:
    """It holds no longer; lists that were frozen stay as they are."""
    require(by, Permission.TASK_MANAGE, on=local_day(at))
    row = Recusal.objects.select_for_update().get(pk=recusal.pk)
    if row.until is not None:
        msg = "这条回避登记已经解除，请刷新页面。"
        raise Refusal(msg)
    row.until = local_day(at)
    row.save(update_fields=["until"])
    record("recusal.ended", row, by=by, at=at, before={"user": str(row.user), "enterprise": row.enterprise.name})
