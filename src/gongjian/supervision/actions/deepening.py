"""A graver colour for an order whose cause persists: never a second order, never a lighter colour."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.supervision.actions.changing import keep_step, locked
from gongjian.supervision.actions.telling import tell_deepened
from gongjian.supervision.models import Colour, Order
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day


@transaction.atomic
def deepen(order: Order, colour: str, why: str, *, by: User | None, at: datetime) -> bool:
    """Let an open order be at least of that colour; False where it is already, or is open no more. Its deadline stays."""
    require(by, Permission.ORDER_ISSUE, on=local_day(at))
    order = locked(order)
    if not order.is_open or Colour(order.colour).severity >= Colour(colour).severity:
        return False
    before, order.colour = order.get_colour_display(), colour
    order.version += 1
    order.save(update_fields=["colour", "version"])
    keep_step(order, "deepen", why, order.state, by=by, at=at)
    record("order.deepen", order, by=by, at=at, before={"colour": before}, after={"colour": order.get_colour_display()}, note=why)
    tell_deepened(order, why, at=at)
    return True
