"""Derived registers: the rule in words, who is in and why, who left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Membership
from gongjian.ledgers.queries.registers import former, memberships, state
from gongjian.ledgers.registers import DerivedRegister, find_derived
from gongjian.ledgers.views.dating import dating
from gongjian.people.permissions import require
from gongjian.people.roles import Permission

PAGE = 50


def register(request: HttpRequest, slug: str) -> HttpResponse:
    """One register on the day shown: members, or with ``?who=left`` those that left."""
    require(request.user, Permission.LEDGER_VIEW)
    try:
        found = find_derived(slug)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    shown = dating(request)
    left = request.GET.get("who") == "left"
    leaf = Paginator(former(found, shown.on) if left else memberships(found, shown.on), PAGE).get_page(request.GET.get("page"))
    day = "" if shown.is_today else f"&on={shown.on.isoformat()}"
    context = {
        "register": found,
        "state": state(found, shown.on),
        "left": left,
        "leaf": leaf,
        "rows": list(_rows(found, leaf.object_list)),
        "dating": shown,
        "tabs": [
            {"title": "现在名单内" if shown.is_today else "当日名单内", "url": f"?who=in{day}", "active": not left},
            {"title": "已移出", "url": f"?who=left{day}", "active": left},
        ],
    }
    return render(request, "ledgers/register.html", context)


def _rows(found: DerivedRegister, stays: Iterable[Membership]) -> Iterator[tuple[Membership, list[Any]]]:
    """Each stay with its figures in the order the register names them."""
    return ((stay, [stay.figures.get(key) for key, _, _ in found.figures]) for stay in stays)
