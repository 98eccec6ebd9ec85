"""Climbing the ladder (督办升级): who waits too long is told to somebody higher. The system's own deed, each rung once for each wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from gongjian.cases.clocks import office
from gongjian.kernel.workdays import Calendar
from gongjian.people.roles import Role
from gongjian.supervision.actions.changing import locked
from gongjian.supervision.actions.deepening import deepen
from gongjian.supervision.actions.telling import people, post
from gongjian.supervision.models import OPEN, LadderRung, Order, OrderState, RungClimbed, Wait
from gongjian.supervision.queries.ruling import ladder_in_force
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

UNREVIEWED = (OrderState.ANSWERED, OrderState.REVIEWED)


@dataclass(frozen=True, slots=True)
class Due:
    """A rung an order has come to: what it waits for, since when, and for how many working days."""

    order: Order
    rung: LadderRung
    since: datetime
    waited: int

    @property
    def words(self) -> str:
        """What is told of it."""
        return f"{self.rung.get_wait_display()}已满{self.waited}个工作日"


def climb(*, at: datetime) -> int:
    """Climb every rung that has been come to by now, those of missed nights too; how many."""
    on = local_day(at)
    rungs = ladder_in_force(on)
    orders = Order.objects.filter(state__in=OPEN).select_related("department").order_by("pk")
    due = list(_due(orders, rungs, office(at).calendar, on, at))
    return sum(_climb(one, at) for one in due)


def _waits(order: Order, at: datetime) -> Iterator[tuple[Wait, datetime]]:
    """What the order waits for at a moment, each with when the waiting began."""
    if order.state == OrderState.ISSUED:
        yield Wait.UNSIGNED, order.since
    if order.awaits_department and order.due_at < at:
        yield Wait.OVERDUE, order.due_at
    if order.state in UNREVIEWED:
        yield Wait.UNREVIEWED, order.since


def _due(orders: QuerySet[Order], rungs: Sequence[LadderRung], calendar: Calendar, on: date, at: datetime) -> Iterator[Due]:
    climbed = set(RungClimbed.objects.filter(order__state__in=OPEN).values_list("order_id", "rung_id", "since"))
    for order in orders:
        for wait, since in _waits(order, at):
            waited = calendar.working_days_between(local_day(since), on)
            for rung in rungs:
                if rung.wait == wait and rung.after <= waited and (order.pk, rung.pk, since) not in climbed:
                    yield Due(order, rung, since, waited)


@transaction.atomic
def _climb(due: Due, at: datetime) -> bool:
    """Take one rung, unless the order has moved on, or another run was quicker."""
    order = locked(due.order)
    if (Wait(due.rung.wait), due.since) not in set(_waits(order, at)):
        return False
    _, new = RungClimbed.objects.get_or_create(order=order, rung=due.rung, since=due.since, defaults={"words": _told(due), "at": at})
    if not new:
        return False
    record("order.climb", order, by=None, at=at, note=_told(due))
    if due.rung.colour:
        deepen(order, due.rung.colour, due.words, by=None, at=at)
    stamp = int(due.since.timestamp())
    post(locked(order), f"climb-{due.rung.pk}-{stamp}", due.words, order.demand, people(order, (Role(due.rung.role),), at), at=at)
    return True


def _told(due: Due) -> str:
    return f"{due.words}，告知{Role(due.rung.role).title}"
