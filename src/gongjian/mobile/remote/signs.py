"""Signs in a day of what a vehicle sent: each with its time, its figure, and the figures in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.mobile.remote.emission import burnt, mean_ppm
from gongjian.mobile.remote.limits import Limits
from gongjian.mobile.remote.trips import Running, distance_km
from gongjian.mobile.remote.urea import STEP, levels_of, urea_of
from gongjian.mobile.remote.vocabulary import Sign

ENOUGH: Final = 1800.0  # seconds of warm work before anything is said of NOx: one hill is not a habit
UNCONVERTED: Final = 0.9  # of the NOx before a warm SCR still there behind it: a working one leaves a tenth or two
SOME_NOX: Final = 100.0  # ppm before the SCR; with less there is nothing to convert
SAME: Final = 1.0  # ppm: a sensor in a moving vehicle scatters by far more
SPARSE: Final = 0.1  # share of warm time with a reading
COLD: Final = 60.0  # ℃: a running engine's thermostat holds about 80
HEATED: Final = 1200.0  # seconds after which an engine is warm in any weather
COLD_FOR: Final = 3600.0  # seconds
SEEN: Final = 2.0  # % of the tank, five steps of the level: less cannot be told from standing still
EMPTY: Final = 5.0  # % of the tank
FAR: Final = 20.0  # km: to the next filling station
RECEIVED: Final = 0.7  # share of what should have come


class Found(NamedTuple):
    """A sign: from when to when (seconds), its figure (unit in ``SIGNS``), and what was seen, in words."""

    sign: Sign
    first: int
    last: int
    value: float
    words: str


def signs_of(running: Running, limits: Limits) -> list[Found]:
    """Every sign of a day, in a fixed order."""
    if not len(running.seconds):
        return []
    return [found for look in _LOOKS for found in look(running, limits)]


def _nox(running: Running, limits: Limits) -> Iterator[Found]:
    """What is said of NOx while the catalyst is warm."""
    down, warm = running.seconds["nox_downstream"], running.warm
    time, known = _time(running, warm), warm & ~np.isnan(down)
    if time < ENOUGH:
        return
    told = _time(running, known)
    if told < SPARSE * time:
        share = 100 * told / time
        yield _found(Sign.NOX_ABSENT, running, warm, share, f"热态运转{_minutes(time)}中只有{share:.0f}%的时间有NOx读数")
    if told < ENOUGH:
        return
    values = down[known]
    if values.max() - values.min() <= SAME:
        words = f"热态运转{_minutes(told)}，NOx读数一直在{values.min():.1f}至{values.max():.1f}ppm"
        yield _found(Sign.NOX_FLAT, running, known, float(values.mean()), words)
    mean = mean_ppm(_part(running, known))
    if mean is not None and mean >= limits.nox_ppm:
        words = f"热态运转{_minutes(told)}，SCR下游NOx平均{mean:.0f}ppm，高于参考线{limits.nox_ppm:.0f}ppm"
        yield _found(Sign.NOX_HIGH, running, known, mean, words)


def _idle(running: Running, _limits: Limits) -> Iterator[Found]:
    up, down = running.seconds["nox_upstream"], running.seconds["nox_downstream"]
    both = running.warm & (up >= SOME_NOX) & ~np.isnan(down)
    if _time(running, both) < ENOUGH:
        return
    part = _part(running, both)
    before, behind = mean_ppm(part, "nox_upstream"), mean_ppm(part)
    if before is not None and behind is not None and behind >= UNCONVERTED * before:
        words = f"热态运转{_minutes(part.covered)}，上游NOx平均{before:.0f}ppm，下游{behind:.0f}ppm"
        yield _found(Sign.SCR_IDLE, running, both, 100 * (1 - behind / before), words)


def _cold(running: Running, _limits: Limits) -> Iterator[Found]:
    coolant = running.seconds["coolant_temperature"]
    cold = (running.since_start >= HEATED) & (coolant < COLD)
    time = _time(running, cold)
    if time >= COLD_FOR:
        mean = float(coolant[cold].mean())
        words = f"起动20分钟后仍有{_minutes(time)}冷却液温度低于{COLD:.0f}℃，平均{mean:.0f}℃"
        yield _found(Sign.COOLANT_COLD, running, cold, mean, words)


def _urea(running: Running, limits: Limits) -> Iterator[Found]:
    """Use of urea held against the fuel burnt; an empty tank explains that nothing is used."""
    levels = levels_of(running)
    told = ~np.isnan(running.seconds["reagent_level"])
    if not len(levels):
        return
    fuel, distance = burnt(_part(running, told), limits).fuel_litres, distance_km(running)
    least = fuel * limits.urea_low_percent / 100
    if levels.max() <= EMPTY and distance >= FAR:
        level = float(levels[-1])
        words = f"行驶{distance:.0f}km，尿素余量一直不超过{levels.max():.1f}%"
        yield _found(Sign.UREA_EMPTY, running, told, level, words)
    elif 100 * least / limits.tank_litres >= SEEN:
        yield from _little(running, limits, fuel, least)


def _little(running: Running, limits: Limits, fuel: float, least: float) -> Iterator[Found]:
    level = running.seconds["reagent_level"]
    told, used = ~np.isnan(level), (urea_of(running).used or 0.0) / 100 * limits.tank_litres
    needs = f"烧油{fuel:.0f}L，按{limits.urea_low_percent:g}%至少应用尿素{least:.1f}L"
    if np.nanmax(level) - np.nanmin(level) < STEP / 2:
        yield _found(Sign.UREA_STILL, running, told, least, f"{needs}，液位一直是{np.nanmax(level):.1f}%没有变化")
    elif used < limits.urea_little * least:
        yield _found(Sign.UREA_LITTLE, running, told, 100 * used / fuel, f"{needs}，实际约{used:.1f}L（罐容按{limits.tank_litres:g}L估算）")


def _lost(running: Running, _limits: Limits) -> Iterator[Found]:
    duration, share = running.duration, running.covered / running.duration
    if duration >= ENOUGH and share < RECEIVED:
        words = f"发动机运转{_minutes(duration)}，收到的数据只覆盖其中{100 * share:.0f}%"
        yield _found(Sign.FRAMES_LOST, running, np.ones(len(running.seconds), np.bool_), 100 * share, words)


_LOOKS: Final[tuple[Callable[[Running, Limits], Iterator[Found]], ...]] = (_nox, _idle, _cold, _urea, _lost)


def _part(running: Running, which: NDArray[np.bool_]) -> Running:
    return Running(running.seconds.taken(which), running.step, running.spans[which], np.zeros(1, np.intp))


def _time(running: Running, which: NDArray[np.bool_]) -> float:
    return float(running.spans[which].sum())


def _found(sign: Sign, running: Running, which: NDArray[np.bool_], value: float, words: str) -> Found:
    at = running.seconds.moments[which]
    return Found(sign, int(at[0]), int(at[-1]), round(value, 2), words)


def _minutes(time: float) -> str:
    return f"{time / 60:.0f}分钟"
