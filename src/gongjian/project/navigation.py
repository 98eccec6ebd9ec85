"""The left rail and what every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from gongjian.notices.queries import unread
from gongjian.people.models import User
from gongjian.people.permissions import held_posts, may
from gongjian.people.roles import Permission, Role
from gongjian.project.demonstration.accounts import listed

RAIL = (  # title, url name, icon, prefixes that mark it as the present place, permission
    (_("作战图"), "web:home", "map-2", ("/map/", "/measure/"), Permission.PLAN_VIEW),
    (_("我的工作"), "web:workbench", "checklist", ("/work/",), Permission.REPORT_VIEW),
    (_("外勤"), "fieldwork:today", "current-location", ("/field/",), Permission.CASE_FIND),
    (_("台账"), "ledgers:catalogue", "books", ("/ledgers/",), Permission.LEDGER_VIEW),
    (_("先查谁"), "mobile:precision", "target", ("/mobile/precision/",), Permission.LEDGER_VIEW),
    (_("检查"), "inspections:mine", "clipboard-check", ("/inspections/",), Permission.TASK_VIEW),
    (_("问题"), "cases:board", "flag", ("/cases/",), Permission.CASE_VIEW),
    (_("督办"), "supervision:orders", "gavel", ("/orders/",), Permission.ORDER_VIEW),
    (_("监测"), "air:glance", "wind", ("/air/",), Permission.PLAN_VIEW),
    (_("在线"), "live:board", "activity", ("/live/",), Permission.LEDGER_VIEW),
    (_("报警"), "alarms:list", "alert-circle", ("/alarms/",), Permission.ALARM_VIEW),
    (_("指标"), "indicators:catalogue", "chart-line", ("/indicators/",), Permission.PLAN_VIEW),
    (_("联网"), "gateway:devices", "plug-connected", ("/gateway/",), Permission.DEVICE_MANAGE),
    (_("方案"), "web:documents", "file-text", ("/documents/",), Permission.PLAN_LOAD),
    (_("考核"), "assessment:assessments", "report-analytics", ("/assessment/",), Permission.ASSESSMENT_VIEW),
    (_("日志"), "web:trail", "history", ("/trail/",), Permission.TRAIL_VIEW),
    (_("管理"), "admin:index", "settings", ("/backroom/",), Permission.PEOPLE_MANAGE),
)


class Postbox:
    """The inbox as the top bar shows it; what is unread is counted when a page comes to ask, once."""

    def __init__(self, user: User) -> None:
        self.url = reverse("web:inbox")
        self.settings_url = reverse("web:notice-settings")
        self._user = user

    @cached_property
    def unread(self) -> int:
        """How many messages are unread; one query."""
        return unread(self._user)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: rail, who is signed in, the demonstration's mark and, where one signs in, its accounts."""
    context: dict[str, Any] = {"nav": rail(request), "simulated": settings.DEMONSTRATION, "person_posts": _posts(request)}
    if isinstance(request.user, User) and may(request.user, Permission.PLAN_VIEW):
        context["postbox"] = Postbox(request.user)
    if settings.DEMONSTRATION and request.path == reverse("account_login"):
        password, accounts = listed()
        shown = [{"username": a.username, "role": a.role.title, "department": a.department} for a in accounts]
        context |= {"demonstration_accounts": shown, "demonstration_password": password}
    return context


def rail(request: HttpRequest) -> list[dict[str, Any]]:
    """The places this person may go, the present one marked."""
    path = request.path
    return [
        {"title": title, "url": reverse(name), "icon": icon, "active": path == reverse(name) or path.startswith(prefixes)}
        for title, name, icon, prefixes, permission in RAIL
        if may(request.user, permission)
    ]


def _posts(request: HttpRequest) -> str:
    return "；".join(f"{post.department or ''}{Role(post.role).title}" for post in held_posts(request.user))
