"""Areas as text in a cell, brought to our coordinates."""

from __future__ import annotations

from typing import Any

from gongjian.documents.cells import BadCell, Raw, read_text
from gongjian.kernel.geometry import BadShape, to_geojson
from gongjian.kernel.shape_text import shape_from_text
from gongjian.standards.coordinates import Datum, to_cgcs2000

DRAWN = "已绘制范围"  # what an export says instead of an area
_LONGEST = 32_767  # characters of a cell
_DIGITS = 7


def read_shape(raw: Raw) -> dict[str, Any]:
    """The area as GeoJSON, of GeoJSON, WKT or corners; BadCell where it is none."""
    text = raw if isinstance(raw, str) and len(raw) <= _LONGEST else read_text(raw, longest=_LONGEST)  # a line break parts corners
    try:
        return to_geojson(shape_from_text(text))
    except BadShape as error:
        raise BadCell(str(error)) from None


def moved(area: dict[str, Any], datum: Datum) -> dict[str, Any]:
    """The area in CGCS2000."""
    return area if datum is Datum.CGCS2000 else area | {"coordinates": _moved(area["coordinates"], datum)}


def _moved(coordinates: list[Any], datum: Datum) -> list[Any]:
    if isinstance(coordinates[0], (int, float)):
        lon, lat = to_cgcs2000(coordinates[0], coordinates[1], datum)
        return [round(lon, _DIGITS), round(lat, _DIGITS)]
    return [_moved(part, datum) for part in coordinates]
