"""Heavy-duty vehicles that report by themselves (GB 17691): what they say now, where they went, how their emission control did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np

from gongjian.live.drawing.panel import Panel
from gongjian.live.queries.devices import is_online
from gongjian.live.queries.reading import span_of
from gongjian.live.spans import Span
from gongjian.live.strands import Strand
from gongjian.protocols.gb17691.engine import QUANTITIES, EngineStream
from gongjian.protocols.gb17691.frames import Command, Encryption, Frame
from gongjian.protocols.gb17691.layouts import Layout, detect_layout, read_report
from gongjian.protocols.gb17691.obd import Obd
from gongjian.telemetry.live.port import Heard, Stream
from gongjian.telemetry.models import Device
from gongjian.telemetry.moments import from_micros, from_seconds
from gongjian.telemetry.queries import live
from gongjian.ui.figures import minute, thousands

MOST: Final = 9_000  # seconds of a vehicle that are looked at, the latest of a span
SAMPLE: Final = 20  # frames by which the layout is told
MARGIN: Final = 60  # seconds drawn before and after what was said
PARTED: Final = 300  # seconds without data part a track in two
NAMES: Final = {
    "speed": "车速",
    "engine_speed": "发动机转速",
    "net_torque": "发动机净输出扭矩",
    "friction_torque": "摩擦扭矩",
    "fuel_flow": "燃料流量",
    "nox_upstream": "SCR 上游 NOx",
    "nox_downstream": "SCR 下游 NOx",
    "reagent_level": "反应剂（尿素）余量",
    "intake_air": "进气量",
    "scr_inlet_temperature": "SCR 入口温度",
    "scr_outlet_temperature": "SCR 出口温度",
    "dpf_pressure_drop": "DPF 压差",
    "coolant_temperature": "冷却液温度",
    "fuel_level": "油箱液位",
    "barometric_pressure": "大气压力",
    "distance": "累计里程",
}
CURVES: Final = ("speed", "nox_downstream", "nox_upstream", "reagent_level")
LAMPS: Final = {0: "未点亮", 1: "点亮", 2: "短时点亮"}


class Second(NamedTuple):
    """What a vehicle said of one moment (seconds): its engine stream, None where the data held none that could be read."""

    moment: int
    engine: EngineStream | None
    obd: Obd | None

    def value(self, name: str) -> float | None:
        """One quantity; None where it is not available."""
        return self.engine.values.get(name) if self.engine else None

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude; None without a fix."""
        lon, lat = self.value("longitude"), self.value("latitude")
        return None if lon is None or lat is None else (lon, lat)


