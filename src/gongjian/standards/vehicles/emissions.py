"""Nitrogen oxides of trucks in a year: number × annual kilometres × grams a kilometre.

Factors and kilometres: 道路机动车大气污染物排放清单编制技术指南（试行）, announcement 92 of 2014 of the Ministry of Environmental
Protection. The factors are its base factors (综合基准排放系数): 15 °C, 50 % humidity, 30 km/h, half load, 350 ppm sulphur in diesel
and 50 in petrol; its corrections for weather, speed, load, sulphur and age are not made. 国零 to 国五 were read in a source that
quotes its tables (the tests of atmoschem/vein, ``ef_china``); petrol of light trucks stands there under the smallest class only. The
kilometres are from memory (m). Natural gas, hybrid and dual-fuel trucks have no factor.

The guide ends at 国五. 国六 is our own estimate and marked so: for diesel the factor of 国五 times 0.23, the ratio of the NOx limits of
GB 17691-2018 and of 国五 (0.46 and 2.0 g/kWh); for petrol that of 国五 itself, an upper bound.

An estimate for comparing fleets and years with one another, not an inventory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from gongjian.standards.vehicles.fuels import Fuel
from gongjian.standards.vehicles.masses import MassClass
from gongjian.standards.vehicles.stages import EmissionStage

GUIDE_YEAR = 2014
GRAMS_IN_A_TONNE = 1_000_000
ANNUAL_KM: Mapping[MassClass, int] = {MassClass.HEAVY: 75_000, MassClass.MEDIUM: 35_000, MassClass.LIGHT: 30_000, MassClass.MINI: 30_000}


class Fleet(NamedTuple):
    """Trucks that count alike."""

    fuel: Fuel
    mass: MassClass
    stage: EmissionStage


@dataclass(frozen=True, slots=True)
class NoxFactor:
    """Grams of NOx a kilometre; ``estimated`` where the guide has none and we estimate."""

    grams_per_km: float
    estimated: bool = False

    @property
    def source(self) -> str:
        """Where it comes from, in Chinese."""
        guide = f"《道路机动车大气污染物排放清单编制技术指南（试行）》（{GUIDE_YEAR}）"
        return f"按{guide}国五系数估算" if self.estimated else f"{guide}综合基准排放系数"


def nox_factor(fleet: Fleet) -> NoxFactor | None:
    """The factor of a fleet; nothing burnt is 0 whatever the stage; None where there is none to rest on."""
    return NoxFactor(0.0) if fleet.fuel.burns_nothing else _factors().get(fleet)


def annual_nox_tonnes(counts: Mapping[Fleet, int], annual_km: Mapping[MassClass, int] = ANNUAL_KM) -> float:
    """Tonnes of NOx in a year from so many trucks of each fleet.

    ValueError when a fleet has no factor, as a sum that left it out would look smaller than it is: take ``without_factor`` out
    first and say how many they are. ValueError for a negative count.
    """
    if missing := [*without_factor(counts), *(fleet for fleet, count in counts.items() if count < 0)]:
        msg = f"no factor or no count for {missing}"
        raise ValueError(msg)
    grams = (count * annual_km[fleet.mass] * found.grams_per_km for fleet, count in counts.items() if (found := nox_factor(fleet)))
    return sum(grams) / GRAMS_IN_A_TONNE


def without_factor(counts: Mapping[Fleet, int]) -> dict[Fleet, int]:
    """Of these trucks, those no tonnes can be given for."""
    return {fleet: count for fleet, count in counts.items() if nox_factor(fleet) is None}


@cache
def _factors() -> dict[Fleet, NoxFactor]:
    """From the table beside this module: fuel, mass class, stage, g/km, guide or estimate."""
    lines = files(__package__).joinpath(f"nox_factors_{GUIDE_YEAR}.tsv").read_text(encoding="utf-8").splitlines()
    return {
        Fleet(Fuel(fuel), MassClass(mass), EmissionStage(int(stage))): NoxFactor(float(grams), origin == "estimate")
        for fuel, mass, stage, grams, origin in (line.split("\t") for line in lines)
    }
