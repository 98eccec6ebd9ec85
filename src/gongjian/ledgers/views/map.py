"""一张图: everything that has a place, and one ledger as its list is asked for; what the maps ask for as they open."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from gongjian.ledgers.declaration import Ledger, Placed
from gongjian.ledgers.queries.places import placements, places, places_of, state_of
from gongjian.ledgers.queries.sieves import EMPTY, PLACE
from gongjian.ledgers.registry import record_kinds
from gongjian.ledgers.signs import placed_ledgers
from gongjian.ledgers.views.dating import dating
from gongjian.ledgers.views.doors import asked_of, day_query, for_viewers, ledger_or_404
from gongjian.ledgers.views.lists import show_list, ways_to_see
from gongjian.people.roles import Permission
from gongjian.ui.places import answer_anew

_STANDS_FOR = ("any-ledger", 999_999_999)  # in an address, until the map knows which entry


@for_viewers
def atlas(request: HttpRequest) -> HttpResponseBase:
    """The map of all ledgers, and which of their things are not on it."""
    shown = dating(request)
    found = placements(shown.on, past=not shown.is_today)
    context = {
        "placements": found,
        "unplaced": [one for one in found if one.unplaced],
        "empty": not any(one.placed for one in found),
        "missing": f"{PLACE}={EMPTY}",
        "source": f"{reverse('ledgers:places')}{day_query(shown)}",
        "entry": entry_address(day_query(shown)),
        "dating": shown,
        "day": day_query(shown),
        "more": day_query(shown, "&"),
        "tabs": ways_to_see(day_query(shown), on_map=True),
    }
    return render(request, "ledgers/map.html", context)


@for_viewers
def atlas_places(request: HttpRequest) -> HttpResponseBase:
    """What the map of all ledgers shows."""
    shown, ledgers = dating(request), placed_ledgers()
    past = not shown.is_today
    return answer_anew(request, state_of(ledgers, shown.on, past), lambda: places(ledgers, shown.on, past=past))


@for_viewers
def ledger_map(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list of a ledger as a map: the same filters, words and day."""
    ledger = _placed_or_404(slug)
    said, shown = asked_of(request, ledger)
    day = day_query(shown, "&")
    more: dict[str, Any] = {
        "kinds": record_kinds(slug),
        "here": reverse("ledgers:ledger-map", args=[slug]),
        "source": f"{reverse('ledgers:ledger-places', args=[slug])}?{said.query()}{day}",
        "entry_address": entry_address(day_query(shown)),
        "as_list": f"{reverse('ledgers:entries', args=[slug])}?{said.query()}{day}",
        "missing": f"{reverse('ledgers:entries', args=[slug])}?{said.query(**{PLACE: EMPTY})}{day}",
    }
    return show_list(request, ledger, Permission.LEDGER_WRITE, more, on_map=True)


@for_viewers
def ledger_places(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What the map of one ledger shows."""
    ledger = _placed_or_404(slug)
    said, _ = asked_of(request, ledger)
    return answer_anew(request, state_of([ledger], said.on, said.past, said.text, sorted(said.given.items())), lambda: places_of(said))


def entry_address(day: str) -> str:
    """The address of any entry, with ``{kind}`` and ``{id}`` where the map puts in which."""
    kind, ident = _STANDS_FOR
    return reverse("ledgers:entry", args=_STANDS_FOR).replace(kind, "{kind}").replace(str(ident), "{id}") + day


def _placed_or_404(slug: str) -> Ledger:
    ledger = ledger_or_404(slug)
    if ledger.placed is Placed.NOWHERE:
        msg = f"{ledger.title}里的条目没有固定的位置，没有地图；请看列表。"
        raise Http404(msg)
    return ledger
