"""Today's list, a thing, and looking for one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongjian.fieldwork.queries.things import found, thing
from gongjian.fieldwork.queries.today import today as today_of
from gongjian.fieldwork.views.doors import asker, for_finders, here, shown
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.happenings import offers
from gongjian.ledgers.models import Entry
from gongjian.ledgers.registry import find_ledger, record_kinds
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now

LONGEST = 60  # characters of a search


@for_finders
def today(request: HttpRequest) -> HttpResponse:
    """What waits for me, by nearness where the phone says where it is."""
    place, at = here(request), now()
    return shown(request, "fieldwork/today.html", {"today": today_of(asker(request), at, place), "here": place, "at": at})


@for_finders
def things(request: HttpRequest) -> HttpResponse:
    """Things by words, or those around."""
    require(request.user, Permission.LEDGER_VIEW)
    place, text = here(request), request.GET.get("text", "").strip()[:LONGEST]
    return shown(request, "fieldwork/things.html", {"things": found(text, place), "text": text, "here": place})


@for_finders
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing, looked at on the spot."""
    require(request.user, Permission.LEDGER_VIEW)
    spine = get_object_or_404(Entry, pk=pk)
    try:
        ledger = find_ledger(spine.kind)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    entry: Any = get_object_or_404(ledger.model.objects.select_related("department", "enterprise", "entered_by"), pk=pk)
    user, at = asker(request), now()
    seen = thing(ledger, entry, user, at)
    context = {
        "thing": seen,
        "entry": entry,
        "ledger": ledger,
        "here": here(request),
        "at": at,
        "checks": record_kinds(ledger.slug) if seen.page.inside and may(user, Permission.RECORD_WRITE) else [],
        "offers": [offer for offer in offers(pk, user) if not offer.page.startswith("cases:")] if seen.page.inside else [],
    }
    return shown(request, "fieldwork/thing.html", context)
