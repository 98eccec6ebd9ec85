"""Narrowing the list of orders: by state, colour, department, overdue; my departments' first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from gongjian.people.permissions import Reach
from gongjian.supervision.models import AWAITS_DEPARTMENT, OPEN, Colour, Order, OrderState
from gongjian.supervision.queries.concerning import within

LOOKS = {"": "未办结的", "overdue": "已逾期", "all": "全部"}  # besides the states themselves
LONGEST = 40  # characters of a search


@dataclass(frozen=True, slots=True)
class OrderSieve:
    """What a list is narrowed to, as the address says it; empty is everything that is open."""

    state: str = ""
    colour: str = ""
    department: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def query(self, **changed: str) -> str:
        """The address's parameters, some said differently."""
        said = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        return urlencode({name: value for name, value in said.items() if value})


def order_sieve(parameters: Mapping[str, str]) -> OrderSieve:
    """The narrowing an address asks for; what it asks for wrongly is ignored."""
    return OrderSieve(**{field.name: parameters.get(field.name, "").replace("\0", "").strip()[:LONGEST] for field in fields(OrderSieve)})


def sifted(reach: Reach, sieve: OrderSieve, at: datetime, own: Collection[int]) -> QuerySet[Order]:
    """The orders somebody may see that the sieve lets through: one's ``own`` departments' first, then the most pressing."""
    found = Order.objects.filter(within(reach), _looked_for(sieve.state, at)).select_related("department", "measure")
    if sieve.colour in Colour.values:
        found = found.filter(colour=sieve.colour)
    if sieve.department.isdecimal() and len(sieve.department) < len("9" * 10):
        found = found.filter(department=int(sieve.department))
    if sieve.text:
        found = found.filter(_said(sieve.text))
    mine = Case(When(department__in=list(own), then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    found = found.annotate(mine=mine)
    is_open = sieve.state in {"", "overdue"} or sieve.state in OPEN
    return found.order_by("-mine", "due_at", "id") if is_open else found.order_by("-mine", "-issued_at", "-id")


def tallied(reach: Reach, at: datetime) -> dict[str, int]:
    """How many open orders somebody may see of each colour, and how many are overdue; one query."""
    counts = {colour.value: Count("pk", filter=Q(colour=colour)) for colour in Colour}
    overdue = Count("pk", filter=_overdue(at))
    return Order.objects.filter(within(reach), state__in=OPEN).aggregate(**counts, overdue=overdue)


def _looked_for(state: str, at: datetime) -> Q:
    if state == "overdue":
        return _overdue(at)
    if state in OrderState.values:
        return Q(state=state)
    return Q() if state == "all" else Q(state__in=OPEN)


def _overdue(at: datetime) -> Q:
    return Q(state__in=AWAITS_DEPARTMENT, due_at__lt=at)


def _said(text: str) -> Q:
    """A number as people quote it, or words of the matter."""
    serial = text.rpartition("〕")[2].removesuffix("号")
    if serial.isdecimal() and len(serial) < len("9" * 9):
        return Q(serial=int(serial)) | Q(title__contains=text)
    return Q(title__contains=text)
