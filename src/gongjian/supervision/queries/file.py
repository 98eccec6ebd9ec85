"""One order with all that belongs to it, and what can be done next by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjian.people.models import User
from gongjian.people.permissions import may
from gongjian.people.roles import Permission, who_may
from gongjian.supervision.flow import AWAITED, ORDER
from gongjian.supervision.models import Order, OrderEvidence, OrderFact, OrderState, OrderStep, RungClimbed
from gongjian.supervision.queries.concerning import concerned
from gongjian.supervision.queries.standing_apart import why_barred

WAY = ("签发", "签收", "答复", "审核", "销号")  # as people count it
PLACE = {  # which of these each state waits for, from 1; what was withdrawn is not among them
    OrderState.ISSUED: 2,
    OrderState.SIGNED: 3,
    OrderState.RETURNED: 3,
    OrderState.ANSWERED: 4,
    OrderState.REVIEWED: 5,
    OrderState.CLEARED: 6,
}


@dataclass(frozen=True, slots=True)
class OrderFile:
    """An order with its facts, steps, evidence and the rungs it climbed, each in the order they came."""

    order: Order
    facts: list[OrderFact]
    steps: list[OrderStep]
    evidence: list[OrderEvidence]
    climbed: list[RungClimbed]

    @property
    def place(self) -> int | None:
        """Where on the way it is; None for one that left it."""
        return PLACE.get(OrderState(self.order.state))

    @property
    def proven(self) -> bool:
        """Whether any piece of the present round stands."""
        return any(piece.struck_at is None and piece.round == self.order.round for piece in self.evidence)


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step that leaves the present state. ``usual`` is the one it waits for; ``barred`` says why somebody else must take it."""

    name: str
    words: str
    usual: bool
    may: bool
    who: str
    barred: str = ""


def order_file(order: Order) -> OrderFile:
    """Everything of an order; four queries."""
    return OrderFile(
        order=order,
        facts=list(OrderFact.objects.filter(order=order).select_related("measure", "case")),
        steps=list(OrderStep.objects.filter(order=order)),
        evidence=list(OrderEvidence.objects.filter(order=order)),
        climbed=list(RungClimbed.objects.filter(order=order)),
    )


def next_steps(order: Order, user: User, on: date) -> Sequence[NextStep]:
    """Every step that can be taken from here, the usual one first."""
    state = OrderState(order.state)
    found = [_next(order, arrow.name, arrow.words(), Permission(arrow.permission), user, on) for arrow in ORDER.open_from(state)]
    return sorted(found, key=lambda step: not step.usual)


def _next(order: Order, name: str, words: str, permission: Permission, user: User, on: date) -> NextStep:
    allowed = may(user, permission, departments=concerned(order), on=on)
    barred = why_barred(order, name, user, on) if allowed else ""
    return NextStep(name, words, AWAITED.get(OrderState(order.state)) == name, allowed and not barred, who_may(permission), barred)
