"""How long uploads are kept: dated rules, changed by adding one that begins later."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from importlib import resources
from typing import Any

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.people.saving import save_with_event
from gongjian.telemetry.models import Retention, RetentionKind
from gongjian.telemetry.retaining import LEAST
from gongjian.trail.clock import local_day

FIELDS = ("kind", "months", "from_day", "basis")


@transaction.atomic
def save_retention(retention: Retention, *, by: User | None, at: datetime) -> Retention:
    """Say how long a kind is kept from a later day on. Refusal for one that has begun, begins today, or is shorter than the law has it."""
    today = local_day(at)
    require(by, Permission.DEVICE_MANAGE, on=today)
    begun = Retention.objects.filter(pk=retention.pk, from_day__lte=today).exists()
    if begun or (retention.from_day is not None and retention.from_day <= today):
        msg = f"已经生效的保存期限不能改，新的最早从明天起：请另加一条，“自哪天起”晚于 {today}。"
        raise Refusal(msg)
    return _kept(retention, by=by, at=at)


def _kept(retention: Retention, *, by: User | None, at: datetime) -> Retention:
    if retention.months is not None and retention.months < (least := LEAST.get(RetentionKind(retention.kind), 1)):
        kind = retention.get_kind_display()
        msg = f"{kind}至少保存 {least} 个月，请改正保存月数；原始监测记录依《排污许可管理条例》第十九条保存不少于五年。"
        raise Refusal(msg)
    save_with_event(retention, FIELDS, by=by, at=at)
    return retention


@transaction.atomic
def seed_retention(*, by: User | None, at: datetime, since: date | None = None) -> int:
    """Put in the periods that come with the house, in force from ``since`` (None: today); how many, 0 where there are any."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    if Retention.objects.exists():
        return 0
    rows: list[dict[str, Any]] = tomllib.loads(
        (resources.files("gongjian.telemetry") / "data" / "retention.toml").read_text(encoding="utf-8")
    )["retention"]
    for row in rows:
        _kept(Retention(from_day=since or local_day(at), **row), by=by, at=at)
    return len(rows)
