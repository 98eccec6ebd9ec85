"""Three made-up lorries on made-up rounds: where they were and how their catalyst did, every ten seconds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot
from random import Random
from typing import Final

from gongjian.protocols.gb17691.contents import content_bytes
from gongjian.protocols.gb17691.engine import engine_bytes
from gongjian.protocols.gb17691.layouts import Layout, Report, engine_item, obd_item
from gongjian.protocols.gb17691.obd import Obd
from gongjian.telemetry.live.packing import Content, packed
from gongjian.telemetry.live.port import Row, Stream
from gongjian.telemetry.moments import from_seconds, micros, seconds

EVERY: Final = 10  # seconds
LENGTH: Final = timedelta(minutes=75)
DELAY: Final = 2  # seconds
LAPS: Final = 2  # of its round in that time
DRAINED: Final = 2 * 86_400  # seconds from one filling of urea to the next
USED: Final = 60.0  # % of the tank in that time
TUNNEL: Final = (1500, 1560)  # seconds of an hour without a fix
CODES: Final = (0x20EE0100,)  # reagent: too little of it


@dataclass(frozen=True, slots=True)
class MadeLorry:
    """A lorry: its VIN, its round as (lon, lat), ppm of NOx behind the catalyst when warm, % of urea on average."""

    vin: str
    name: str
    round: tuple[tuple[float, float], ...]
    nox: float
    reagent: float
    begin: timedelta | None  # after yesterday's midnight; None: it is on its rounds now
    faulty: bool = False


WEST = ((116.472, 39.752), (116.478, 39.77), (116.497, 39.783), (116.512, 39.792), (116.53, 39.8), (116.541, 39.781), (116.51, 39.76))
EAST = ((116.53, 39.8), (116.556, 39.806), (116.575, 39.789), (116.561, 39.767), (116.534, 39.759), (116.519, 39.778))
LORRIES: Final = (
    MadeLorry("LSIMDEMA000000001", "模拟渣土车 1", WEST, 45.0, 62.0, timedelta(hours=7)),
    MadeLorry("LSIMDEMA000000002", "模拟渣土车 2", EAST, 310.0, 4.0, timedelta(hours=8, minutes=20), faulty=True),
    MadeLorry("LSIMDEMA000000003", "模拟混凝土车 3", WEST[::-1], 60.0, 38.0, None),
)


def drive(lorry: MadeLorry, number: int, begin: datetime, after: datetime, until: datetime) -> Iterator[Row]:
    """What a lorry (its number in the registry), on its rounds since ``begin``, says after one moment, up to another."""
    start = seconds(begin.replace(microsecond=0))
    first = start + (max(seconds(after.replace(microsecond=0)) - start, 0) // EVERY + 1) * EVERY
    for moment in range(first, seconds(until.replace(microsecond=0)) + 1, EVERY):
        luck = Random(f"27:{lorry.vin}:{moment}")  # noqa: S311 - a story, not a secret # nosec B311
        yield _row(lorry, number, moment, _second(lorry, moment, moment - start, luck), told=(moment - start) % 300 < EVERY)


def _row(lorry: MadeLorry, number: int, moment: int, values: dict[str, float | None], *, told: bool) -> Row:
    """Every five minutes with what the on-board diagnosis says; once a round a lorry does not know where it is."""
    lost = TUNNEL[0] < moment % 3600 < TUNNEL[1]
    items = [engine_item(engine_bytes(values, fix=not lost))]
    if told:
        items.append(obd_item(Obd(1, int(lorry.faulty), 0, 0, lorry.vin, " " * 18, " " * 18, bytes(36), CODES if lorry.faulty else ())))
    data = content_bytes(Report(from_seconds(moment), 1, tuple(items)), Layout.SERIAL_FIRST)
    return packed(number, Stream.VEHICLE, moment, micros(from_seconds(moment + DELAY)), Content(0, data))


def _second(lorry: MadeLorry, moment: int, gone: int, luck: Random) -> dict[str, float | None]:
    gone %= int(LENGTH.total_seconds())
    standing = gone % 420 < 50  # noqa: PLR2004 - at a light, or at a gate
    speed = 0.0 if standing else max(5.0, 32 + luck.gauss(0, 7))
    warm = min(1.0, gone / 600)
    lon, lat = _place(lorry.round, LAPS * gone / LENGTH.total_seconds())
    return {
        "speed": speed,
        "barometric_pressure": 101.0,
        "net_torque": 5.0 if standing else 30 + luck.gauss(0, 6),
        "engine_speed": 650.0 if standing else 1250 + luck.gauss(0, 120),
        "fuel_flow": 2.0 if standing else 14 + luck.gauss(0, 2),
        "nox_upstream": 420 + luck.gauss(0, 60),
        "nox_downstream": lorry.nox + (1 - warm) * 180 + luck.gauss(0, 8),
        "reagent_level": _reagent(lorry, moment),
        "intake_air": 420.0,
        "scr_inlet_temperature": 120 + 180 * warm,
        "scr_outlet_temperature": 100 + 170 * warm,
        "coolant_temperature": 40 + 45 * warm,
        "fuel_level": 70.0,
        "longitude": lon,
        "latitude": lat,
        "distance": 48_210 + gone / 100,
    }


def _reagent(lorry: MadeLorry, moment: int) -> float:
    """Around its level; filled up every other day, but for a lorry whose driver does without."""
    return lorry.reagent if lorry.faulty else lorry.reagent + USED * (0.5 - moment % DRAINED / DRAINED)


def _place(corners: tuple[tuple[float, float], ...], share: float) -> tuple[float, float]:
    """How far round, by the length of the sides."""
    sides = list(zip(corners, (*corners[1:], corners[0]), strict=True))
    lengths = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in sides]
    left = share % 1.0 * sum(lengths)
    for (a, b), length in zip(sides, lengths, strict=True):
        if left <= length:
            part = left / length
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= length
    return corners[0]
