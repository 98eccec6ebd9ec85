"""Areas written as text: GeoJSON, WKT as GIS programs export it, or one corner after the other as people type them."""

from __future__ import annotations

import json
import re
from typing import Any

from gongjian.kernel.geometry import MOST_POINTS, BadShape, Polygon, polygon_from_geojson

_LONGEST = MOST_POINTS * 64  # characters; two degrees with fifteen digits each and what stands between them
_WKT = re.compile(r"(?:SRID=(?P<srid>\d+);)?\s*(?P<kind>MULTIPOLYGON|POLYGON)\s*(?:Z|M|ZM)?\s*(?P<rings>\([^A-Z]*\))", re.IGNORECASE)
_SAME_DATUM = frozenset({None, "4490", "4326"})  # EPSG: CGCS2000 and WGS-84, within centimetres of each other
_NUMBER = r"(?<!\d)[-+]?(?:\d{1,24}(?:\.\d{0,24})?|\.\d{1,24})(?:[eE][-+]?\d{1,4})?"  # bounded, so that no text takes long
_CORNER_OF_WKT = re.compile(rf"{_NUMBER}(?:\s+{_NUMBER})+")
_CORNER = re.compile(rf"({_NUMBER})\s*(?:[,，、]|\s)\s*({_NUMBER})")
_BETWEEN = re.compile(r"[;；\n\r]+")


def shape_from_text(text: str) -> Polygon:
    """The area a text describes; BadShape with a short Chinese reason, also for an area that cannot be one.

    Read are GeoJSON (a geometry, or a feature with one), WKT (``POLYGON`` and ``MULTIPOLYGON``, with or without ``SRID=``), and corners as
    "116.51, 39.79", one a line or parted by semicolons, longitude first; the last corner need not repeat the first.
    """
    text = text.strip().lstrip("\ufeff")
    if len(text) > _LONGEST:
        msg = f"文字太长，边界的点最多{MOST_POINTS}个，请先简化"
        raise BadShape(msg)
    if text.startswith(("{", "[")):
        return polygon_from_geojson(_geometry(_json(text)))
    if text[:4].upper() in ("POLY", "MULT", "SRID"):
        return polygon_from_geojson(_from_wkt(text))
    return polygon_from_geojson({"type": "Polygon", "coordinates": [_corners(text)]})


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = "不是完整的GeoJSON，请整段复制"
        raise BadShape(msg) from error


def _geometry(found: Any) -> Any:
    """The one geometry in what was pasted, which may be a whole file with one feature."""
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list) or len(features) != 1:
            msg = "GeoJSON里应当只有一个要素，请只粘贴这一处的范围"
            raise BadShape(msg)
        found = features[0]
    return found.get("geometry") if isinstance(found, dict) and found.get("type") == "Feature" else found


def _from_wkt(text: str) -> dict[str, Any]:
    found = _WKT.fullmatch(" ".join(text.rstrip(";").split()))
    if not found:
        msg = "WKT读不出来，应为POLYGON ((经度 纬度, 经度 纬度, …))"
        raise BadShape(msg)
    if found["srid"] not in _SAME_DATUM:
        msg = f"WKT的坐标系（EPSG:{found['srid']}）不是国家2000经纬度，请先转换"
        raise BadShape(msg)
    listed = _CORNER_OF_WKT.sub(lambda corner: str([float(number) for number in corner[0].split()]), found["rings"])
    try:
        coordinates = json.loads(listed.replace("(", "[").replace(")", "]"))
    except (ValueError, RecursionError) as error:
        msg = "WKT的括号或坐标不完整，请整段复制"
        raise BadShape(msg) from error
    kind = "Polygon" if found["kind"].upper() == "POLYGON" else "MultiPolygon"
    return {"type": kind, "coordinates": coordinates}


def _corners(text: str) -> list[list[float]]:
    lines = [" ".join(line.split()).strip(" ,，()（）") for line in _BETWEEN.split(text)]
    ring = [_corner(number, line) for number, line in enumerate(filter(None, lines), start=1)]
    return ring if not ring or ring[0] == ring[-1] else [*ring, ring[0]]


def _corner(number: int, line: str) -> list[float]:
    found = _CORNER.fullmatch(line)
    if not found:
        msg = f"第{number}个点“{line[:24]}”读不出来，应为“经度, 纬度”，每行一个"
        raise BadShape(msg)
    return [float(found[1]), float(found[2])]
