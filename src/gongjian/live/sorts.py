"""What a station is called on the live pages, by what it measures. Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from gongjian.telemetry.models import Kind


class Sort(StrEnum):
    """The kinds people look for."""

    GAS = "gas"
    WATER = "water"
    DUST = "dust"
    AIR = "air"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return {"gas": "废气", "water": "废水", "dust": "扬尘", "air": "空气", "other": "其他"}[self.value]

    @property
    def icon(self) -> str:
        """Its sign."""
        return {"gas": "building-factory-2", "water": "droplet", "dust": "backhoe", "air": "wind", "other": "antenna"}[self.value]


_PLAIN = {Kind.DUST: Sort.DUST, Kind.AIR: Sort.AIR}


def sort_of(kind: str, codes: Collection[str]) -> Sort:
    """A source of pollution is of waste water where it measures mostly what HJ 212 codes with ``w``, of waste gas otherwise."""
    if kind == Kind.EMISSION:
        return Sort.WATER if 2 * sum(code.startswith("w") for code in codes) > len(codes) else Sort.GAS
    return _PLAIN.get(Kind(kind), Sort.OTHER)
