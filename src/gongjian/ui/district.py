"""The district as an area, from the outline in force: what lies in it, and what figures by the map are computed over."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from gongjian.kernel.geometry import Polygon, polygon_from_geojson, to_shapely
from gongjian.ui.outline import outline

if TYPE_CHECKING:
    import shapely

BESIDE = 0.02  # degrees, about two kilometres: what lies so near is taken in, a sketched border being no surveyed one


def district() -> Polygon:
    """The area of the district (CGCS2000)."""
    return _district(str(settings.GONGJIAN_OUTLINE))


def in_district(lon: float, lat: float) -> bool:
    """Whether a point (CGCS2000 degrees) lies within the district or right beside it."""
    import shapely  # noqa: PLC0415 - slow to load, and most requests need none of it

    return bool(shapely.contains_xy(_around(str(settings.GONGJIAN_OUTLINE)), lon, lat))


@lru_cache(maxsize=4)
def _district(_named: str) -> Polygon:
    areas = [feature["geometry"] for feature in outline()["features"] if feature["properties"]["role"] == "district"]
    parts: list[Any] = [part for area in areas for part in ([area["coordinates"]] if area["type"] == "Polygon" else area["coordinates"])]
    return polygon_from_geojson({"type": "MultiPolygon", "coordinates": parts})


@lru_cache(maxsize=4)
def _around(named: str) -> shapely.Geometry:
    import shapely  # noqa: PLC0415 - see in_district

    around = to_shapely(_district(named)).buffer(BESIDE)
    shapely.prepare(around)
    return around
