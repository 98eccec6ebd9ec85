"""What stands on the map: of one ledger as its list is asked for, or of all that are in force on a day. No model instances: rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from gongjian.ledgers.declaration import Ledger, Placed
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.asking import Asked, asked
from gongjian.ledgers.queries.listing import selected
from gongjian.ledgers.signs import STATUSES, place_kinds, placed_ledgers
from gongjian.ui.places import Area, Place, payload

FORM = 1  # of the rows below; counted on when the same entries are told differently
COLUMNS = ("kind", "status", "lon", "lat", "name", "code")


@dataclass(frozen=True, slots=True)
class Placement:
    """How many things of a ledger are in force, and how many of them have no place."""

    ledger: Ledger
    total: int
    unplaced: int

    @property
    def placed(self) -> int:
        """How many are on the map."""
        return self.total - self.unplaced


def places(ledgers: Sequence[Ledger], on: date, *, past: bool) -> bytes:
    """The payload of all things in force on a day; three queries, for a past day (known by its versions) three a ledger."""
    return _payload(ledgers, _in_force(ledgers, on, past=past))


def places_of(list_asked: Asked) -> bytes:
    """The payload of what a ledger's list shows; three queries."""
    return _payload([_ledger(list_asked)], [selected(list_asked)])


def placements(on: date, *, past: bool) -> list[Placement]:
    """Every ledger with places, in order: one query for the present, one a ledger for a past day."""
    placed = placed_ledgers()
    counted: dict[str, tuple[int, int]] = {}
    for found in _in_force(placed, on, past=past):
        rows = found.order_by().values_list("kind").annotate(total=Count("pk"), placed=Count("lon"))
        counted |= {kind: (total, total - placed_there) for kind, total, placed_there in rows}
    return [Placement(ledger, *counted.get(ledger.slug, (0, 0))) for ledger in placed]


def state_of(ledgers: Sequence[Ledger], *also: object) -> str:
    """What a payload of these ledgers depends on, beside ``also`` (day, filters): another text after every change. One query.

    Entries are never deleted and every change counts their version on, so the sum of the versions never comes back to what it was. The
    enterprises are in it because a search finds things by them.
    """
    slugs = {ENTERPRISES.slug, *(ledger.slug for ledger in ledgers)}
    told = Entry.objects.filter(kind__in=slugs).aggregate(changes=Sum("version"), at=Max("entered_at"))
    kinds = place_kinds()
    return repr((FORM, *told.values(), [kinds[ledger.slug] for ledger in ledgers], *also))


def _ledger(list_asked: Asked) -> Ledger:
    if not isinstance(list_asked.table, Ledger):
        msg = f"{list_asked.table.slug} has no places"
        raise TypeError(msg)
    return list_asked.table


def _in_force(ledgers: Sequence[Ledger], on: date, *, past: bool) -> Iterator[QuerySet[Any]]:
    """What is in force, in as few queries as the day allows: the present stands in one table, each ledger's past in its own."""
    if past:
        yield from (selected(asked(ledger, {}, on, past=True)) for ledger in ledgers)
    else:
        slugs = [ledger.slug for ledger in ledgers]
        yield Entry.objects.filter(~Q(valid_to__lte=on), kind__in=slugs, valid_from__lte=on)


def _payload(ledgers: Sequence[Ledger], found: Iterable[QuerySet[Any]]) -> bytes:
    kinds = place_kinds()
    extended = [ledger.slug for ledger in ledgers if ledger.placed is Placed.AREA]
    points: list[Place] = []
    areas: list[Area] = []
    unplaced = 0
    for query in found:
        unplaced += query.filter(lon=None).count()
        placed = query.filter(lon__isnull=False).order_by()
        key = "pk" if issubclass(query.model, Entry) else "entry_id"
        points += starmap(_place, placed.exclude(kind__in=extended).values_list(key, *COLUMNS))
        found_areas = placed.filter(kind__in=extended).values_list(key, *COLUMNS, "shape")
        for *row, shape in found_areas if extended else ():
            if shape is None:
                points.append(_place(*row))
            else:
                areas.append(_area(shape, *row))
    return payload([kinds[ledger.slug] for ledger in ledgers], STATUSES, points, areas, unplaced=unplaced)


def _place(ident: int, kind: str, status: str, lon: float, lat: float, name: str, code: str) -> Place:
    return Place(ident, kind, status, lon, lat, name or code, code)


def _area(shape: Any, ident: int, kind: str, status: str, _lon: float, _lat: float, name: str, code: str) -> Area:
    return Area(ident, kind, status, shape, name or code, code)
