"""Taking an order one step on: every arrow of the flow goes through ``take``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongjian.cases.actions.changing import fitting
from gongjian.cases.clocks import office
from gongjian.kernel.refusal import Refusal
from gongjian.kernel.worktime import days
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.supervision.actions.changing import keep_step, locked, refuse_stale
from gongjian.supervision.actions.telling import tell
from gongjian.supervision.flow import LONGEST, ORDER, PROVEN, RETURN_DAYS
from gongjian.supervision.models import OPEN, Order, OrderState
from gongjian.supervision.queries.concerning import concerned
from gongjian.supervision.queries.proven import is_proven
from gongjian.supervision.queries.since import taken
from gongjian.supervision.queries.standing_apart import why_barred
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

TEXTS = ("outcome", "reason", "finding", "note")  # what a step may say in words; one of them is its text


@transaction.atomic
def take(
    order: Order, name: str, carried: Mapping[str, Any], *, by: User | None, at: datetime, version: int | None = None, token: str = ""
) -> Order:
    """Take the step ``name``; the order as it is afterwards.

    ``carried`` holds the texts the flow requires, by name, and ``note`` where nothing is required. ``version`` is the one the person saw;
    ``token`` names the form, so that the same form sent twice is one step. Refusal for a wrong state, something missing, a stale version;
    Forbidden for the wrong person, also for one who may not be the second.
    """
    order = locked(order)
    if taken(order, name, token):
        return order
    refuse_stale(order, version)
    arrow = ORDER.step(OrderState(order.state), name)
    require(by, Permission(arrow.permission), departments=concerned(order), on=local_day(at))
    if barred := why_barred(order, name, by, local_day(at)):
        raise Forbidden(barred)
    ORDER.take(OrderState(order.state), name, carried)
    if name == PROVEN and not is_proven(order):
        msg = "“销号”须有佐证：这一轮答复还没有留下照片或文件，请先上传核查时取得的佐证，或退回重办请责任单位补充。"
        raise Refusal(msg)
    text = next((fitting(ORDER.requirements.get(key, "说明"), str(carried[key]), longest=LONGEST) for key in TEXTS if carried.get(key)), "")
    before = order.state
    _move(order, name, arrow.target, at)
    keep_step(order, name, text, before, by=by, at=at, token=token)
    after = {"state": order.state, "department": order.department.name}
    record(f"order.{name}", order, by=by, at=at, before={"state": before}, after=after, note=text)
    tell(order, name, text, at=at)
    return order


def _move(order: Order, name: str, target: OrderState, at: datetime) -> None:
    """Change the row: state, and what the step itself brings."""
    order.state, order.since = target, at
    if name == "answer":
        order.late = order.late or at > order.due_at
    if name == "return":
        order.round += 1
        order.due_at = max(order.due_at, office(at).due(timezone.localtime(at), days(RETURN_DAYS)))
    if target not in OPEN:
        order.ended_at, order.open_cause = at, None
    order.version += 1
    order.save()
