"""What every page of this room begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.inspections.models import Task
from gongjian.inspections.queries.tasks import TaskFile
from gongjian.inspections.queries.tasks import task as task_seen
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import may
from gongjian.people.roles import Permission


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages that act ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user


def seen_task(request: HttpRequest, pk: int) -> TaskFile:
    """The task of the address with all that belongs to it, if this person may see it."""
    try:
        return task_seen(pk, asker(request))
    except Task.DoesNotExist as error:
        raise Http404 from error


def frame(request: HttpRequest, here: str) -> dict[str, Any]:
    """The tabs of these pages, and what one may set up."""
    manages = may(request.user, Permission.TASK_MANAGE)
    places = [("mine", _("我的任务")), ("list", _("清单")), ("duties", _("履职事项")), ("draws", _("双随机"))]
    places += [("recusals", _("回避登记"))] if manages else []
    tabs = [{"title": title, "url": reverse(f"inspections:{name}"), "active": name == here} for name, title in places]
    return {"tabs": tabs, "may_manage": manages}


def form_page(
    request: HttpRequest,
    title: str,
    form: Any,
    back: str,
    refusal: Refusal | None = None,
    *,
    crumbs: Sequence[dict[str, str]] = (),
    lede: str = "",
) -> HttpResponse:
    """A page with one form."""
    shown = {"title": title, "form": form, "back": back, "refusal": refusal, "crumbs": [*crumbs, {"title": title}], "lede": lede}
    return render(request, "inspections/form_page.html", shown, status=409 if refusal else 200)
