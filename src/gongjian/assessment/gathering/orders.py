"""What supervision tells: orders answered and cleared in time, late, or overdue."""

from __future__ import annotations

from collections import defaultdict

from gongjian.assessment.outcomes import of_order
from gongjian.assessment.registry import ItemKind, Rows, Term
from gongjian.assessment.scoring import Row
from gongjian.supervision.models import Order
from gongjian.supervision.queries.counted import OrderCount, orders_of

ORDERS = "orders"
KIND = ItemKind(ORDERS, "督办单办理", "期内签发的督办单；按期答复并销号为做到，逾期销号为部分做到，逾期未销号或红色督办逾期的为未做到。")


def of_orders(term: Term) -> Rows:
    """The rows of every order issued in the term; two queries."""
    issued = Order.objects.filter(issued_on__range=(term.first, term.last))
    names = {order.pk: str(order) for order in issued.only("year", "serial", "title")}
    rows: dict[int, list[Row]] = defaultdict(list)
    for department, count in orders_of(term.first, term.last, term.on).items():
        rows[department] = [_row(key, count, names[key]) for key in count.issued]
    return {ORDERS: rows}


def _row(key: int, count: OrderCount, name: str) -> Row:
    outcome, told = of_order(
        red=key in count.red,
        in_time=key in count.cleared_in_time,
        cleared=key in count.cleared_in_time or key in count.cleared_late,
        overdue=key in count.overdue,
    )
    return Row(str(key), name, told, outcome, f"order:{key}")