class Told(NamedTuple):
    """One quantity in words."""

    name: str
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle and what it said last."""

    device: Device
    online: bool
    last_seen: datetime | None
    second: Second | None

    @property
    def moment(self) -> datetime | None:
        """Of what it said last."""
        return None if self.second is None else from_seconds(self.second.moment)

    @property
    def told(self) -> list[Told]:
        """Every quantity by name."""
        if self.second is None or self.second.engine is None:
            return []
        return [Told(words, self.second.value(name), QUANTITIES[name].unit) for name, words in NAMES.items()]

    @property
    def speed(self) -> float | None:
        """km/h."""
        return self.second.value("speed") if self.second else None

    @property
    def nox(self) -> float | None:
        """Behind the catalyst, ppm."""
        return self.second.value("nox_downstream") if self.second else None

    @property
    def reagent(self) -> float | None:
        """How full the tank of urea is, %."""
        return self.second.value("reagent_level") if self.second else None

    @property
    def lamp(self) -> str:
        """Whether the malfunction indicator is on, as last told; "" where that was not told."""
        return LAMPS.get(self.second.obd.lamp, "不可用") if self.second and self.second.obd else ""


@dataclass(frozen=True, slots=True)
class Journey:
    """What a vehicle said over a span: the pieces of its track as (lon, lat, moment, speed), panels, how much of it was looked at."""

    track: list[list[tuple[float, float, str, str]]]
    panels: list[Panel]
    seconds: int
    cut: bool
    lamp: str
    codes: tuple[str, ...]


def vehicle(device: Device, at: datetime) -> Vehicle:
    """One vehicle."""
    return vehicles_now([device], at)[0]


def vehicles_now(devices: Sequence[Device], at: datetime) -> list[Vehicle]:
    """What some vehicles said last, in their order; two questions to the live store."""
    if not devices:
        return []
    numbers = [device.pk for device in devices]
    heard, conditions = live().latest(numbers, Stream.VEHICLE), live().conditions(numbers)
    found = []
    for device in devices:
        condition, last = conditions.get(device.pk), heard.get(device.pk)
        seen = None if condition is None else from_micros(condition.last_seen)
        second = next(read_seconds(device.code, [last]), None) if last else None
        found.append(Vehicle(device, is_online(condition, at), seen, second))
    return found


def read_seconds(vin: str, heard: Sequence[Heard]) -> Iterator[Second]:
    """What was heard of one vehicle, read in the layout it speaks; sealed data are left out."""
    plain = [one for one in heard if one.extra is None]
    layout = detect_layout(Frame(b"##", Command.REALTIME, vin, 1, Encryption.NONE, one.body) for one in plain[-SAMPLE:])
    for one in plain:
        report = read_report(one.body, layout or Layout.SERIAL_FIRST)
        said = [item.said for item in report.items]
        engine = next((each for each in said if isinstance(each, EngineStream)), None)
        yield Second(one.moment, engine, next((each for each in said if isinstance(each, Obd)), None))


def journey(device: Device, span: Span) -> Journey:
    """Where it went and how it did; of a span with very much the latest ``MOST`` seconds."""
    first, last = span_of(span.first, span.last)
    heard = live().between(device.pk, Stream.VEHICLE, first, last, MOST)
    told = list(read_seconds(device.code, heard))
    obd = next((one.obd for one in reversed(told) if one.obd), None)
    around = _around(told, span)
    panels = [_panel(number, name, told, around) for number, name in enumerate(CURVES) if any(one.value(name) is not None for one in told)]
    lamp = LAMPS.get(obd.lamp, "不可用") if obd else ""
    codes = tuple(f"{code:08X}" for code in obd.codes or ()) if obd else ()
    return Journey(track_of(told), panels, len(told), len(heard) == MOST, lamp, codes)


def _around(told: Sequence[Second], span: Span) -> Span:
    """The part of a named span in which it said something: an hour's drive is not to be a line's breadth of a week."""
    if not told or not span.key:
        return span
    first, last = from_seconds(told[0].moment - MARGIN), from_seconds(told[-1].moment + MARGIN)
    return replace(span, first=max(span.first, first), last=min(span.last, last))


def track_of(told: Sequence[Second]) -> list[list[tuple[float, float, str, str]]]:
    """The track in pieces: parted where it was silent for long or did not know where it was for long."""
    pieces: list[list[tuple[float, float, str, str]]] = []
    before: int | None = None
    for one in told:
        place = one.place
        if place is None:
            continue
        if before is None or one.moment - before > PARTED:
            pieces.append([])
        speed = one.value("speed")
        words = "" if speed is None else f"{speed:.0f} km/h"
        pieces[-1].append((place[0], place[1], f"{from_seconds(one.moment):%m-%d %H:%M:%S}", words))
        before = one.moment
    return pieces


def _panel(number: int, name: str, told: Sequence[Second], span: Span) -> Panel:
    rows = [(one.moment, one.value(name)) for one in told]
    moments = np.array([at for at, _ in rows], np.int64)
    values = np.array([np.nan if value is None else value for _, value in rows], float)
    strand = Strand(name, NAMES[name], QUANTITIES[name].unit, PARTED, moments, values, np.full(len(rows), ord("N"), np.uint8))
    known = values[~np.isnan(values)]
    figures = f"最低 {thousands(known.min())}，平均 {thousands(known.mean())}，最高 {thousands(known.max())} {strand.unit}"
    words = f"{strand.name}，{minute(span.first)} 至 {minute(span.last)}：{figures}"
    return Panel(number, words, strand.unit, *span_of(span.first, span.last), [strand])
