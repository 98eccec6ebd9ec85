"""What every page of this room begins with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.alarms.models import Alarm, Outlet, QualityFinding
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages that act ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user


def seen_alarm(request: HttpRequest, pk: int) -> Alarm:
    """The alarm of the address, if this person may see it."""
    alarm = get_object_or_404(
        Alarm.objects.select_related("outlet__station", "outlet__department", "outlet__entry", "factor", "case"), pk=pk
    )
    require(request.user, Permission.ALARM_VIEW, departments=[alarm.outlet.department_id])
    return alarm


def seen_finding(request: HttpRequest, pk: int) -> QualityFinding:
    """The finding of the address, if this person may see it."""
    rows = QualityFinding.objects.select_related("outlet__station", "outlet__department", "outlet__entry", "factor", "case")
    found = get_object_or_404(rows, pk=pk)
    require(request.user, Permission.ALARM_VIEW, departments=[found.outlet.department_id])
    return found


def seen_outlet(request: HttpRequest, pk: int) -> Outlet:
    """The outlet of the address, if this person may see it."""
    outlet = get_object_or_404(Outlet.objects.select_related("station", "department", "entry"), pk=pk)
    require(request.user, Permission.ALARM_VIEW, departments=[outlet.department_id])
    return outlet


def tabs(here: str) -> list[dict[str, Any]]:
    """The tabs of the lists."""
    places = (("list", _("报警")), ("quality", _("数据质量")), ("outlets", _("排放口与限值")))
    return [{"title": title, "url": reverse(f"alarms:{name}"), "active": name == here} for name, title in places]
