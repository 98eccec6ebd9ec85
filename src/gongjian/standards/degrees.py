"""Longitudes and latitudes as people write them, to decimal degrees, and whether they can be where we are."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from gongjian.kernel.entry import BadEntry

# China with its seas, rounded outwards.
_LONGITUDES, _LATITUDES = (73.0, 136.0), (3.0, 54.0)
_SIXTY = 60

_SIGNS = str.maketrans({"°": "d", "º": "d", "˚": "d", "度": "d", "′": "m", "'": "m", "’": "m", "‘": "m", "分": "m", "`": "m"})
_SECONDS = re.compile(r"″|\"|”|“|秒|''|′′|’’")
_SIDES = (("东经", "E"), ("西经", "W"), ("北纬", "N"), ("南纬", "S"))
_DEGREES = re.compile(r"([+-])?(\d+(?:\.\d+)?)d?")
_SEXAGESIMAL = re.compile(r"([+-])?(\d+)(?:d\s*|\s+)(\d+(?:\.\d+)?)(?:(?:m\s*|\s+)(?:(\d+(?:\.\d+)?)s?)?)?")


class BadCoordinate(BadEntry):
    """A written longitude or latitude that cannot be read or cannot be meant; ``str()`` is a Chinese reason without a full stop."""


class Axis(StrEnum):
    """Which of the two a number is."""

    LON = "经度"
    LAT = "纬度"


_LETTERS = {Axis.LON: "EW", Axis.LAT: "NS"}
_LIMITS = {Axis.LON: 180, Axis.LAT: 90}


def parse_degrees(text: str, axis: Axis) -> float:
    """Decimal degrees, north and east positive: 116°30′15″, E116.5, 东经116度30分15秒, 116 30 15, 39.8N.

    BadCoordinate when it cannot be read, names the other axis (北纬 where a longitude is asked), has 60 minutes or more, or lies
    beyond 180 or 90 degrees.
    """
    body, side = _split_side(text, axis)
    value = _value(text, body, axis)
    if side and side in "WS":
        value = -value
    if abs(value) > _LIMITS[axis]:
        msg = f"{axis}“{text.strip()}”超出{_LIMITS[axis]}度"
        raise BadCoordinate(msg)
    return value


def check_position(lon: float, lat: float) -> tuple[float, float]:
    """The same two numbers when they lie in China (73–136° E, 3–54° N); BadCoordinate otherwise, telling swapped ones apart."""
    if _within(lon, _LONGITUDES) and _within(lat, _LATITUDES):
        return lon, lat
    if _within(lat, _LONGITUDES) and _within(lon, _LATITUDES):
        msg = "经度和纬度写反了"
    elif (lon, lat) == (0, 0):
        msg = "经度和纬度都是0，没有定到位置"
    else:
        msg = f"经度{lon:g}、纬度{lat:g}不在中国境内"
    raise BadCoordinate(msg)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _split_side(text: str, axis: Axis) -> tuple[str, str]:
    """The number without its E, W, N or S, and that letter, "" where none is written."""
    body = _SECONDS.sub("s", text.strip()).translate(_SIGNS)
    body = unicodedata.normalize("NFKC", body).strip()
    for word, letter in _SIDES:
        body = body.replace(word, letter)
    edges = (body[:1].upper(), body[-1:].replace("s", "").upper())  # a small s at the end is seconds, not south
    side = next((edge for edge in edges if edge in {"E", "W", "N", "S"}), "")
    if side and side not in _LETTERS[axis]:
        other = Axis.LAT if axis is Axis.LON else Axis.LON
        msg = f"“{text.strip()}”是{other}，这里应填{axis}"
        raise BadCoordinate(msg)
    return (body[1:] if edges[0] == side != "" else body).rstrip("EWNSewn").strip(" :,"), side


def _value(text: str, body: str, axis: Axis) -> float:
    if found := _DEGREES.fullmatch(body):
        return float(f"{found[1] or ''}{found[2]}")
    if not (found := _SEXAGESIMAL.fullmatch(body)):
        msg = f"{axis}“{text.strip()}”认不出，请写成116.5或116°30′0″的样子"
        raise BadCoordinate(msg)
    minutes, seconds = float(found[3]), float(found[4] or 0)
    if minutes >= _SIXTY or seconds >= _SIXTY:
        msg = f"{axis}“{text.strip()}”的分和秒应小于60"
        raise BadCoordinate(msg)
    return (-1 if found[1] == "-" else 1) * (int(found[2]) + minutes / 60 + seconds / 3600)
