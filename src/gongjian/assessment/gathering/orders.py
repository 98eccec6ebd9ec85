"""What supervision tells: orders answered and cleared in time, late, or overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from gongjian.assessment.outcomes import of_order
from gongjian.assessment.registry import ItemKind, Rows, Source, Term
from gongjian.assessment.scoring import Row

ORDERS = "orders"
KIND = ItemKind(ORDERS, "督办单办理", "期内签发的督办单；按期答复并销号为做到，逾期销号为部分做到，逾期未销号为未做到，红色督办逾期的为未做到。")


class OrderCount(Protocol):
    """Keys of the orders to one department, by how they stood."""

    issued: tuple[int, ...]
    red: tuple[int, ...]
    cleared_in_time: tuple[int, ...]
    cleared_late: tuple[int, ...]
    overdue: tuple[int, ...]


Counted = Callable[[date, date, date], Mapping[int, OrderCount]]  # from, to, as of; by department id
Named = Callable[[tuple[int, ...]], Mapping[int, str]]  # what each order is called


def orders_from(counted: Counted, named: Named) -> Source:
    """A source over whoever counts orders."""

    def of_orders(term: Term) -> Rows:
        found = counted(term.first, term.last, term.on)
        names = named(tuple(key for one in found.values() for key in one.issued))
        rows: dict[int, list[Row]] = defaultdict(list)
        for department, one in found.items():
            rows[department] = [_row(key, one, names.get(key, f"督办单{key}")) for key in one.issued]
        return {ORDERS: rows}

    return of_orders


def _row(key: int, one: OrderCount, name: str) -> Row:
    outcome, told = of_order(
        red=key in one.red,
        in_time=key in one.cleared_in_time,
        cleared=key in one.cleared_in_time or key in one.cleared_late,
        overdue=key in one.overdue,
    )
    return Row(str(key), name, told, outcome, f"order:{key}")
