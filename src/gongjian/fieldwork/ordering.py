"""In which order errands are shown, and how far things are. The phone's own ``near.js`` orders by the same rule when it knows its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import atan2, cos, degrees, radians, sin

from gongjian.fieldwork.errands import Errand
from gongjian.kernel.geometry import Point, distance_km

BANDS_KM = (1.0, 3.0, 10.0)  # on foot, a short drive, a drive; within a band what is overdue comes first
WINDS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Placed:
    """An errand with its distance in kilometres; None where either place is not known."""

    errand: Errand
    km: float | None


def ordered(found: Iterable[Errand], here: Point | None) -> list[Placed]:
    """By band of distance, then overdue first, then the nearest; without a place by due date, the undated last."""
    placed = [Placed(errand, distance_km(here, errand.place) if here and errand.place else None) for errand in found]
    return sorted(placed, key=_rank)


def band(km: float | None) -> int:
    """Which band a distance falls in, from 0; what has no place comes after all of them."""
    if km is None:
        return len(BANDS_KM) + 1
    return next((number for number, end in enumerate(BANDS_KM) if km <= end), len(BANDS_KM))


def wind(here: Point, there: Point) -> str:
    """In which of eight directions ``there`` lies."""
    east = sin(radians(there.lon - here.lon)) * cos(radians(there.lat))
    north = cos(radians(here.lat)) * sin(radians(there.lat)) - sin(radians(here.lat)) * cos(radians(there.lat)) * cos(
        radians(there.lon - here.lon)
    )
    return WINDS[round(degrees(atan2(east, north)) / 45) % len(WINDS)]


def far_words(km: float) -> str:
    """A distance as one says it: metres by tens below a kilometre, then kilometres."""
    return f"{round(km * 100) * 10} 米" if km < 1 else f"{km:.1f} 公里"


def point_from_words(words: str) -> Point | None:
    """``lon,lat`` of an address; None for anything that is no place on earth."""
    try:
        lon, lat = (float(part) for part in words.split(","))
    except ValueError:
        return None
    return Point(lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None  # noqa: PLR2004 - degrees


def _rank(placed: Placed) -> tuple[int, bool, float, datetime, str]:
    errand = placed.errand
    return band(placed.km), not errand.overdue, placed.km or 0.0, errand.due_at or _NEVER, errand.title
