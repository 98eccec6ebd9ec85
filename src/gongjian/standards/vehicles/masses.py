"""Classes of goods vehicles (载货汽车) by total mass and length, GA 802-2019 (m): what a driving licence and a traffic ban mean by 重型."""

from __future__ import annotations

from enum import StrEnum

from gongjian.standards.vehicles.stages import BadVehicleWord

# Total mass (总质量) in kilograms from which a truck is heavy or medium; a truck of exactly 12 t is heavy.
HEAVY_FROM_KG, MEDIUM_FROM_KG = 12_000, 4_500
_MEDIUM_FROM_MM = 6_000
_MINI_UP_TO_KG, _MINI_UP_TO_MM = 1_800, 3_500


class MassClass(StrEnum):
    """A class of goods vehicles. Low-speed goods vehicles (低速货车) are none of these."""

    HEAVY = "heavy"
    MEDIUM = "medium"
    LIGHT = "light"
    MINI = "mini"

    @property
    def word(self) -> str:
        """What it is called."""
        return _WORDS[self]


_WORDS = {MassClass.HEAVY: "重型", MassClass.MEDIUM: "中型", MassClass.LIGHT: "轻型", MassClass.MINI: "微型"}


def mass_class(total_kg: float, length_mm: float | None = None) -> MassClass:
    """The class of a truck of this total mass (vehicle with its permitted load).

    Without a length only the mass speaks, so that none is 微型 and a light one of 6 m or more, which is 中型, is taken for 轻型.
    ValueError for a mass that is not positive.
    """
    if not total_kg > 0:
        msg = f"a truck of {total_kg} kg"
        raise ValueError(msg)
    if total_kg >= HEAVY_FROM_KG:
        return MassClass.HEAVY
    if total_kg >= MEDIUM_FROM_KG or (length_mm or 0) >= _MEDIUM_FROM_MM:
        return MassClass.MEDIUM
    if length_mm is not None and length_mm <= _MINI_UP_TO_MM and total_kg <= _MINI_UP_TO_KG:
        return MassClass.MINI
    return MassClass.LIGHT


def parse_mass_class(text: str) -> MassClass:
    """The class named by the beginning of a vehicle type in a register: 重型, 重型半挂牵引车, 轻型厢式货车; BadVehicleWord otherwise."""
    written = "".join(text.split())
    for one in MassClass:
        if written.startswith(one.word):
            return one
    msg = f"货车类型“{text.strip()}”认不出，应以重型、中型、轻型或微型开头"
    raise BadVehicleWord(msg)
