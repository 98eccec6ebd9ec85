"""What is new, as it comes: server-sent events, and the same for one who asks now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.template.loader import render_to_string

from gongjian.live.queries.board import cards_of
from gongjian.live.queries.newest import FRESH
from gongjian.live.streaming import AGAIN, Look, Stream, events, seats
from gongjian.live.views.asking import allow
from gongjian.people.permissions import Reach
from gongjian.telemetry.models import Device
from gongjian.telemetry.queries import live
from gongjian.trail.clock import now

MOST = 100  # stations of a page
AT_ONCE = 2_000  # uploads looked through in one look
BEHIND = 20_000  # who is further behind is told everything instead


@login_required
def stream(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Events of the stations asked for, from where the page or the browser's last event left off; 204 where no seat is free."""
    reach = allow(request)
    asked = _stations(request)
    seat = seats.take()
    if seat is None:
        return HttpResponse(status=204, headers={"Retry-After": str(AGAIN)})
    body = Stream(events(look_at(asked, reach), _cursor(request)), lambda: seats.give_back(seat))
    answer = StreamingHttpResponse(body, content_type="text/event-stream; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"  # a proxy in front hands on what it gets
    return answer


@login_required
def newest(request: HttpRequest) -> HttpResponse:
    """What the stations asked for say now, with the cursor to ask from; for pages that found no seat."""
    reach = allow(request)
    cursor = live().newest()
    answer = JsonResponse({"cursor": cursor, "now": told(_stations(request), reach)})
    answer["Cache-Control"] = "no-store"
    return answer


def told(stations: Sequence[int], reach: Reach) -> dict[str, str]:
    """The changing part of each station's card."""
    at = now()
    cards = cards_of(stations, reach, at) if stations else []
    return {str(card.now.station.pk): render_to_string("live/parts/now.html", {"card": card, "at": at}) for card in cards}


def look_at(stations: Sequence[int], reach: Reach) -> Look:
    """One look at the store: which of these stations were heard since a cursor, and what they say now."""
    places = dict(Device.objects.filter(station__in=stations, active=True).values_list("pk", "station_id"))

    def look(cursor: int) -> tuple[int, Mapping[str, Any]]:
        here = live().newest()
        if here == cursor:
            return cursor, {}
        if here - cursor > BEHIND or here < cursor:
            return here, told(stations, reach)
        reached, heard = live().since(cursor, AT_ONCE, FRESH)
        changed = {station for one in heard if (station := places.get(one.device)) is not None}
        return reached if len(heard) == AT_ONCE else max(here, reached), told(sorted(changed), reach)

    return look


def _stations(request: HttpRequest) -> list[int]:
    """The stations (ids) an address names, at most a page of them."""
    said = request.GET.get("stations", "").split(",")[:MOST]
    return [int(one) for one in said if one.isascii() and one.isdecimal() and len(one) < len("9" * 18)]


def _cursor(request: HttpRequest) -> int:
    said = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < len("9" * 18) else live().newest()
