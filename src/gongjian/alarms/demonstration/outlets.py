"""Five made-up outlets with their limits. Nothing here is of a real enterprise; every name says so.

Limits as of DB11/139-2015 (boilers), DB11/307-2013 (waste water to the sewer) and GB 16297-1996 (dust at the fence), from memory (m).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FACTORS = (
    ("a21002", "氮氧化物", "mg/m³"),
    ("a21026", "二氧化硫", "mg/m³"),
    ("w01018", "化学需氧量", "mg/L"),
    ("w21003", "氨氮", "mg/L"),
    ("w01001", "pH", "无量纲"),
    ("a34001", "总悬浮颗粒物", "µg/m³"),
)
SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class MadeFactor:
    """One factor of an outlet: around which value it moves, how much, to how many digits, and its limits."""

    code: str
    middle: float
    scatter: float
    digits: int
    upper: float
    source: str
    lower: float | None = None


@dataclass(frozen=True, slots=True)
class MadeOutlet:
    """One outlet. ``department`` is a name of the directory."""

    code: str
    name: str
    kind: str
    holder: str
    department: str
    street: str
    address: str
    lon: float
    lat: float
    factors: tuple[MadeFactor, ...]


BOILER = "DB11/139-2015（演示）"
SEWER = "DB11/307-2013（演示）"
FENCE = "GB 16297-1996（演示）"
OUTLETS = (
    MadeOutlet(
        "DEMO-DA001",
        "热力中心1号锅炉排口",
        "emission",
        "示例热力中心（模拟）",
        "城市运行局",
        "荣华街道",
        "示例路 1 号",
        116.512,
        39.792,
        (MadeFactor("a21002", 20.0, 2.0, 1, 30.0, BOILER), MadeFactor("a21026", 9.72, 0.09, 2, 10.0, BOILER)),
    ),
    MadeOutlet(
        "DEMO-DA002",
        "热力中心2号锅炉排口",
        "emission",
        "示例热力中心（模拟）",
        "城市运行局",
        "荣华街道",
        "示例路 1 号",
        116.513,
        39.792,
        (MadeFactor("a21002", 22.0, 2.0, 1, 30.0, BOILER), MadeFactor("a21026", 4.0, 0.8, 2, 10.0, BOILER)),
    ),
    MadeOutlet(
        "DEMO-DW001",
        "电子厂废水总排口",
        "emission",
        "示例电子厂（模拟）",
        "开发建设局",
        "博兴街道",
        "示例街 20 号",
        116.497,
        39.762,
        (
            MadeFactor("w01018", 180.0, 20.0, 1, 500.0, SEWER),
            MadeFactor("w21003", 12.0, 2.0, 2, 45.0, SEWER),
            MadeFactor("w01001", 7.4, 0.15, 2, 9.0, SEWER, 6.5),
        ),
    ),
    MadeOutlet(
        "DEMO-YC001",
        "工地甲东门扬尘点",
        "dust",
        "示例工地甲（模拟）",
        "综合执法局",
        "荣华街道",
        "示例北街东门",
        116.53,
        39.8,
        (MadeFactor("a34001", 220.0, 40.0, 0, 1000.0, FENCE),),
    ),
    MadeOutlet(
        "DEMO-YC002",
        "工地乙西门扬尘点",
        "dust",
        "示例工地乙（模拟）",
        "综合执法局",
        "博兴街道",
        "示例南街西门",
        116.49,
        39.77,
        (MadeFactor("a34001", 180.0, 35.0, 0, 1000.0, FENCE),),
    ),
)
