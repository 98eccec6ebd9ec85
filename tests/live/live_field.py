"""Outlets of the invented county with instruments, and what these upload to a live store of their own."""

from dataclasses import dataclass
from datetime import timedelta

from stage import at

from gongjian.alarms.actions.outlets import Bound, OutletCard, ensure_outlet, set_limit
from gongjian.alarms.models import Outlet
from gongjian.people.models import Department
from gongjian.telemetry.actions import StationCard, ensure_device, ensure_factors, ensure_station
from gongjian.telemetry.live.packing import MICRO, Content, body_of, flag_bytes, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Condition, Stream
from gongjian.telemetry.live.schema import NAMES
from gongjian.telemetry.models import Device, DeviceFactor, Factor, Protocol, Station
from gongjian.telemetry.moments import micros, seconds
from gongjian.telemetry.queries import live

NOX, SO2, DUST, SPEED, DIRECTION = "a21002", "a21026", "a34001", "a01007", "a01008"
FACTORS = ((NOX, "氮氧化物", "mg/m³"), (SO2, "二氧化硫", "mg/m³"), (DUST, "总悬浮颗粒物", "µg/m³"))
NOW = at(10, 31, 10, 15)


@dataclass(frozen=True)
class Field:
    """The stations and devices of the county and what they say."""

    town: object

    @property
    def boiler(self):
        return Station.objects.get(code="DA001")

    @property
    def twin(self):
        return Station.objects.get(code="DA002")

    @property
    def site(self):
        return Station.objects.get(code="YC001")

    def device(self, mn):
        return Device.objects.get(code=mn)

    def say(self, mn, moment, values, *, stream=Stream.MINUTE, flag="N", statistic="Avg", received=None, marks=0):
        """One upload whose period begins at a moment: values by code. Returns when it is durable."""
        shape = tuple(Column(code, statistic) for code in values)
        body = body_of(list(values.values()), flag_bytes(flag * len(shape)))
        length = {Stream.MINUTE: 600, Stream.HOUR: 3600}.get(stream, 0)
        got = received or moment + timedelta(seconds=length + 2)
        row = packed(self.device(mn).pk, stream, seconds(moment), micros(got), Content(shape_number(shape), body, None, marks))
        known = Condition(row.device, row.received, row.received, 300, 0, 1, 0, "10.0.0.8")
        live().append(Batch([row], {shape_number(shape): shape}, conditions=[known]))

    def many(self, mn, begin, step, rows, *, stream=Stream.MINUTE):
        """Uploads in a row, written at one go: ``rows`` of values by code."""
        shape = tuple(Column(code, "Avg") for code in rows[0])
        number = self.device(mn).pk
        made = []
        for place, values in enumerate(rows):
            moment = seconds(begin) + place * step
            content = Content(shape_number(shape), body_of(list(values.values()), flag_bytes("N" * len(shape))))
            made.append(packed(number, stream, moment, (moment + step + 2) * MICRO, content))
        live().append(Batch(made, {shape_number(shape): shape}))


def empty_live():
    """The live store of the installation, with nothing in it."""
    store = live()
    with store._transaction():
        for name in NAMES:
            store._run(f"DELETE FROM {name}")  # noqa: S608 - own names
    store._shapes = {0: ()}


def build(town):
    """Three outlets with an instrument each; the boiler's NOx has a limit of 50."""
    begun = at(1, 1)
    ensure_factors(FACTORS, by=None, at=begun)
    department = Department.objects.get(name="城建局")
    for code, name, kind in (("DA001", "一号锅炉", "emission"), ("DA002", "二号锅炉", "emission"), ("YC001", "东门工地", "dust")):
        station = ensure_station(StationCard(code, name, kind, 116.5, 39.8), by=None, at=begun)
        card = OutletCard(station=station, holder=f"{name}公司", department=department, address="东路 1 号")
        ensure_outlet(card, by=None, at=begun)
        made = Device(protocol=Protocol.HJ212, code=f"MN{code}", name=f"{name}数采仪", station=station)
        sent = [(DUST, "mg/m³"), (SPEED, "m/s"), (DIRECTION, "°")] if kind == "dust" else [(NOX, "mg/m³"), (SO2, "mg/m³")]
        ensure_device(made, "", sent, by=None, at=begun)
    for one in DeviceFactor.objects.filter(code__in=[NOX, SO2, DUST]):
        one.factor, one.scale = Factor.objects.get(code=one.code), 1000.0 if one.code == DUST else 1.0
        one.save()
    bound = Bound(factor=Factor.objects.get(code=NOX), upper=50.0, source="许可证 9111", valid_from=begun.date())
    set_limit(Outlet.objects.get(station__code="DA001"), bound, by=None, at=begun)
    return Field(town)
