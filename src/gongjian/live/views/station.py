"""One station: what it says now, curves, roses, the table and its file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongjian.alarms.models import Outlet
from gongjian.alarms.queries.outlets import open_alarms
from gongjian.live.drawing.rose import CLASSES, draw_pollution, draw_wind
from gongjian.live.exporting import as_csv, as_xlsx
from gongjian.live.queries.board import Card, cards_of
from gongjian.live.queries.factors import Instruments, instruments_of
from gongjian.live.queries.picture import PANELS, TOGETHER, Asked, Shown, picture
from gongjian.live.queries.reading import periods_heard
from gongjian.live.queries.roses import WEATHER, has_wind, polluting, roses_of
from gongjian.live.roses import NAMES
from gongjian.live.sorts import sort_of
from gongjian.live.spans import SPANS, Span, span_asked, written
from gongjian.live.views.asking import allow, plain, seen_station
from gongjian.people.permissions import Reach
from gongjian.telemetry.models import Station
from gongjian.telemetry.queries import live
from gongjian.telemetry.store import Period
from gongjian.trail.clock import now
from gongjian.ui.figures import minute, percent

PAGE = 40  # rows of the table
AT_FIRST = 3  # factors drawn before somebody chose
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of a station."""
    reach, station, at = allow(request), seen_station(pk), now()
    cursor = live().newest()
    known = instruments_of(station)
    available = periods_heard(known)
    asked = _asked(request, station, known, span_asked(plain(request), available, at))
    shown = picture(asked, reach, at)
    context = _choices(request, asked, available) | _table(request, shown) | _now(station, known, reach)
    context |= {
        "station": station,
        "asked": asked,
        "shown": shown,
        "panels": [panel.shown() for panel in shown.panels],
        "cursor": cursor,
        "at": at,
        "kept": _kept(request),
    }
    return render(request, "live/station.html", context | _roses(request, asked))


@login_required
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse | StreamingHttpResponse:
    """The table of the page as a file: the same factors, stations, span and period."""
    reach, station, at = allow(request), seen_station(pk), now()
    known = instruments_of(station)
    asked = _asked(request, station, known, span_asked(plain(request), periods_heard(known), at))
    listing = picture(asked, reach, at).listing
    name = f"{station.name} {asked.span.period.label} {asked.span.first:%Y%m%d%H%M}-{asked.span.last:%Y%m%d%H%M}.{form}"
    answer: HttpResponse | StreamingHttpResponse
    if form == "xlsx":
        answer = HttpResponse(as_xlsx(listing, asked.span.period.label), content_type=XLSX)
    else:
        answer = StreamingHttpResponse(as_csv(listing), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _asked(request: HttpRequest, station: Station, known: Instruments, span: Span) -> Asked:
    wanted = request.GET.getlist("factor")
    chosen = [one for one in known.factors if one.code in wanted][:PANELS]
    if not chosen:
        chosen = [one for one in known.factors if one.code not in WEATHER][:AT_FIRST] or list(known.factors[:AT_FIRST])
    numbers = [int(one) for one in request.GET.getlist("with") if one.isascii() and one.isdecimal() and len(one) < len("9" * 18)]
    others = Station.objects.filter(active=True, pk__in=numbers).exclude(pk=station.pk).order_by("name") if numbers else []
    return Asked(station, known, chosen, list(others)[: TOGETHER - 1], span)


def _choices(request: HttpRequest, asked: Asked, available: list[Period]) -> dict[str, Any]:
    """What the form above the curves offers."""
    span, chosen = asked.span, request.GET.get("period")
    drawn = {one.code for one in asked.factors}
    others = Station.objects.filter(active=True, kind=asked.station.kind).exclude(pk=asked.station.pk).order_by("name")[:200]
    laid = {one.pk for one in asked.beside}
    return {
        "span": span,
        "spans": [(key, words, span.key == key) for key, (words, _, _) in SPANS.items()],
        "first": written(span.first),
        "last": written(span.last),
        "periods": [(period.value, period.label, period.value == chosen) for period in available or [span.period]],
        "factors": [(one, one.code in drawn) for one in asked.known.factors],
        "others": [(one, one.pk in laid) for one in others],
    }


def _table(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    return {"rows": Paginator(shown.listing, PAGE).get_page(request.GET.get("page")), "titles": shown.listing.titles}


def _now(station: Station, known: Instruments, reach: Reach) -> dict[str, Any]:
    cards = cards_of([station.pk], reach, now())
    card: Card | None = cards[0] if cards else None
    waiting = [alarm for alarm in open_alarms(station) if reach.covers([alarm.outlet.department_id])] if reach else []
    return {"card": card, "sort": sort_of(station.kind, [one.code for one in known.factors]), "waiting": waiting}


def _outlet(station: Station, reach: Reach) -> Outlet | None:
    """The outlet it is, for whoever may see its limits and alarms."""
    found = Outlet.objects.filter(station=station).first()
    return found if found and reach.covers([found.department_id]) else None


def _roses(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Where wind is measured: its rose, and that of the factor asked for."""
    if not has_wind(asked.known):
        return {}
    choices = polluting(asked.known)
    factor = next((one for one in choices if one.code == request.GET.get("rose")), choices[0] if choices else None)
    found = roses_of(asked.station, asked.known, factor, asked.span)
    span = f"{minute(asked.span.first)} 至 {minute(asked.span.last)}"
    wind = f"风玫瑰，{span}：主导风向 {found.wind.prevailing or '—'}，静风 {percent(found.wind.calm)}"
    told: dict[str, Any] = {"wind": found.wind, "wind_svg": draw_wind(found.wind, wind), "wind_words": wind, "classes": CLASSES}
    told["wind_rows"] = [(NAMES[side], shares, sum(shares)) for side, shares in enumerate(found.wind.shares)]
    if found.pollution and factor:
        words = f"{factor.name}污染玫瑰，{span}：平均浓度最高的来向 {found.pollution.worst or '—'}"
        told |= {"brought": factor, "brought_svg": draw_pollution(found.pollution, words), "brought_words": words, "choices": choices}
        told["brought_rows"] = list(zip(NAMES, found.pollution.means, found.pollution.counts, strict=True))
        told["brought_calm"] = (found.pollution.calm, found.pollution.calm_count)
    return {"roses": told}


def _kept(request: HttpRequest) -> str:
    """The address's parameters but the page of the table, for files."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return parameters.urlencode()
