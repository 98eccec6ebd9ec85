"""The catalogue, and the lists of entries and records."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from gongjian.ledgers.declaration import Ledger, Placed, RecordKind, Table
from gongjian.ledgers.exporting import has_places
from gongjian.ledgers.fields import spec
from gongjian.ledgers.models import SavedView
from gongjian.ledgers.queries.asking import Asked, showable, sortable
from gongjian.ledgers.queries.catalogue import catalogue as all_ledgers
from gongjian.ledgers.queries.listing import listing
from gongjian.ledgers.queries.saved_views import saved_views
from gongjian.ledgers.queries.sieves import sieves, with_options
from gongjian.ledgers.registry import find_ledger, record_kinds
from gongjian.ledgers.views.dating import dating
from gongjian.ledgers.views.doors import asked_of, day_query, for_viewers, ledger_or_404, records_or_404
from gongjian.ledgers.views.turning import Leaf
from gongjian.people.permissions import may
from gongjian.people.roles import Permission


@for_viewers
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """Which ledgers there are, what is in them and which have rested too long."""
    shown = dating(request)
    context = {
        "catalogue": all_ledgers(shown.on),
        "dating": shown,
        "day": day_query(shown),
        "tabs": ways_to_see(day_query(shown), on_map=False),
    }
    return render(request, "ledgers/catalogue.html", context)


@for_viewers
def entries(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list of a ledger."""
    ledger = ledger_or_404(slug)
    return show_list(request, ledger, Permission.LEDGER_WRITE, {"kinds": record_kinds(slug)})


@for_viewers
def records(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list of a kind of record."""
    kind = records_or_404(slug)
    ledger = find_ledger(kind.ledger)
    said, _ = asked_of(request, kind)
    about = ledger.model.objects.filter(pk=said.given["entry"]).first() if "entry" in said.given else None
    return show_list(request, kind, Permission.RECORD_WRITE, {"ledger": ledger, "about": about})


def show_list(request: HttpRequest, table: Table, permission: Permission, more: dict[str, Any], *, on_map: bool = False) -> HttpResponse:
    """The list an address asks for, as a table or on the map; ``more`` stands above what a list says of itself."""
    said, shown = asked_of(request, table)
    found = listing(said)
    is_records = isinstance(table, RecordKind)
    here = reverse("ledgers:records" if is_records else "ledgers:entries", args=[table.slug])
    export = "ledgers:records-export" if is_records else "ledgers:entries-export"
    day = day_query(shown, "&")
    context = {
        "table": table,
        "is_records": is_records,
        "listing": found,
        "leaf": Leaf(found),
        "asked": said,
        "dating": shown,
        "day": day_query(shown),
        "sieves": [(sieve, [(name, said.given.get(name, "")) for name in sieve.parameters]) for sieve in with_options(sieves(table))],
        "headings": [_heading(said, name, day) for name in said.columns],
        "choosable": [(name, spec(table, name).title, name in said.columns) for name in showable(table)],
        "exports": [
            {"title": title, "icon": icon, "url": f"{reverse(export, args=[table.slug, form])}?{said.query()}{day}"}
            for form, title, icon in _FORMS
            if form != "geojson" or has_places(said)
        ],
        "here": here,
        "tabs": _with_map(said, _tabs(said, saved_views(table, request.user), here, day), day, on_map=on_map),
        "may_write": may(request.user, permission),
    }
    return render(request, "ledgers/list_map.html" if on_map else "ledgers/list.html", context | more)


_FORMS = (("xlsx", "导出 Excel", "file-spreadsheet"), ("csv", "导出 CSV", "download"), ("geojson", "导出 GeoJSON", "map-pin"))


def _heading(said: Asked, name: str, day: str) -> dict[str, Any]:
    """A column's head: a link that sorts by it, the other way round where it does already."""
    one = spec(said.table, name)
    opening = "-on" if isinstance(said.table, RecordKind) else "code"
    present = said.sort or opening
    down = present == f"-{name}"
    up = present == name
    turned = f"-{name}" if up else name
    url = f"?{said.query(**{'sort-by': '' if turned == opening else turned})}{day}" if sortable(said.table, name) else ""
    sort = "descending" if down else "ascending" if up else ""
    return {"title": one.heading, "figure": one.kind in ("integer", "number"), "url": url, "sort": sort}


def _tabs(said: Asked, views: list[SavedView], here: str, day: str) -> list[dict[str, Any]]:
    """The list as it opens, and the saved ways to look at it."""
    present = said.query()
    opening = {
        "title": "全部" if not isinstance(said.table, RecordKind) else "今年",
        "url": f"{here}?cols={day}",
        "active": not said.narrowed and not said.sort,
    }
    kept = [{"title": view.title, "url": f"{here}?{view.query}{day}", "active": view.query == present, "view": view} for view in views]
    return [opening | {"active": opening["active"] and not any(one["active"] for one in kept)}, *kept]


def _with_map(said: Asked, tabs: list[dict[str, Any]], day: str, *, on_map: bool) -> list[dict[str, Any]]:
    """And the same list on the map, where its things stand somewhere."""
    if not isinstance(said.table, Ledger) or said.table.placed is Placed.NOWHERE:
        return tabs
    there = f"{reverse('ledgers:ledger-map', args=[said.table.slug])}?{said.query()}{day}"
    return [*(tab | {"active": tab["active"] and not on_map} for tab in tabs), {"title": "地图", "url": there, "active": on_map}]


def ways_to_see(day: str, *, on_map: bool) -> list[dict[str, Any]]:
    """The two ways to look at all ledgers."""
    return [
        {"title": "台账目录", "url": f"{reverse('ledgers:catalogue')}{day}", "active": not on_map},
        {"title": "一张图", "url": f"{reverse('ledgers:map')}{day}", "active": on_map},
    ]
