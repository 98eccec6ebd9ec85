"""What every page of this room begins with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.people.permissions import Reach, reach, require
from gongjian.people.roles import Permission
from gongjian.telemetry.models import Station

SEEN_BY = Permission.LEDGER_VIEW  # who may see what stands in the ledgers may see what it measures
LONGEST = 40  # characters of a search


def allow(request: HttpRequest) -> Reach:
    """Refuse whoever may not see these pages; how far somebody may see alarms."""
    require(request.user, SEEN_BY)
    return reach(request.user, Permission.ALARM_VIEW)


def seen_station(pk: int) -> Station:
    """The station of the address, in use or not: its past may be looked at."""
    return get_object_or_404(Station, pk=pk)


def plain(request: HttpRequest) -> dict[str, str]:
    """The parameters of the address, without what no database takes."""
    return {name: str(value).replace("\0", "") for name, value in request.GET.items()}


def text_of(request: HttpRequest) -> str:
    """What is searched for."""
    return plain(request).get("text", "").strip()[:LONGEST]


def tabs(here: str) -> list[dict[str, Any]]:
    """The tabs of the lists."""
    places = (("board", _("站点")), ("vehicles", _("车辆")), ("devices", _("设备通信")))
    return [{"title": title, "url": reverse(f"live:{name}"), "active": name == here} for name, title in places]
