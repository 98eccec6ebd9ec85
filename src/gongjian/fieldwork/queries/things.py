"""One thing on the phone: what it is, what happened lately, what is open about it; and the things around a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

from django.db.models import F, Q, QuerySet

from gongjian.cases.models import OPEN, Case
from gongjian.cases.queries.concerning import within
from gongjian.fieldwork.ordering import far_words, wind
from gongjian.inspections.models import Task
from gongjian.kernel.geometry import Point, distance_km
from gongjian.ledgers.declaration import Ledger
from gongjian.ledgers.happenings import Happening
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.entry_page import EntryPage, entry_page
from gongjian.ledgers.queries.searching import search
from gongjian.ledgers.registry import ledgers
from gongjian.people.models import User
from gongjian.people.permissions import reach
from gongjian.people.roles import Permission
from gongjian.trail.clock import local_day

LATELY = 8  # happenings shown
CASES = 10
AROUND_KM = 2.0
NEAREST = 20
DEGREE_KM = 111.2  # of latitude


@dataclass(frozen=True, slots=True)
class Thing:
    """An entry as one sees it on the spot. ``place`` is its own, or its company's where it has none: ``borrowed`` then."""

    page: EntryPage
    place: Point | None
    borrowed: bool
    lately: list[Happening]
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class Near:
    """An entry with its ledger's title, how far it is and in which direction; empty words where that is not known."""

    entry: Entry
    ledger: str
    far: str


def thing(ledger: Ledger, entry: Any, user: User, at: datetime) -> Thing:
    """What is known of an entry. Its cases are those this person may see, and none of them speaks among the happenings."""
    page = entry_page(ledger, entry, local_day(at), past=False)
    place, borrowed = place_of(entry)
    lately = [one for one in page.timeline if not one.page.startswith("cases:")][:LATELY]
    visible = Case.objects.filter(within(reach(user, Permission.CASE_VIEW)), entry=entry.pk, state__in=OPEN)
    cases = visible.select_related("department", "origin").order_by(F("due_at").asc(nulls_last=True), "id")
    return Thing(page, place, borrowed, lately, list(cases[:CASES]))


def place_of(entry: Entry) -> tuple[Point | None, bool]:
    """Where an entry is, and whether that is only where its company is."""
    for one in (entry, entry.enterprise):
        if one is not None and one.lon is not None and one.lat is not None:
            return Point(one.lon, one.lat), one is not entry
    return None, False


def place_of_task(task: Task) -> Point | None:
    """Where a task is to be done."""
    return Point(task.lon, task.lat) if task.lon is not None and task.lat is not None else None


def found(text: str, here: Point | None) -> list[Near]:
    """The things found by words, or without words those around a place, the nearest first; nothing where neither is given."""
    if text:
        return [_near(entry, here) for entry in _in_force(search(None, text)).order_by("kind", "code")[:NEAREST]]
    if here is None:
        return []
    placed = [(distance_km(here, Point(entry.lon or 0.0, entry.lat or 0.0)), entry) for entry in _around(here)]
    nearest = sorted(placed, key=lambda pair: (pair[0], pair[1].pk))[:NEAREST]
    return [_near(entry, here) for _km, entry in nearest]


def _around(here: Point) -> QuerySet[Entry]:
    up, across = AROUND_KM / DEGREE_KM, AROUND_KM / DEGREE_KM / max(cos(radians(here.lat)), 0.01)
    box = {"lon__range": (here.lon - across, here.lon + across), "lat__range": (here.lat - up, here.lat + up)}
    return _in_force(Entry.objects.filter(**box))


def _in_force(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(Q(valid_to=None)).select_related("enterprise")


def _near(entry: Entry, here: Point | None) -> Near:
    place, _borrowed = place_of(entry)
    title = next((ledger.title for ledger in ledgers() if ledger.slug == entry.kind), "")
    return Near(entry, title, f"{wind(here, place)} {far_words(distance_km(here, place))}" if here and place else "")
