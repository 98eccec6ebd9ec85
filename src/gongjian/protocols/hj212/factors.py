"""The factors the house knows by name: codes of HJ 212-2017 with those of 2005, and the standard's default unit.

The unit is NOT on the wire. What a device sends is in whatever unit it was set to, so the unit belongs to the pair (MN, factor);
``unit`` here is only what the standard assumes: it gives ng/m³ for particles, and most devices send µg/m³.
Codes and their pairs from the two editions; names and units of the standard's tables, from memory where not in the shared facts.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Factor(NamedTuple):
    """A factor: its 2017 code, its Chinese name, the default unit ("" without one), its 2005 code if there was one.

    ``listed`` is False for what real devices send though the table of 2017 lacks it.
    """

    code: str
    name: str
    unit: str
    old: str | None = None
    listed: bool = True


FACTORS: Final = (
    Factor("w00000", "污水流量", "L/s", "B01"),
    Factor("w01001", "pH 值", "", "001"),
    Factor("w01003", "浑浊度", "NTU"),
    Factor("w01009", "溶解氧", "mg/L"),
    Factor("w01010", "水温", "℃"),
    Factor("w01014", "电导率", "µS/cm"),
    Factor("w01018", "化学需氧量", "mg/L", "011"),
    Factor("w01019", "高锰酸盐指数", "mg/L"),
    Factor("w21001", "总氮", "mg/L", "065"),
    Factor("w21003", "氨氮", "mg/L", "060"),
    Factor("w21011", "总磷", "mg/L", "101"),
    Factor("a00000", "废气流量", "m³/s"),
    Factor("a01001", "温度", "℃"),
    Factor("a01002", "湿度", "%"),
    Factor("a01006", "气压", "kPa"),
    Factor("a01007", "风速", "m/s"),
    Factor("a01008", "风向", "°"),
    Factor("a01011", "烟气流速", "m/s"),
    Factor("a01012", "烟气温度", "℃"),
    Factor("a01013", "烟气压力", "kPa"),
    Factor("a01014", "烟气湿度", "%"),
    Factor("a05024", "臭氧", "", None, listed=False),
    Factor("a19001", "氧气含量", "%", "S01"),
    Factor("a21002", "氮氧化物", "mg/m³", "03"),
    Factor("a21004", "二氧化氮", "mg/m³"),
    Factor("a21005", "一氧化碳", "mg/m³", "04"),
    Factor("a21026", "二氧化硫", "mg/m³", "02"),
    Factor("a24088", "非甲烷总烃", "mg/m³"),
    Factor("a34001", "总悬浮颗粒物", "ng/m³"),
    Factor("a34002", "可吸入颗粒物", "ng/m³"),
    Factor("a34004", "细颗粒物", "ng/m³"),
    Factor("a34013", "烟尘", "mg/m³", "01"),
    Factor("LA", "A 声级", "dB"),
)
_BY_CODE: Final = {factor.code: factor for factor in FACTORS} | {factor.old: factor for factor in FACTORS if factor.old}


def factor_of(code: str) -> Factor | None:
    """The factor by its code of either edition; None where the house has no name for it."""
    return _BY_CODE.get(code)
