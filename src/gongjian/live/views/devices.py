"""How devices talk. Those nobody has registered are taken in on the page of the gateway."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.live.queries.asked import asked_of
from gongjian.live.queries.devices import devices_listed, find_device, talk_of
from gongjian.live.views.asking import allow, tabs, text_of
from gongjian.people.permissions import may
from gongjian.people.roles import Permission
from gongjian.telemetry.queries import live
from gongjian.trail.clock import now

PAGE = 100  # devices of one page


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Devices in use, the silent first; whoever may register devices is told of those nobody has."""
    allow(request)
    at, text = now(), text_of(request)
    lines = devices_listed(text, at)
    manages = may(request.user, Permission.DEVICE_MANAGE)
    shown = {
        "tabs": tabs("devices"),
        "text": text,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "silent": sum(not line.online for line in lines),
        "manages": manages,
        "strangers": len(live().strangers()) if manages else 0,
        "at": at,
    }
    return render(request, "live/devices.html", shown)


@login_required
def talk(request: HttpRequest, protocol: str, code: str) -> HttpResponse:
    """What one device said and what was answered, in words."""
    allow(request)
    device = find_device(protocol, code)
    if device is None:
        raise Http404
    at = now()
    shown = {
        "talk": talk_of(device, at),
        "asked": asked_of(device),
        "manages": may(request.user, Permission.DEVICE_MANAGE),
        "at": at,
        "tabs": tabs("devices"),
    }
    return render(request, "live/talk.html", shown)
