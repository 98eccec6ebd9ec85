"""Whether an order has the evidence that clearing it needs."""

from __future__ import annotations

from gongjian.supervision.models import Order, OrderEvidence


def is_proven(order: Order) -> bool:
    """Whether any piece of the present round stands, whoever gave it."""
    return OrderEvidence.objects.filter(order=order, round=order.round, struck_at=None).exists()
