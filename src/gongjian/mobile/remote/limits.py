"""The dated numbers by which remote data are looked at: assumptions an office may replace. Pure but for the file it is handed."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gongjian.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds from ``since`` on; what each number means stands in ``data/remote.toml``."""

    since: date
    source: str
    tank_litres: float
    fuel_kg_per_litre: float
    fuel_kg_per_kwh: float
    urea_low_percent: float
    urea_high_percent: float
    urea_little: float
    nox_ppm: float
    silent_days: int


def read_limits(text: str) -> list[Limits]:
    """The blocks of a file, in order of day; Refusal where it cannot be read, a number is missing or not above zero."""
    try:
        blocks: list[dict[str, Any]] = tomllib.loads(text)["limits"]
        found = [Limits(**block) for block in blocks]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        msg = f"远程监控参数表读不懂（{error}）：请对照内置的 remote.toml 检查每一段 [[limits]] 的项目是否齐全。"
        raise Refusal(msg) from error
    for one in found:
        _check(one)
    if not found:
        msg = "远程监控参数表里没有一段 [[limits]]：请至少保留一段。"
        raise Refusal(msg)
    return sorted(found, key=lambda one: one.since)


def _check(limits: Limits) -> None:
    for each in fields(limits)[2:]:
        value = getattr(limits, each.name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            msg = f"远程监控参数表 {limits.since} 起的 {each.name} 应是大于零的数，写的是“{value}”：请改正。"
            raise Refusal(msg)


def limits_of(known: Sequence[Limits], on: date) -> Limits:
    """Those that hold on a day; before the first day the first."""
    return next((one for one in reversed(known) if one.since <= on), known[0])
