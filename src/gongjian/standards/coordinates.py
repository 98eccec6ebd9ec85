"""Coordinates under the datums in use in China, and their way to CGCS2000 (国家大地坐标系, EPSG:4490).

WGS-84 (what satellite receivers give) differs from CGCS2000 by centimetres, less than any position here is known to, and is taken
as the same. GCJ-02 (高德, 腾讯) is CGCS2000 moved by some 300 to 600 m, BD-09 (百度) is GCJ-02 moved once more; neither is published as
a standard, both formulas are public knowledge. The moves have no inverse in closed form: they are undone by iteration, to well
under a centimetre. Longitudes and latitudes are decimal degrees, east and north positive, longitude first.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, fabs, hypot, pi, radians, sin, sqrt

Lonlat = tuple[float, float]

# The ellipsoid (Krasovsky 1940) and the rough box of China that the formula of GCJ-02 is built on.
_AXIS, _ECCENTRICITY_SQUARED = 6378245.0, 0.00669342162296594323
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
_BD_LON, _BD_LAT, _BD_TURN = 0.0065, 0.006, pi * 3000 / 180
_CLOSE_ENOUGH = 1e-10  # degrees: 0.01 mm
_ROUNDS = 30  # each one shrinks the rest about a hundredfold; five do


class Datum(StrEnum):
    """The system a longitude and latitude were measured or picked in."""

    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def word(self) -> str:
        """What it is called, with where such coordinates come from."""
        return _WORDS[self]


_WORDS = {
    Datum.CGCS2000: "CGCS2000（卫星定位、天地图，与WGS-84通用）",
    Datum.GCJ02: "GCJ-02（高德、腾讯地图）",
    Datum.BD09: "BD-09（百度地图）",
}


def to_cgcs2000(lon: float, lat: float, datum: Datum) -> Lonlat:
    """The position in CGCS2000, to under a centimetre of what the datum's own formula was given."""
    match datum:
        case Datum.CGCS2000:
            return lon, lat
        case Datum.GCJ02:
            return gcj02_to_cgcs2000(lon, lat)
        case Datum.BD09:
            return gcj02_to_cgcs2000(*bd09_to_gcj02(lon, lat))


def from_cgcs2000(lon: float, lat: float, datum: Datum) -> Lonlat:
    """The position as the datum would show it: for links into other maps."""
    match datum:
        case Datum.CGCS2000:
            return lon, lat
        case Datum.GCJ02:
            return cgcs2000_to_gcj02(lon, lat)
        case Datum.BD09:
            return gcj02_to_bd09(*cgcs2000_to_gcj02(lon, lat))


def cgcs2000_to_gcj02(lon: float, lat: float) -> Lonlat:
    """GCJ-02 of a position; unmoved outside the rough box of China (72.004–137.8347° E, 0.8293–55.8271° N)."""
    if not (_WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        return lon, lat
    east, north = _shift(lon - 105, lat - 35)
    curvature = 1 - _ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY_SQUARED) / (curvature * sqrt(curvature))
    parallel = _AXIS / sqrt(curvature) * cos(radians(lat))
    return lon + east / radians(parallel), lat + north / radians(meridian)


def gcj02_to_cgcs2000(lon: float, lat: float) -> Lonlat:
    """The position whose GCJ-02 this is."""
    return _undo(cgcs2000_to_gcj02, lon, lat)


def gcj02_to_bd09(lon: float, lat: float) -> Lonlat:
    """BD-09 of a GCJ-02 position."""
    reach = hypot(lon, lat) + 0.00002 * sin(lat * _BD_TURN)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BD_TURN)
    return reach * cos(angle) + _BD_LON, reach * sin(angle) + _BD_LAT


def bd09_to_gcj02(lon: float, lat: float) -> Lonlat:
    """The GCJ-02 position whose BD-09 this is; the widely copied closed form is up to a metre off, this is not."""
    return _undo(gcj02_to_bd09, lon, lat)


def _undo(move: Callable[[float, float], Lonlat], lon: float, lat: float) -> Lonlat:
    """What ``move`` would bring to ``lon`` and ``lat``: start there and take off what is too much, until nothing is."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_ROUNDS):
        moved_lon, moved_lat = move(guess_lon, guess_lat)
        guess_lon, guess_lat = guess_lon + lon - moved_lon, guess_lat + lat - moved_lat
        if max(fabs(lon - moved_lon), fabs(lat - moved_lat)) < _CLOSE_ENOUGH:
            break
    return guess_lon, guess_lat


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres to the east and north by which GCJ-02 moves a point ``x`` and ``y`` degrees from 105° E 35° N."""
    both = (20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(fabs(x)) + both
    east += (20 * sin(pi * x) + 40 * sin(pi * x / 3) + 150 * sin(pi * x / 12) + 300 * sin(pi * x / 30)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(fabs(x)) + both
    north += (20 * sin(pi * y) + 40 * sin(pi * y / 3) + 160 * sin(pi * y / 12) + 320 * sin(pi * y / 30)) * 2 / 3
    return east, north
