"""The outline of the district: what the map is drawn on when there is no network, and what "inside the district" means.

A GeoJSON FeatureCollection in CGCS2000 (as good as WGS-84: they differ by centimetres), with one member more, ``note``: a sentence the
map shows beside its scale. The one that is built in was drawn by hand from general knowledge and says so; an administrator names a
better one by ``GONGJIAN_OUTLINE``. A feature's ``role`` says how it is drawn: ``district`` (areas), ``water``, ``ring``, ``highway``,
``road`` (lines),
``label`` (a point with a name). Files from a GIS know no roles: an area is the district, a line a road, a point a label.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from gongjian.kernel.refusal import Refusal

BUILT_IN = Path(__file__).parent / "static" / "ui" / "map" / "outline.json"
ROLES = {  # how each kind of geometry may be drawn; the first where a feature does not say
    "Polygon": ("district",),
    "MultiPolygon": ("district",),
    "LineString": ("road", "water", "ring", "highway"),
    "MultiLineString": ("road", "water", "ring", "highway"),
    "Point": ("label",),
}
DEPTHS = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}  # lists around a position
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0  # degrees; China with its seas: what lies outside is another projection or a swapped pair


def outline() -> dict[str, Any]:
    """The outline in force, checked and with every ``role`` written out; do not change it. Refuses a file that cannot be drawn."""
    return _kept(Path(settings.GONGJIAN_OUTLINE or BUILT_IN))


@cache
def _kept(path: Path) -> dict[str, Any]:
    return read(path)


def read(path: Path) -> dict[str, Any]:
    """An outline from a file; raises ``Refusal`` with what is wrong and where."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _refusal(path, "读不出来，须是 UTF-8 的 GeoJSON 文件") from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not isinstance(found.get("features"), list):
        raise _refusal(path, "不是 GeoJSON 的 FeatureCollection")
    features = [_feature(path, number, feature) for number, feature in enumerate(found["features"], start=1)]
    if not any(feature["properties"]["role"] == "district" for feature in features):
        raise _refusal(path, "里没有区界，至少要有一个面（Polygon 或 MultiPolygon）")
    return {"type": "FeatureCollection", "note": str(found.get("note") or ""), "features": features}


def _feature(path: Path, number: int, feature: Any) -> dict[str, Any]:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ROLES:
        raise _refusal(path, f"第{number}个要素的几何类型不能画，须是面、线或点")
    if not _is_drawable(geometry.get("coordinates"), DEPTHS[kind], rings="Polygon" in kind):
        raise _refusal(path, f"第{number}个要素的坐标不对，须是经度在前的国家2000或 WGS-84 经纬度，面的每一圈要闭合")
    given = feature.get("properties") or {}
    role = given.get("role") if given.get("role") in ROLES[kind] else ROLES[kind][0]
    return {"type": "Feature", "properties": {"role": role, "name": str(given.get("name") or "")}, "geometry": geometry}


def _is_drawable(coordinates: Any, depth: int, *, rings: bool) -> bool:
    """Whether positions stand as deep as they should, each within China; the lists of an area are closed."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if depth == 0:
        return _is_position(coordinates)
    if not all(_is_drawable(part, depth - 1, rings=rings) for part in coordinates):
        return False
    return depth > 1 or (len(coordinates) >= 4 and coordinates[0] == coordinates[-1] if rings else len(coordinates) >= 2)  # noqa: PLR2004 - a triangle and its return; two ends


def _is_position(pair: list[Any]) -> bool:
    if len(pair) < 2 or not all(isinstance(part, int | float) for part in pair[:2]):  # noqa: PLR2004 - longitude, latitude
        return False
    lon, lat = float(pair[0]), float(pair[1])
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _refusal(path: Path, why: str) -> Refusal:
    return Refusal(f"区界文件“{path.name}”{why}；请改正后重启，或去掉设置 GONGJIAN_OUTLINE 用内置的示意图。")
