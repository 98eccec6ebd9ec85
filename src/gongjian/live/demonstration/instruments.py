"""The made-up instruments at the made-up outlets: minutes around the hours the outlets are told to have had, wind at the dust points.

The same for the same moment, whenever it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, pi, sin
from random import Random
from typing import Final, NamedTuple

from gongjian.alarms.demonstration.hours import hours_between
from gongjian.alarms.demonstration.outlets import FACTORS, OUTLETS
from gongjian.telemetry.live.packing import Content, body_of, flag_bytes, packed, shape_number
from gongjian.telemetry.live.port import Column, Row, Shape, Stream
from gongjian.telemetry.moments import from_seconds, micros, seconds
from gongjian.telemetry.store import Period

HOUR: Final = 3600
WIND: Final = {"a01007": "m/s", "a01008": "°"}
UNITS: Final = {code: unit for code, _, unit in FACTORS} | WIND
ROUGH: Final = 0.05  # how far minutes scatter around their hour
DELAY: Final = 5  # seconds from the end of a period until it is received
WINDY_DAYS: Final = 31  # of hours with wind, before the demonstration's day
MINUTE_DAYS: Final = 3
STORY_DAYS: Final = 6  # of hours in the observations


@dataclass(frozen=True, slots=True)
class MadeDevice:
    """One instrument: its MN, at which outlet (code), every how many minutes it sends what."""

    mn: str
    outlet: str
    interval: int
    factors: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        """Its columns."""
        return tuple(Column(code, "Avg") for code in self.factors)


def _device(number: int, outlet: str, interval: int, *more: str) -> MadeDevice:
    codes = next(tuple(factor.code for factor in made.factors) for made in OUTLETS if made.code == outlet)
    return MadeDevice(f"SIMDEMO{number:017d}", outlet, interval, (*codes, *more))


DEVICES: Final = (
    _device(1, "DEMO-DA001", 10),
    _device(2, "DEMO-DA002", 10),
    _device(3, "DEMO-DW001", 10),
    _device(4, "DEMO-YC001", 5, *WIND),
    _device(5, "DEMO-YC002", 5, *WIND),
)


class Said(NamedTuple):
    """Days before the demonstration's, from which hour to which, and the flag an instrument sent then."""

    back: int
    first: int
    last: int
    flag: str


FLAGS: Final = {"DEMO-DA001": Said(1, 10, 11, "C"), "DEMO-DW001": Said(2, 13, 15, "M"), "DEMO-DA002": Said(0, 6, 7, "D")}


def uploads(device: MadeDevice, number: int, after: datetime, until: datetime, day: datetime) -> Iterator[Row]:
    """The minutes of a device (its number in the registry) that end after one moment, up to another.

    ``day`` is the midnight the demonstration's day begins with.
    """
    hours = _hours(device.outlet, after, until + timedelta(hours=1), day)
    step = 60 * device.interval
    begin = seconds(after.replace(microsecond=0)) // step * step
    for moment in range(begin, seconds(until.replace(microsecond=0)) - step + 1, step):
        label = -(-(moment + step) // HOUR) * HOUR
        if moment + step > seconds(after.replace(microsecond=0)) and label in hours:
            yield _row(device, number, Stream.MINUTE, moment, _minute(device, moment, hours[label]), _flag(device, moment, day))


def windy_hours(device: MadeDevice, number: int, until: datetime, day: datetime) -> Iterator[Row]:
    """A month of hours of an instrument that measures wind."""
    if "a01007" not in device.factors:
        return
    first = seconds(day - timedelta(days=WINDY_DAYS))
    told = _hours(device.outlet, from_seconds(first), until, day)
    story = seconds(day - timedelta(days=STORY_DAYS))  # from here on the outlets have hours of their own
    for moment in range(first, seconds(until.replace(microsecond=0)) - HOUR + 1, HOUR):
        wind = _wind(moment)
        dust = told.get(moment + HOUR, {}).get("a34001")
        if dust is None:
            continue
        if moment < story:
            dust = round(dust * _carried(wind), 0)
        yield _row(device, number, Stream.HOUR, moment, {"a34001": dust, **wind}, "N")


def _hours(outlet: str, after: datetime, until: datetime, day: datetime) -> dict[int, dict[str, float]]:
    """What the outlet is told to have had, by label and factor."""
    found: dict[int, dict[str, float]] = {}
    for key, claims in hours_between(after - timedelta(hours=1), until, day).items():
        if key.station == outlet and key.period is Period.HOUR:
            for claim in claims:
                found.setdefault(seconds(claim.at), {})[key.factor] = claim.value or 0.0
    return found


def _minute(device: MadeDevice, moment: int, hour: Mapping[str, float]) -> dict[str, float]:
    luck = _luck(device.mn, moment)
    values = {code: round(value * (1 + ROUGH * max(-2.5, min(2.5, luck.gauss(0, 1)))), 2) for code, value in hour.items()}
    return values | _wind(moment) if "a01007" in device.factors else values


def _wind(moment: int) -> dict[str, float]:
    """Mostly from the south-west by day and from the north by night, now and then calm."""
    luck, hour = _luck("wind", moment // HOUR), moment // HOUR % 24
    speed = max(0.0, 2.2 + 1.4 * sin(2 * pi * (hour + 2) / 24) + luck.gauss(0, 1.0))
    middle = 225 if sin(2 * pi * (hour + 2) / 24) > 0 else 10
    return {"a01007": round(speed, 1), "a01008": round((middle + luck.gauss(0, 32)) % 360, 0)}


def _carried(wind: Mapping[str, float]) -> float:
    """How much dust the wind brings: most from the south-west, where the made-up site lies."""
    return 1 + 0.5 * cos(2 * pi * (wind["a01008"] - 225) / 360) * min(wind["a01007"], 3.0) / 3.0


def _flag(device: MadeDevice, moment: int, day: datetime) -> str:
    said = FLAGS.get(device.outlet)
    if said is None:
        return "N"
    begin = seconds(day - timedelta(days=said.back))
    return said.flag if begin + said.first * HOUR <= moment < begin + said.last * HOUR else "N"


def _row(device: MadeDevice, number: int, stream: Stream, moment: int, values: Mapping[str, float], flag: str) -> Row:
    shape = device.shape
    length = HOUR if stream is Stream.HOUR else 60 * device.interval
    body = body_of([values.get(column.factor) for column in shape], flag_bytes(flag * len(shape)))
    received = micros(from_seconds(moment + length + DELAY))
    return packed(number, stream, moment, received, Content(shape_number(shape), body))


def _luck(of: str, moment: int) -> Random:
    return Random(f"27:{of}:{moment}")  # noqa: S311 - a story, not a secret # nosec B311
