"""The district's outline: what is inside. A stand-in until the drawn outline is there."""

from __future__ import annotations

WEST, SOUTH, EAST, NORTH = 116.30, 39.60, 116.75, 39.95


def in_district(lon: float, lat: float) -> bool:
    """Whether a point (CGCS2000 degrees) lies within the district or right beside it."""
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH
