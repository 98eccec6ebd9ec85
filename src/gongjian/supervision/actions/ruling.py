"""Keeping the rules and the ladder, and the ones a new installation begins with."""

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
from gongjian.supervision.detecting.registry import find_detector
from gongjian.supervision.models import LadderRung, OrderRule
from gongjian.trail.clock import local_day

_DATED = ("active_from", "active_to")
RULE_FIELDS = ("kind", "title", "after", "colour", "answer_within", "demand", *_DATED)
RUNG_FIELDS = ("wait", "after", "role", "colour", *_DATED)


def save_rule(rule: OrderRule, *, by: User | None, at: datetime) -> OrderRule:
    """Save a new or changed rule; orders issued by it keep its words as they were. Refusal for a kind of fact nobody detects."""
    require(by, Permission.ORDER_RULE, on=local_day(at))
    find_detector(rule.kind)
    if not rule.after or not rule.answer_within:
        msg = f"“{rule.title}”须写明满多少才触发和多少个工作日内答复，都不少于 1。"
        raise Refusal(msg)
    save_with_event(rule, RULE_FIELDS, by=by, at=at)
    return rule


def save_rung(rung: LadderRung, *, by: User | None, at: datetime) -> LadderRung:
    """Save a new or changed rung; what was climbed already stays climbed."""
    require(by, Permission.ORDER_RULE, on=local_day(at))
    if not rung.after:
        msg = "升级阶梯须写明等待满多少个工作日，不少于 1。"
        raise Refusal(msg)
    save_with_event(rung, RUNG_FIELDS, by=by, at=at)
    return rung


@transaction.atomic
def seed_rules(*, by: User | None, at: datetime, since: date | None = None) -> int:
    """Put in the rules and the ladder that come with the house, in force from ``since`` (None: today); how many, 0 where there are any."""
    require(by, Permission.ORDER_RULE, on=local_day(at))
    if OrderRule.objects.exists() or LadderRung.objects.exists():
        return 0
    data: dict[str, list[dict[str, Any]]] = tomllib.loads(
        (resources.files("gongjian.supervision") / "data" / "rules.toml").read_text(encoding="utf-8")
    )
    began = since or local_day(at)
    for row in data["rule"]:
        save_rule(OrderRule(active_from=began, **row), by=by, at=at)
    for row in data["rung"]:
        save_rung(LadderRung(active_from=began, **row), by=by, at=at)
    return len(data["rule"]) + len(data["rung"])
