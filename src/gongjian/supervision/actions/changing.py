"""What every change of an order goes through: the row locked, the version the person saw, the step kept."""

from __future__ import annotations

from datetime import datetime

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.supervision.models import Order, OrderStep
from gongjian.supervision.queries.since import what_happened


def locked(order: Order) -> Order:
    """The order as it is now, held until the transaction ends."""
    return Order.objects.select_for_update(of=("self",)).select_related("department").get(pk=order.pk)


def refuse_stale(order: Order, version: int | None) -> None:
    """Refuse what was written over an older state, and say what happened since; None: whatever it is by now."""
    if version is not None and version != order.version:
        raise Refusal(what_happened(order))


def keep_step(order: Order, name: str, text: str, before: str, *, by: User | None, at: datetime, token: str = "") -> OrderStep:
    """Write down a step that led to how the order now stands."""
    return OrderStep.objects.create(
        order=order,
        step=name,
        before=before,
        state=order.state,
        colour=order.colour,
        due_at=order.due_at,
        late=order.late,
        department_id=order.department_id,
        round=order.round,
        text=text,
        at=at,
        by=by,
        by_label=str(by) if by else "系统",
        token=token,
    )
