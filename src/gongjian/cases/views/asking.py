"""What every page of cases begins with, and how a form hands over to an action and comes back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from gongjian.cases.models import Case
from gongjian.cases.queries.concerning import concerned
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission


def seen_case(request: HttpRequest, pk: int) -> Case:
    """The case of the address, if this person may see it."""
    case = get_object_or_404(Case.objects.select_related("department", "origin", "entry", "merged_into"), pk=pk)
    require(request.user, Permission.CASE_VIEW, departments=concerned(case, Permission.CASE_VIEW))
    return case


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages that act ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> Refusal | None:
    """Call the action; on success say ``done`` and return None, on refusal return it for the form to show.

    A lack of permission is not the form's to show: ``Forbidden`` goes on to the page that says who may.
    """
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        return refusal
    messages.success(request, done)
    return None
