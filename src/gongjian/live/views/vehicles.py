"""Heavy-duty vehicles: all of them, and one with its track."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.live.queries.devices import find_device
from gongjian.live.queries.vehicles import journey, online_counts, vehicle, vehicles
from gongjian.live.spans import SPANS, span_asked, written
from gongjian.live.views.asking import allow, plain, tabs, text_of
from gongjian.telemetry.models import Protocol
from gongjian.telemetry.store import Period
from gongjian.trail.clock import now

PAGE = 60  # vehicles of one page


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every vehicle that reports by itself, those on the line first."""
    allow(request)
    at, text = now(), text_of(request)
    found = vehicles(text, at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "live/vehicles.html", {"tabs": tabs("vehicles"), "text": text, "page": page, "counts": online_counts(found), "at": at}
    )


@login_required
def page(request: HttpRequest, vin: str) -> HttpResponse:
    """What a vehicle says now, where it went, and how its emission control did."""
    allow(request)
    device = find_device(Protocol.GB17691, vin)
    if device is None:
        raise Http404
    at = now()
    span = span_asked(plain(request), [Period.REAL_TIME], at)
    found = journey(device, span)
    panels = [panel.shown() for panel in found.panels]
    shown = {
        "vehicle": vehicle(device, at),
        "journey": found,
        "panels": panels,
        "span": span,
        "spans": [(key, words, span.key == key) for key, (words, _, _) in SPANS.items() if key in ("day", "week")],
        "first": written(span.first),
        "last": written(span.last),
        "at": at,
    }
    return render(request, "live/vehicle.html", shown)
