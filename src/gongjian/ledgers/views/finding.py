"""Finding across all ledgers, and offering entries while somebody types."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from gongjian.ledgers.queries.found import found_everywhere
from gongjian.ledgers.queries.searching import search
from gongjian.ledgers.searching import folded
from gongjian.ledgers.views.doors import for_viewers, ledger_or_404

OFFERED = 12
LONGEST = 100  # characters


@for_viewers
def find(request: HttpRequest) -> HttpResponseBase:
    """What is found in every ledger, grouped."""
    text = request.GET.get("text", "").strip()[:LONGEST]
    return render(request, "ledgers/find.html", {"text": text, "found": found_everywhere(text)})


@for_viewers
def suggest(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The entries of a ledger that match what stands in a box, as options of its list; whatever the box is called."""
    ledger = ledger_or_404(slug)
    text = next(iter(request.GET.values()), "")
    typed = str(text)[:LONGEST]
    found = search(ledger, typed).filter(valid_to=None).order_by("code")[:OFFERED] if folded(typed) else []
    return render(request, "ledgers/parts/options.html", {"found": found})
