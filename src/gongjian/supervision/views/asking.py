"""What every page of orders begins with."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.supervision.models import Order
from gongjian.supervision.queries.concerning import concerned


def seen_order(request: HttpRequest, pk: int) -> Order:
    """The order of the address, if this person may see it."""
    order = get_object_or_404(Order.objects.select_related("department", "measure", "case", "issued_by"), pk=pk)
    require(request.user, Permission.ORDER_VIEW, departments=concerned(order))
    return order


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages that act ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user
