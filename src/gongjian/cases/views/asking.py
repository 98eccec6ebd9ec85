"""What every page of cases begins with."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from gongjian.cases.models import Case
from gongjian.cases.queries.concerning import concerned
from gongjian.people.models import User
from gongjian.people.permissions import require
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
