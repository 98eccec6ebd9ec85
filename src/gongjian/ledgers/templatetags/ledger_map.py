"""How an entry is marked on a map, for the small map on its page: ``{% load ledger_map %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from gongjian.ledgers.signs import place_kinds, status_of

register = template.Library()


@register.simple_tag
def mark_of(state: Any, entry: int, day: str = "") -> dict[str, Any]:
    """Sign, colour and form of an entry's mark, and the address of the one map with it opened.

    ``state`` is the entry or a version of it, ``day`` the query by which links stay on the day shown.
    """
    kind, status = place_kinds()[state.kind], status_of(state.status)
    opened = f"{reverse('ledgers:map')}?place={entry}{day.replace('?', '&')}"
    return {"symbol": kind.symbol, "colour": kind.colour, "shape": status.shape.value, "pale": status.pale, "href": opened}
