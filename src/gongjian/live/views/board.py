"""All stations with what they say now."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.live.queries.board import STATES, cards, counts, sieve_of
from gongjian.live.sorts import Sort
from gongjian.live.views.asking import allow, plain, tabs
from gongjian.telemetry.queries import live
from gongjian.trail.clock import now

PAGE = 48  # cards of one page


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Stations by kind, as far as the sieve lets them through; kept up to date by ``events`` where there is a script."""
    reach, at = allow(request), now()
    sieve, cursor = sieve_of(plain(request)), live().newest()
    found = cards(sieve, reach, at)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    groups = [(sort, [card for card in page.object_list if card.sort is sort]) for sort in Sort]
    shown = {
        "tabs": tabs("board"),
        "sieve": sieve,
        "sorts": list(Sort),
        "states": STATES.items(),
        "counts": counts(found),
        "page": page,
        "groups": [(sort, inside) for sort, inside in groups if inside],
        "cursor": cursor,
        "at": at,
        "stations": ",".join(str(card.now.station.pk) for card in page.object_list),
    }
    return render(request, "live/board.html", shown)
