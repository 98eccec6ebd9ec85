"""Telling those whose turn it is, and those whom the colour of an order concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from gongjian.notices.actions import send
from gongjian.notices.courier import Notice
from gongjian.people.queries import holders
from gongjian.people.roles import Role
from gongjian.supervision.models import Colour, Order
from gongjian.trail.clock import local_day

DEPARTMENT, OFFICE = "department", "office"
# What is told after which step, and to whom: the people of the department, or the coordinating office
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "issue": (DEPARTMENT, "请签收并按期答复"),
        "return": (DEPARTMENT, "答复被退回，请重新办理"),
        "clear": (DEPARTMENT, "已销号"),
        "withdraw": (DEPARTMENT, "已撤销"),
        "answer": (OFFICE, "已答复，请审核"),
        "review": (OFFICE, "审核通过，请销号"),
    }
)
ABOVE: Mapping[Colour, tuple[Role, ...]] = MappingProxyType(  # who besides the department hears of an order of that colour
    {Colour.BLUE: (), Colour.YELLOW: (Role.COORDINATOR,), Colour.RED: (Role.COORDINATOR, Role.LEADER)}
)
LOCAL = (Role.OFFICER, Role.HEAD)


def tell(order: Order, step: str, text: str, *, at: datetime) -> None:
    """Tell whoever is next after the step; nobody where nobody is."""
    if step not in TOLD:
        return
    whom, words = TOLD[step]
    above = ABOVE[Colour(order.colour)] if step == "issue" else ()
    to = people(order, LOCAL if whom == DEPARTMENT else (Role.COORDINATOR,), at) + people(order, above, at)
    post(order, step, words, text, to, at=at)


def tell_deepened(order: Order, text: str, *, at: datetime) -> None:
    """Tell the department and all whom the new colour concerns."""
    to = people(order, (*LOCAL, *ABOVE[Colour(order.colour)]), at)
    post(order, f"deepen-{order.colour}", f"升级为{order.get_colour_display()}督办", text, to, at=at)


def people(order: Order, roles: tuple[Role, ...], at: datetime) -> tuple[int, ...]:
    """The users in these roles: officers and heads of the order's department, the others wherever they are."""
    on = local_day(at)
    local = [role for role in roles if role in LOCAL]
    others = [role for role in roles if role not in LOCAL]
    found = list(holders(local, departments=[order.department_id], on=on).values_list("pk", flat=True)) if local else []
    return tuple(dict.fromkeys([*found, *(holders(others, on=on).values_list("pk", flat=True) if others else ())]))


def post(order: Order, occasion: str, words: str, text: str, to: tuple[int, ...], *, at: datetime) -> None:
    """Send one notice about the order; the occasion and the version make it be told once."""
    key = f"order.{occasion}:{order.pk}:{order.version}"
    title = f"【{order.get_colour_display()}督办】{order.number} {order.title}：{words}"
    link, about = f"/orders/{order.pk}/", f"supervision.order:{order.pk}"
    send(Notice(key=key, title=title, body=text, to=to, link=link, about=about, urgent=order.colour == Colour.RED), at=at)
