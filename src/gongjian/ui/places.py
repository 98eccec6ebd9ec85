"""What the map is given: many places in few bytes. ``docs/atlas.md`` says the same for whoever writes another source.

A place is a row of seven, not an object: twenty thousand rows are 1.4 MB of JSON and a quarter of that compressed; as GeoJSON they would
be three times as much to send and to read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page

COLOURS = 8  # --kind-1 … --kind-8 in tokens.css
KEPT = {"Cache-Control": "private, no-cache"}
DIGITS = 6  # of a degree: a tenth of a metre


class MarkShape(StrEnum):
    """The outer form of a mark: tells the status apart without colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    HEXAGON = "hexagon"


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """A kind of thing on the map: colour 1–8 and one character written on its mark; kinds may share a colour, not a symbol."""

    slug: str
    title: str
    symbol: str
    colour: int

    def __post_init__(self) -> None:
        if not (1 <= self.colour <= COLOURS and len(self.symbol) == 1):
            msg = f"kind {self.slug}: a colour from 1 to {COLOURS} and a symbol of one character"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class PlaceStatus:
    """A status on the map: the form of the mark, filled or pale, and whether clusters should count it out as wanting attention."""

    slug: str
    title: str
    shape: MarkShape = MarkShape.CIRCLE
    pale: bool = False
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One thing at a point (degrees, CGCS2000); kind and status by their slugs."""

    id: int
    kind: str
    status: str
    lon: float
    lat: float
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """One thing with an extent: ``geometry`` is GeoJSON of a (Multi)Polygon or (Multi)LineString, longitude first."""

    id: int
    kind: str
    status: str
    geometry: Mapping[str, Any]
    name: str
    code: str = ""


def payload(
    kinds: Sequence[PlaceKind],
    statuses: Sequence[PlaceStatus],
    places: Iterable[Place],
    areas: Iterable[Area] = (),
    *,
    unplaced: int = 0,
) -> bytes:
    """The answer of a source of places. ``unplaced``: entries that meet the filter but have no place, so that the map can say so.

    Raises ``KeyError`` for a kind or status that is not listed.
    """
    kind_at = {kind.slug: number for number, kind in enumerate(kinds)}
    status_at = {status.slug: number for number, status in enumerate(statuses)}
    told = {
        "kinds": [asdict(kind) for kind in kinds],
        "statuses": [asdict(status) for status in statuses],
        "places": [
            (one.id, kind_at[one.kind], status_at[one.status], round(one.lon, DIGITS), round(one.lat, DIGITS), one.name, one.code)
            for one in places
        ],
        "areas": [
            {
                "type": "Feature",
                "id": one.id,
                "properties": {"kind": kind_at[one.kind], "status": status_at[one.status], "name": one.name, "code": one.code},
                "geometry": one.geometry,
            }
            for one in areas
        ],
        "unplaced": unplaced,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


@gzip_page
@conditional_page
def answer(request: HttpRequest, body: bytes) -> HttpResponse:  # noqa: ARG001 - what the decorators look at
    """A payload as a response: compressed, not sent again while it is the same, kept by the asking browser only."""
    return HttpResponse(body, content_type="application/json", headers=KEPT)


def answer_anew(request: HttpRequest, state: str, build: Callable[[], bytes]) -> HttpResponse:
    """The same for who knows what the payload depends on: ``build`` is called only where ``state`` is another than the browser was told."""
    etag = f'"{blake2b(state.encode(), digest_size=12).hexdigest()}"'
    return get_conditional_response(request, etag=etag) or _anew(request, etag, build)


@gzip_page
def _anew(_request: HttpRequest, etag: str, build: Callable[[], bytes]) -> HttpResponse:
    return HttpResponse(build(), content_type="application/json", headers={**KEPT, "ETag": etag})
