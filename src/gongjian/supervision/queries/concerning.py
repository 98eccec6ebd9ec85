"""Which departments an order concerns: the one it is addressed to. Who may everything everywhere sees all of them."""

from __future__ import annotations

from django.db.models import Q

from gongjian.people.permissions import Reach
from gongjian.supervision.models import Order


def concerned(order: Order) -> list[int]:
    """The departments whose people may use a permission on the order."""
    return [order.department_id]


def within(reach: Reach) -> Q:
    """The orders somebody may see."""
    return Q() if reach.everywhere else Q(department__in=reach.departments)
