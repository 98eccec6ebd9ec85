"""What waits for one person, and what is open about one measure: for the workbench and the measure's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongjian.people.permissions import Asker, held_posts, reach
from gongjian.people.roles import Permission
from gongjian.supervision.flow import APART, AWAITED, ORDER
from gongjian.supervision.models import OPEN, Order, OrderFact, OrderState
from gongjian.supervision.queries.concerning import within

SHOWN = 20  # of each list


@dataclass(frozen=True, slots=True)
class OrdersForMe:
    """The orders whose next step is this person's to take, the most pressing first."""

    to_sign: list[Order]
    to_answer: list[Order]
    to_review: list[Order]
    to_clear: list[Order]

    @property
    def total(self) -> int:
        """How many in all."""
        return len(self.to_sign) + len(self.to_answer) + len(self.to_review) + len(self.to_clear)

    @property
    def every(self) -> list[Order]:
        """All of them, in the order one would take them."""
        return [*self.to_answer, *self.to_sign, *self.to_review, *self.to_clear]


def orders_for(user: Asker) -> OrdersForMe:
    """What ``user`` must sign, answer, review or clear, and may be the second person for as far as departments go; one query."""
    waiting, own = Q(), [post.department_id for post in held_posts(user) if post.department_id]
    for step in ORDER.steps:
        states = [state for state, awaited in AWAITED.items() if awaited == step.name]
        found = reach(user, Permission(step.permission))
        if states and found:
            apart = ~Q(department__in=own) if step.name in APART else Q()
            waiting |= Q(state__in=states) & within(found) & apart
    mine = list(_listed(Order.objects.filter(waiting, state__in=OPEN))) if waiting else []
    of = {name: [order for order in mine if AWAITED.get(OrderState(order.state)) == name][:SHOWN] for name in set(AWAITED.values())}
    return OrdersForMe(of["sign"], of["answer"], of["review"], of["clear"])


def orders_about(measure: int, asker: Asker) -> list[Order]:
    """The open orders about a measure, or with a fact about it, that this person may see; one query, none where they may see none."""
    seen = reach(asker, Permission.ORDER_VIEW)
    if not seen:
        return []
    about = Q(measure=measure) | Q(pk__in=OrderFact.objects.filter(measure=measure).values("order"))
    return list(_listed(Order.objects.filter(about, within(seen), state__in=OPEN)))


def _listed(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related("department").order_by("due_at", "id")
