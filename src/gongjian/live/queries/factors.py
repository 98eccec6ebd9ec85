"""What stations measure and by which devices: names and units, which are not on the wire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from gongjian.protocols.hj212.factors import factor_of
from gongjian.telemetry.models import Device, DeviceFactor, Factor, Protocol, Series, Station
from gongjian.telemetry.store import Period

NOT_TOLD: Final = ""
PERIODS: Final = (Period.REAL_TIME, Period.MINUTE, Period.HOUR, Period.DAY)


class Wire(NamedTuple):
    """One factor as one device sends it: its code there, and by what a value is multiplied to be in the factor's unit."""

    device: int
    code: str
    scale: float


@dataclass(frozen=True, slots=True)
class Measured:
    """One factor of a station: code, name and unit as shown, the wires it comes over, the periods there are observations of."""

    code: str
    name: str
    unit: str
    wires: tuple[Wire, ...] = ()
    stored: frozenset[Period] = frozenset()


@dataclass(frozen=True, slots=True)
class Instruments:
    """The devices in use of one station and its factors, the stored ones first in the order of their registration."""

    devices: tuple[Device, ...] = ()
    factors: tuple[Measured, ...] = ()

    def find(self, code: str) -> Measured | None:
        """A factor by its code."""
        return next((one for one in self.factors if one.code == code), None)


def instruments(stations: Collection[int]) -> dict[int, Instruments]:
    """What these stations (ids) measure; three queries however many there are."""
    devices: dict[int, list[Device]] = defaultdict(list)
    of_device: dict[int, int] = {}
    for device in Device.objects.filter(station__in=stations, active=True, protocol=Protocol.HJ212).order_by("code"):
        devices[device.station_id or 0].append(device)
        of_device[device.pk] = device.station_id or 0
    told = DeviceFactor.objects.filter(device__in=list(of_device)).select_related("factor").order_by("code")
    wires: dict[int, list[DeviceFactor]] = defaultdict(list)
    for one in told:
        wires[of_device[one.device_id]].append(one)
    stored: dict[int, list[Series]] = defaultdict(list)
    for series in Series.objects.filter(station__in=stations).select_related("factor").order_by("factor__id"):
        stored[series.station_id].append(series)
    return {number: Instruments(tuple(devices[number]), _factors(wires[number], stored[number])) for number in stations}


def instruments_of(station: Station) -> Instruments:
    """The same for one station."""
    return instruments([station.pk])[station.pk]


def _factors(wires: Sequence[DeviceFactor], stored: Sequence[Series]) -> tuple[Measured, ...]:
    found: dict[str, Measured] = {}
    for series in stored:
        one = found.get(series.factor.code) or _named(series.factor)
        found[one.code] = Measured(one.code, one.name, one.unit, (), one.stored | {Period(series.period)})
    for wire in wires:
        told = _of_wire(wire)
        one = found.get(told.code, told)
        if one.unit != told.unit:  # the same code in another unit is another thing
            one = found.get(f"{told.code}@{told.unit}", replace(told, code=f"{told.code}@{told.unit}"))
        sent = Wire(wire.device_id, wire.code, wire.scale if wire.factor else 1.0)
        found[one.code] = Measured(one.code, one.name, one.unit, (*one.wires, sent), one.stored)
    return tuple(found.values())


def _named(factor: Factor) -> Measured:
    return Measured(factor.code, factor.name, factor.unit)


def _of_wire(wire: DeviceFactor) -> Measured:
    if wire.factor:
        return _named(wire.factor)
    known = factor_of(wire.code)
    return Measured(wire.code, known.name if known else wire.code, wire.unit)


def codes_by_station(found: Mapping[int, Instruments]) -> dict[int, list[str]]:
    """The codes each station measures."""
    return {number: [one.code for one in each.factors] for number, each in found.items()}
