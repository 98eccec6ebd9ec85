"""Heavy-duty vehicles: all of them, one with its track, one day by day."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.live.queries.days import shown_on
from gongjian.live.queries.devices import find_device
from gongjian.live.queries.fleet import KINDS, SORTS, STATES, Sieve, fleet, rows_of
from gongjian.live.queries.vehicles import journey, vehicle
from gongjian.live.spans import SPANS, span_asked, written
from gongjian.live.views.asking import allow, plain, tabs, text_of
from gongjian.mobile.case_kinds import REMOTE
from gongjian.mobile.models import RemoteSign, Vehicle
from gongjian.mobile.queries.remote import vehicles_of
from gongjian.people.permissions import may
from gongjian.people.roles import Permission
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.store import Period
from gongjian.trail.clock import local_day, now

PAGE = 60  # vehicles of one page


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every vehicle that reports by itself; ``?vin=`` leads to the page of one that does."""
    allow(request)
    asked = plain(request)
    if (vin := asked.get("vin", "")) and find_device(Protocol.GB17691, vin):
        return redirect("live:vehicle-days", vin=vin)
    at = now()
    sieve = Sieve(text_of(request) or vin[:40], asked.get("state", ""), asked.get("sign", ""), asked.get("sort", ""))
    found = fleet(sieve, at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = {
        "tabs": tabs("vehicles"),
        "sieve": sieve,
        "choices": [_choice(name, words, getattr(sieve, name)) for name, words in _CHOICES.items()],
        "page": page,
        "rows": rows_of(list(page.object_list), at),
        "online": sum(one.online for one in found),
        "at": at,
    }
    return render(request, "live/vehicles.html", shown)


_CHOICES = {"state": ("状态", STATES), "sign": ("异常迹象", KINDS), "sort": ("排序", SORTS)}


def _choice(name: str, words: tuple[str, dict[str, str]], chosen: str) -> dict[str, Any]:
    title, options = words
    return {"name": name, "title": title, "options": [(key, said, key == chosen) for key, said in options.items()]}


@login_required
def page(request: HttpRequest, vin: str) -> HttpResponse:
    """What a vehicle says now, where it went, and how its emission control did."""
    allow(request)
    device, at = _device(vin), now()
    span = span_asked(plain(request), [Period.REAL_TIME], at)
    found = journey(device, span)
    shown = {
        **_head(device, "vehicle", at),
        "vehicle": vehicle(device, at),
        "journey": found,
        "panels": [panel.shown() for panel in found.panels],
        "span": span,
        "spans": [(key, words, span.key == key) for key, (words, _, _) in SPANS.items() if key in ("day", "week")],
        "first": written(span.first),
        "last": written(span.last),
        "at": at,
    }
    return render(request, "live/vehicle.html", shown)


@login_required
def days(request: HttpRequest, vin: str) -> HttpResponse:
    """The trips and signs of a day, urea and NOx over the last month."""
    allow(request)
    device, at = _device(vin), now()
    found = shown_on(device, plain(request).get("day", ""), at)
    head = _head(device, "vehicle-days", at)
    finds = may(request.user, Permission.CASE_FIND)
    shown = {
        **head,
        "vehicle": vehicle(device, at),
        "shown": found,
        "panels": [panel.shown() for panel in found.panels],
        "signs": [{"url": _case_url(kind.last, head["entry"]) if finds else "", **kind.told} for kind in found.kinds],
        "at": at,
    }
    return render(request, "live/vehicle_days.html", shown)


def _device(vin: str) -> Device:
    device = find_device(Protocol.GB17691, vin)
    if device is None:
        raise Http404
    return device


def _head(device: Device, here: str, at: datetime) -> dict[str, Any]:
    """What both pages of a vehicle begin with."""
    places = (("vehicle", _("轨迹与曲线")), ("vehicle-days", _("行程与迹象")))
    ways = [{"title": title, "url": reverse(f"live:{name}", args=[device.code]), "active": name == here} for name, title in places]
    return {"entry": vehicles_of([device.code], local_day(at)).get(device.code), "ways": ways}


def _case_url(sign: RemoteSign, entry: Vehicle | None) -> str:
    """Where a case about a sign is entered, with what the sign says; "" where the vehicle is in no ledger."""
    if entry is None:
        return ""
    said = {
        "kind": REMOTE.slug,
        "entry": entry.pk,
        "title": f"{entry.code} {sign.get_sign_display()}",
        "description": f"{sign.on:%Y-%m-%d}远程监控数据：{sign.words}。{sign.why}（迹象记录{sign.number}，仅为线索，请核查）",
    }
    return f"{reverse('cases:new')}?{urlencode(said)}"
