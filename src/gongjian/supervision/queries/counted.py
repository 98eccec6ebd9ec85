"""Counting orders by department as they stood on a day: what an assessment takes, each number with the orders that make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from gongjian.supervision.models import AWAITS_DEPARTMENT, OPEN, Colour, OrderState, OrderStep
from gongjian.trail.office_day import end_of

Keys = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OrderCount:
    """Orders to one department; each field holds their keys in order of issue, its length is the number.

    ``issued`` are all that were not withdrawn; the others are among them. ``red`` had become red. ``cleared_in_time`` and
    ``cleared_late`` are cleared: every answer by its deadline, or not. ``overdue`` are open, and past the deadline: still without an
    answer, or answered late. An answer in time that nobody has
    reviewed yet is in none of the last three: that is not the department's doing.
    """

    issued: Keys = ()
    red: Keys = ()
    cleared_in_time: Keys = ()
    cleared_late: Keys = ()
    overdue: Keys = ()


@dataclass(frozen=True, slots=True)
class _Stood:
    department: int
    state: str
    colour: str
    due_at: datetime
    late: bool

    def overdue(self, moment: datetime) -> bool:
        return self.state in OPEN and (self.late or (self.state in AWAITS_DEPARTMENT and self.due_at < moment))


def orders_of(first: date, last: date, on: date) -> Mapping[int, OrderCount]:
    """The orders issued from ``first`` to ``last``, as they stood by the end of ``on``, by department id.

    A department without any is absent. What was withdrawn by then does not count. One query.
    """
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    moment = end_of(on)
    for order, stood in _stood(first, last, moment):
        for name in _places(stood, moment):
            found[stood.department][name].append(order)
    return {department: OrderCount(**{name: tuple(keys) for name, keys in places.items()}) for department, places in found.items()}


def _stood(first: date, last: date, moment: datetime) -> Iterable[tuple[int, _Stood]]:
    """How each order stood: by its last step before ``moment``."""
    steps = OrderStep.objects.filter(order__issued_on__range=(first, last), at__lt=moment)
    columns = ("order_id", "department_id", "state", "colour", "due_at", "late")
    latest = {order: _Stood(*rest) for order, *rest in steps.order_by("order_id", "at", "id").values_list(*columns)}
    return latest.items()


def _places(stood: _Stood, moment: datetime) -> Iterable[str]:
    if stood.state == OrderState.WITHDRAWN:
        return
    yield "issued"
    if stood.colour == Colour.RED:
        yield "red"
    if stood.state == OrderState.CLEARED:
        yield "cleared_late" if stood.late else "cleared_in_time"
    elif stood.overdue(moment):
        yield "overdue"
