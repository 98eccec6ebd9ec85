"""Areas and lines as text in a cell: GeoJSON or WKT."""

from __future__ import annotations

import json
from typing import Any

from gongjian.documents.cells import BadCell, Raw, read_text
from gongjian.kernel.geometry import MOST_POINTS
from gongjian.standards.coordinates import Datum, to_cgcs2000

DRAWN = "已绘制范围"  # what an export says instead of a shape
_LONGEST = 32_767  # characters of a cell
_DIGITS = 7


def read_shape(raw: Raw) -> dict[str, Any]:
    """The geometry as GeoJSON; BadCell where it is none, or crosses itself."""
    import shapely  # noqa: PLC0415 - slow to load, and few sheets have shapes
    from shapely.geometry import mapping, shape  # noqa: PLC0415 - same

    text = read_text(raw, longest=_LONGEST)
    try:
        drawn = shape(json.loads(text)) if text.startswith("{") else shapely.from_wkt(text)
        sound = drawn.is_valid and not drawn.is_empty and drawn.geom_type.removeprefix("Multi") in ("Polygon", "LineString")
    except (shapely.errors.ShapelyError, RecursionError, TypeError, ValueError, KeyError, AttributeError, IndexError):
        sound = False
    if not sound or shapely.get_num_coordinates(drawn) > MOST_POINTS:
        msg = "不是一个不自相交的面或线，应填 GeoJSON 或 WKT 文本，例如 POLYGON((116.48 39.78, …))"
        raise BadCell(msg)
    geometry: dict[str, Any] = json.loads(json.dumps(mapping(drawn)))  # tuples as lists, as the database keeps them
    return geometry


def moved(geometry: dict[str, Any], datum: Datum) -> dict[str, Any]:
    """The geometry in CGCS2000."""
    return geometry if datum is Datum.CGCS2000 else geometry | {"coordinates": _moved(geometry["coordinates"], datum)}


def point_on(geometry: dict[str, Any]) -> tuple[float, float]:
    """A point that lies on it."""
    from shapely.geometry import shape  # noqa: PLC0415 - see read_shape

    point = shape(geometry).representative_point()
    return round(point.x, _DIGITS), round(point.y, _DIGITS)


def _moved(coordinates: list[Any], datum: Datum) -> list[Any]:
    if isinstance(coordinates[0], (int, float)):
        lon, lat = to_cgcs2000(coordinates[0], coordinates[1], datum)
        return [round(lon, _DIGITS), round(lat, _DIGITS)]
    return [_moved(part, datum) for part in coordinates]
