"""Areas of known size about a point of Beijing, made on the ellipsoid without the plane they are measured on."""

from math import cos, pi, radians, sin, sqrt

from gongjian.kernel.geometry import Point, Polygon, polygon_from_geojson

CENTRE = Point(116.5, 39.8)
_AXIS, _E2 = 6378.137, 0.00669438002290
_CURVE = 1 - _E2 * sin(radians(CENTRE.lat)) ** 2
_KM_EAST = radians(1) * _AXIS / sqrt(_CURVE) * cos(radians(CENTRE.lat))  # of a degree
_KM_NORTH = radians(1) * _AXIS * (1 - _E2) / _CURVE**1.5


def off(east, north):
    """The point so many kilometres east and north of the centre, true to about a thousandth within 10 km."""
    return Point(CENTRE.lon + east / _KM_EAST, CENTRE.lat + north / _KM_NORTH)


def ring(corners):
    """A closed GeoJSON ring through corners in kilometres."""
    return [list(off(*corner)) for corner in (*corners, corners[0])]


def area(*rings):
    """A polygon of rings in kilometres."""
    return polygon_from_geojson({"type": "Polygon", "coordinates": [ring(corners) for corners in rings]})


def disc(radius, corners=720) -> Polygon:
    """A disc about the centre."""
    angles = [2 * pi * number / corners for number in range(corners)]
    return area([(radius * cos(angle), radius * sin(angle)) for angle in angles])


def box(west, south, east, north):
    """The corners of a box in kilometres."""
    return [(west, south), (east, south), (east, north), (west, north)]
