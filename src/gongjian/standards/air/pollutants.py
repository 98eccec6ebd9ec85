"""The six pollutants of ambient air (GB 3095 table 1), their units and how their figures are written."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from gongjian.standards.rounding import Number, round_half_even

MICROGRAMS = "µg/m³"
MILLIGRAMS = "mg/m³"


class Pollutant(StrEnum):
    """A pollutant; the value is how feeds and files name it."""

    PM25 = "PM2.5"
    PM10 = "PM10"
    SO2 = "SO2"
    NO2 = "NO2"
    O3 = "O3"
    CO = "CO"

    @property
    def unit(self) -> str:
        """Unit of its concentrations: mg/m³ for CO, µg/m³ for all others (GB 3095-2012 table 1)."""
        return MILLIGRAMS if self is Pollutant.CO else MICROGRAMS

    @property
    def label(self) -> str:
        """Its Chinese name."""
        return _TITLES[self]

    def reported(self, concentration: Number) -> Decimal:
        """The concentration as it is published and compared with limits: whole µg/m³, CO to 0.1 mg/m³.

        HJ 663-2013 clause 6, rounded by GB/T 8170 (decimals from memory; the 2026 edition says more about rounding, not at hand).
        """
        return round_half_even(concentration, 1 if self is Pollutant.CO else 0)


_TITLES = {
    Pollutant.PM25: "细颗粒物",
    Pollutant.PM10: "可吸入颗粒物",
    Pollutant.SO2: "二氧化硫",
    Pollutant.NO2: "二氧化氮",
    Pollutant.O3: "臭氧",
    Pollutant.CO: "一氧化碳",
}


class Period(StrEnum):
    """What a concentration is a mean over (平均时间)."""

    HOUR = "1h"
    MAX_8H = "8h"  # 日最大8小时平均
    DAY = "24h"
    YEAR = "year"
