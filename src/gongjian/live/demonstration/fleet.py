"""Made-up lorries of the ledger on their made-up shifts, and what is wrong with some of them. Pure.

The same for the same day, whenever it is asked for; the faults were chosen for what inspectors meet, not for what the rules find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import cos, pi, sin
from random import Random
from typing import Final

from gongjian.protocols.gb17691.contents import content_bytes
from gongjian.protocols.gb17691.engine import engine_bytes
from gongjian.protocols.gb17691.layouts import Item, Layout, Report
from gongjian.telemetry.live.packing import MICRO, Content, packed
from gongjian.telemetry.live.port import Row, Stream
from gongjian.telemetry.moments import begin, from_seconds, number_of

EVERY: Final = 10  # seconds
DELAY: Final = 2  # seconds
ENGINE: Final = 2  # the type of an engine stream
SHIFTS: Final = ((6.5, 50), (13.5, 60))  # hours after midnight, minutes
FORTNIGHT: Final = 14  # days from one filling of urea to the next
LEVELS: Final = (92.0, 24.0)  # % of the tank after and before it
UNUSED: Final = 52.0  # %
LOST: Final = 0.45  # share of the frames of a bad radio
DEPOT: Final = (116.515, 39.785)
LAP: Final = 3000  # seconds


class Habit(StrEnum):
    """How a lorry is."""

    SOUND = "sound"
    UNDOSED = "undosed"  # urea is shut off
    UNPLUGGED = "unplugged"  # the coolant's sensor is pulled, so that the catalyst is not asked to work
    EMULATED = "emulated"  # a box says what the NOx sensor should
    WEAK = "weak"  # a bad radio, every other day
    SILENT = "silent"  # has not sent for weeks


HABITS: Final = (
    Habit.SOUND,
    Habit.SOUND,
    Habit.UNDOSED,
    Habit.SOUND,
    Habit.UNPLUGGED,
    Habit.SOUND,
    Habit.EMULATED,
    Habit.WEAK,
    Habit.SILENT,
)


@dataclass(frozen=True, slots=True)
class Lorry:
    """A lorry of the ledger as a device: its VIN, its number in the registry, its place among the others, how it is."""

    vin: str
    number: int
    place: int
    habit: Habit

    def level(self, on: date, share: float) -> float:
        """% of urea after a share of a day's work: filled up once a fortnight before it begins, each on a day of its own."""
        if self.habit in (Habit.UNDOSED, Habit.UNPLUGGED):
            return UNUSED
        full, low = LEVELS
        return full - (full - low) * ((number_of(on) + self.place) % FORTNIGHT + share) / FORTNIGHT


def shifts(lorry: Lorry, on: date) -> Iterator[Row]:
    """What a lorry sends on a day."""
    luck = Random(f"28:{lorry.vin}:{on}")  # noqa: S311 - a story, not a secret # nosec B311
    work, done = sum(minutes for _, minutes in SHIFTS) * 60, 0
    for hour, minutes in SHIFTS:
        first = begin(on) + int(hour * 3600) + luck.randint(-90, 90) * EVERY
        for gone in range(0, minutes * 60, EVERY):
            if lorry.habit is Habit.WEAK and on.day % 2 and luck.random() < LOST:
                continue
            level = lorry.level(on, (done + gone) / work)
            yield _row(lorry, first + gone, _second(lorry, gone, luck) | {"reagent_level": level})
        done += minutes * 60


def _row(lorry: Lorry, moment: int, values: dict[str, float | None]) -> Row:
    stream = Item(ENGINE, None, None, engine_bytes(values), None)
    data = content_bytes(Report(from_seconds(moment), 1, (stream,)), Layout.SERIAL_FIRST)
    return packed(lorry.number, Stream.VEHICLE, moment, (moment + DELAY) * MICRO, Content(0, data))


def _second(lorry: Lorry, gone: int, luck: Random) -> dict[str, float | None]:
    standing, warm = gone % 540 < 60, min(1.0, gone / 540)  # noqa: PLR2004 - a minute at a light or a gate
    upstream = 520 + luck.gauss(0, 70)
    angle = 2 * pi * gone / LAP + lorry.place
    far = 1 + 0.18 * sin(3 * angle + lorry.place)
    return {
        "speed": 0.0 if standing else max(4.0, 35 + luck.gauss(0, 8)),
        "barometric_pressure": 101.0,
        "net_torque": 6.0 if standing else 42 + luck.gauss(0, 8),
        "engine_speed": 650.0 if standing else 1300 + luck.gauss(0, 120),
        "fuel_flow": 2.5 if standing else 25 + luck.gauss(0, 3),
        "nox_upstream": upstream,
        "nox_downstream": _nox(lorry.habit, upstream, warm, luck),
        "intake_air": 140.0 if standing else 520 + luck.gauss(0, 40),
        "scr_inlet_temperature": 130 + 170 * warm,
        "scr_outlet_temperature": 110 + 165 * warm,
        "coolant_temperature": 12 + 6 * warm if lorry.habit is Habit.UNPLUGGED else 30 + 53 * warm,
        "fuel_level": 70.0,
        "longitude": DEPOT[0] + 0.045 * far * sin(angle),
        "latitude": DEPOT[1] + 0.03 * far * cos(angle),
    }


def _nox(habit: Habit, upstream: float, warm: float, luck: Random) -> float:
    """A catalyst that works takes nine tenths when it is warm."""
    if habit is Habit.EMULATED:
        return 35.0
    left = 0.97 if habit in (Habit.UNDOSED, Habit.UNPLUGGED) else 1 - 0.9 * warm
    return upstream * left + luck.gauss(0, 6)
