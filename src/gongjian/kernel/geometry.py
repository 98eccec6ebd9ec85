"""Points and polygons in CGCS2000 longitude and latitude, as GeoJSON (RFC 7946) has them, and what is measured on them.

Numpy and shapely take a quarter of a second to import and most processes never measure anything: they are imported where used.
Nothing here crosses the 180th meridian.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from gongjian.kernel.entry import BadEntry

if TYPE_CHECKING:
    import shapely

MOST_POINTS = 20_000
_EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
_SHORTEST_RING = 4  # a triangle that returns to its start


class BadShape(BadEntry):
    """A point or polygon that cannot be one; ``str()`` is a Chinese reason without a full stop."""


class Point(NamedTuple):
    """A position in decimal degrees."""

    lon: float
    lat: float


class Box(NamedTuple):
    """The smallest box along meridians and parallels that holds a shape, in decimal degrees."""

    west: float
    south: float
    east: float
    north: float


Ring = tuple[Point, ...]  # closed: the first point is the last again


@dataclass(frozen=True, slots=True)
class Polygon:
    """One or more parts; each part is an outer ring and any holes in it. Made by ``polygon_from_geojson``, which checks it."""

    parts: tuple[tuple[Ring, ...], ...]

    @property
    def points(self) -> Iterator[Point]:
        """Every corner of every ring."""
        return (point for part in self.parts for ring in part for point in ring)


def point_from_geojson(shape: object) -> Point:
    """The point of a GeoJSON ``Point``; BadShape for anything else."""
    if _kind(shape) != "Point":
        msg = "不是一个点（GeoJSON Point）"
        raise BadShape(msg)
    return _point(_coordinates(shape))


def polygon_from_geojson(shape: object) -> Polygon:
    """The polygon of a GeoJSON ``Polygon`` or ``MultiPolygon``.

    BadShape when it is neither, a ring is not closed, has fewer than four points or crosses itself, a hole lies outside, parts
    overlap, a number is no longitude or latitude, or there are more than ``MOST_POINTS`` points.
    """
    kind = _kind(shape)
    if kind not in ("Polygon", "MultiPolygon"):
        msg = "不是面（GeoJSON Polygon或MultiPolygon）"
        raise BadShape(msg)
    listed = _items(_coordinates(shape))
    parts = [listed] if kind == "Polygon" else [_items(part) for part in listed]
    if sum(len(_items(ring)) for part in parts for ring in part) > MOST_POINTS:
        msg = f"边界的点超过{MOST_POINTS}个，请先简化"
        raise BadShape(msg)
    polygon = Polygon(tuple(tuple(_ring(ring) for ring in part) for part in parts))
    if not polygon.parts or not all(polygon.parts):
        msg = "面里没有边界"
        raise BadShape(msg)
    _check_simple(polygon)
    return polygon


def to_geojson(shape: Point | Polygon) -> dict[str, object]:
    """The GeoJSON geometry: ``Point``, ``Polygon``, or ``MultiPolygon`` for more parts than one."""
    if isinstance(shape, Point):
        return {"type": "Point", "coordinates": list(shape)}
    parts = [[[list(point) for point in ring] for ring in part] for part in shape.parts]
    return {"type": "Polygon", "coordinates": parts[0]} if len(parts) == 1 else {"type": "MultiPolygon", "coordinates": parts}


def bounding_box(shape: Point | Polygon) -> Box:
    """The box around the shape."""
    points = [shape] if isinstance(shape, Point) else list(shape.points)
    lons, lats = [point.lon for point in points], [point.lat for point in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


def contains(polygon: Polygon, point: Point) -> bool:
    """Whether the point lies in the polygon; its border counts as in, a hole as out."""
    import shapely  # noqa: PLC0415

    return bool(shapely.intersects_xy(to_shapely(polygon), point.lon, point.lat))


def centroid(polygon: Polygon) -> Point:
    """The centre of gravity, reckoned in degrees: for a district some metres off; may lie outside a bent shape."""
    centre = to_shapely(polygon).centroid
    return Point(centre.x, centre.y)


def point_within(polygon: Polygon) -> Point:
    """A point that lies in the polygon however bent it is: where a mark for the whole can stand."""
    inside = to_shapely(polygon).representative_point()
    return Point(inside.x, inside.y)


def area_km2(polygon: Polygon) -> float:
    """Square kilometres, on the equal-area plane about the centroid; right to a millionth for a district (see ``planes``)."""
    import shapely  # noqa: PLC0415

    return float(shapely.area(on_plane(polygon)))


def distance_km(a: Point, b: Point) -> float:
    """Kilometres along the great circle (haversine) of a sphere of mean radius; off the ellipsoid's by up to 0.5 %, half that here."""
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def on_plane(polygon: Polygon) -> shapely.MultiPolygon:
    """The polygon in kilometres on the plane about its centroid."""
    import shapely  # noqa: PLC0415

    from gongjian.kernel.planes import Plane  # noqa: PLC0415

    plane = Plane(*centroid(polygon))
    return shapely.transform(to_shapely(polygon), plane.place, interleaved=False)


def to_shapely(polygon: Polygon) -> shapely.MultiPolygon:
    """The polygon as shapely has it, in degrees."""
    import shapely  # noqa: PLC0415

    return shapely.MultiPolygon([(part[0], part[1:]) for part in polygon.parts])


def _kind(shape: object) -> object:
    return shape.get("type") if isinstance(shape, Mapping) else None


def _coordinates(shape: object) -> object:
    return shape.get("coordinates") if isinstance(shape, Mapping) else None


def _items(found: object) -> Sequence[object]:
    if isinstance(found, Sequence) and not isinstance(found, str):
        return found
    msg = "坐标的层次不对"
    raise BadShape(msg)


def _point(found: object) -> Point:
    numbers = _items(found)
    if len(numbers) < 2 or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in numbers):  # noqa: PLR2004 - lon, lat
        msg = "坐标应为经度和纬度两个数"
        raise BadShape(msg)
    lon, lat = (float(str(one)) for one in numbers[:2])
    if not (isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - the globe
        msg = f"坐标（{lon:g}，{lat:g}）不是经度和纬度"
        raise BadShape(msg)
    return Point(lon, lat)


def _ring(found: object) -> Ring:
    ring = tuple(_point(one) for one in _items(found))
    if len(ring) < _SHORTEST_RING:
        msg = "边界至少要有三个不同的点，并回到起点"
        raise BadShape(msg)
    if ring[0] != ring[-1]:
        msg = "边界没有闭合，末点应与起点相同"
        raise BadShape(msg)
    return ring


def _check_simple(polygon: Polygon) -> None:
    import shapely  # noqa: PLC0415

    doubt = str(shapely.is_valid_reason(to_shapely(polygon)))
    if doubt == "Valid Geometry":
        return
    kind, _, where = doubt.partition("[")
    at = f"（{where.rstrip(']').replace(' ', '，')}附近）" if where else ""
    sentence = next((words for start, words in _DOUBTS.items() if kind.startswith(start)), "边界不成一个面")
    msg = f"{sentence}{at}"
    raise BadShape(msg)


_DOUBTS = {  # what the geometry engine says, by its first words
    "Self-intersection": "边界自相交",
    "Ring Self-intersection": "边界自相交",
    "Nested shells": "一个面套在另一个面里",
    "Hole": "洞不在面的里面",
    "Nested holes": "洞套着洞",
    "Interior is disconnected": "洞把面切断了",
    "Too few points": "边界缩成了一条线",
}
