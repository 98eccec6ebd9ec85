"""What drives a vehicle or machine."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from gongjian.standards.vehicles.stages import BadVehicleWord


class Fuel(StrEnum):
    """A fuel kind (燃料种类); ``NATURAL_GAS`` is for registers that do not say whether it is compressed or liquid."""

    DIESEL = "diesel"
    PETROL = "petrol"
    NATURAL_GAS = "natural-gas"
    CNG = "cng"
    LNG = "lng"
    DUAL = "dual"
    ELECTRIC = "electric"
    HYBRID = "hybrid"
    HYDROGEN = "hydrogen"

    @property
    def word(self) -> str:
        """What it is called."""
        return _ALIASES[self][0]

    @property
    def burns_nothing(self) -> bool:
        """Whether nothing comes out of an exhaust: no NOx, no smoke test."""
        return self in (Fuel.ELECTRIC, Fuel.HYDROGEN)


_ALIASES: dict[Fuel, tuple[str, ...]] = {
    Fuel.DIESEL: ("柴油", "柴油车"),
    Fuel.PETROL: ("汽油", "汽油车"),
    Fuel.NATURAL_GAS: ("天然气", "NG", "燃气"),
    Fuel.CNG: ("压缩天然气", "CNG"),
    Fuel.LNG: ("液化天然气", "LNG"),
    Fuel.DUAL: ("双燃料", "两用燃料", "汽油/天然气", "柴油/天然气", "汽油/CNG", "柴油/LNG"),
    Fuel.ELECTRIC: ("纯电动", "电", "电动", "电力", "BEV"),
    Fuel.HYBRID: ("混合动力", "混动", "油电混合", "插电式混合动力", "插电混动", "增程式", "HEV", "PHEV"),
    Fuel.HYDROGEN: ("氢燃料电池", "氢", "氢能", "氢燃料", "燃料电池", "FCEV"),
}
_BY_ALIAS = {alias: fuel for fuel, aliases in _ALIASES.items() for alias in (fuel.value.upper(), *aliases)}


def parse_fuel(text: str) -> Fuel:
    """The fuel a register names, by word, alias or our own value; BadVehicleWord for anything else."""
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if (fuel := _BY_ALIAS.get(written)) is None:
        msg = f"燃料种类“{text.strip()}”认不出，应为{'、'.join(one.word for one in Fuel)}之一"
        raise BadVehicleWord(msg)
    return fuel
