"""What every page of the phone begins with: who is asking; and what its answer says to the phone's own store."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongjian.fieldwork.actions.receiving import Receipt, receive
from gongjian.fieldwork.forms.checking import CheckForm
from gongjian.fieldwork.forms.finding import FindingForm
from gongjian.fieldwork.ordering import point_from_words
from gongjian.kernel.geometry import Point
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
OWNER = "X-Field-User"  # whose page it is: the phone keeps it in this person's drawer, and no page without it


def for_finders(view: View[P]) -> View[P]:
    """A page for whoever may find problems; a visitor is asked to sign in. The browser's common cache keeps nothing of it."""

    @wraps(view)
    def asked_first(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require(request.user, Permission.CASE_FIND)
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store, private"
        return answer

    return login_required(asked_first)  # type: ignore[return-value] # the same, by another name for a callable


def shown(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200, keep: bool = True) -> HttpResponse:
    """A page; ``keep`` says that the phone may keep it for when there is no network. What is said once is no page to keep."""
    keep = keep and not len(get_messages(request))
    answer = render(request, template, {"served_at": timezone.localtime(now()), **context}, status=status)
    if keep and status == 200:  # noqa: PLR2004 - all is well
        answer[OWNER] = str(asker(request).pk)
    return answer


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user


def here(request: HttpRequest) -> Point | None:
    """Where the phone says it is: ``?at=lon,lat``."""
    return point_from_words(request.GET.get("at", ""))


def received(request: HttpRequest, form: FindingForm | CheckForm) -> Receipt:
    """Hand a form that is valid over as a draft."""
    return receive(form.parcel(lambda: secrets.token_hex(16)), by=asker(request), at=now())
