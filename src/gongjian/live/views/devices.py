"""How devices talk, and taking in those nobody has registered."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.live.actions import take_in
from gongjian.live.forms import TakeInForm
from gongjian.live.queries.devices import devices_listed, find_device, frames_of_strangers, strangers, talk_of
from gongjian.live.views.asking import allow, asker, tabs, text_of
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.telemetry.models import Protocol
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

PAGE = 100  # devices of one page


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Devices in use, the silent first; to whoever may register them also those nobody has registered."""
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
        "strangers": strangers() if manages else [],
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
    shown = {"talk": talk_of(device, at), "manages": may(request.user, Permission.DEVICE_MANAGE), "at": at, "tabs": tabs("devices")}
    return render(request, "live/talk.html", shown)


@login_required
def enrol(request: HttpRequest, protocol: str, code: str) -> HttpResponse:
    """Take in a device that nobody has registered, having seen what it sent."""
    require(request.user, Permission.DEVICE_MANAGE)
    known = next((one for one in strangers() if (one.stranger.protocol, one.stranger.name) == (protocol, code)), None)
    if known is None and find_device(protocol, code) is None:
        raise Http404
    form, refusal = TakeInForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        name, station = form.cleaned_data["name"], form.cleaned_data["station"]
        refusal = attempt(
            request,
            lambda: take_in(protocol, code, name=name, station=station, by=asker(request), at=now()),
            _("设备已登记，此后的报文会被采用。"),
        )
        if refusal is None:
            return redirect("live:talk", protocol=protocol, code=code)
    shown = {
        "form": form,
        "refusal": refusal,
        "known": known,
        "code": code,
        "protocol": Protocol(protocol).label,
        "frames": frames_of_strangers(code),
    }
    return render(request, "live/enrol.html", shown, status=409 if refusal else 200)
