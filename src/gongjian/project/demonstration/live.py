"""The demonstration's live data: minutes of the made-up outlets, a month of wind, three lorries, and what a device said wrongly."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongjian.live.demonstration.instruments import DEVICES, MINUTE_DAYS, UNITS, MadeDevice, uploads, windy_hours
from gongjian.live.demonstration.journeys import EVERY, LENGTH, LORRIES, MadeLorry, drive
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.telemetry.actions import ensure_device
from gongjian.telemetry.live.packing import shape_number
from gongjian.telemetry.live.port import Batch, Condition, RefusedFrame, Row, Shape, Stream
from gongjian.telemetry.models import Device, Protocol, Station
from gongjian.telemetry.moments import from_seconds, micros
from gongjian.telemetry.queries import live
from gongjian.trail.office_day import start_of

PEER = "127.0.0.1"
WRONG = "##0102QN=20201030101500000;ST=32;CN=2011;PW=123456;MN={mn};Flag=5;CP=&&DataTime=20201030101500;a34001-Rtd=0.238&&0000"


@transaction.atomic
def make_live(today: date, until: datetime) -> int:
    """Register the made-up devices and let them have said what they say up to a moment; how many uploads.

    0 without the made-up outlets.
    """
    stations = {station.code: station for station in Station.objects.filter(code__in=[device.outlet for device in DEVICES])}
    if len(stations) < len({device.outlet for device in DEVICES}):
        return 0
    day = start_of(today)
    rows: list[Row] = []
    shapes: dict[int, Shape] = {}
    numbers = {device.mn: _instrument(device, stations[device.outlet], day) for device in DEVICES}
    for device in DEVICES:
        shapes[shape_number(device.shape)] = device.shape
        rows += windy_hours(device, numbers[device.mn], until, day)
        rows += uploads(device, numbers[device.mn], day - timedelta(days=MINUTE_DAYS), until, day)
    for lorry in LORRIES:
        begin = until - LENGTH if lorry.begin is None else day - timedelta(days=1) + lorry.begin
        rows += drive(lorry, _lorry(lorry, day), begin, begin, begin + LENGTH - timedelta(seconds=EVERY))
    rows.sort(key=lambda row: row.received)
    return live().append(Batch(rows, shapes, _refused(numbers, day), _conditions(rows, numbers)))


def continue_live(today: date, until: datetime) -> int:
    """Let the made-up instruments go on saying what they say, up to a moment; how many uploads."""
    numbers = dict(Device.objects.filter(code__in=[device.mn for device in DEVICES]).values_list("code", "pk"))
    if len(numbers) < len(DEVICES):
        return 0
    last = live().latest(sorted(numbers.values()), Stream.MINUTE)
    rows: list[Row] = []
    for device in DEVICES:
        if (said := last.get(numbers[device.mn])) and until - from_seconds(said.moment) < timedelta(days=MINUTE_DAYS):
            after = from_seconds(said.moment + 60 * device.interval)
            rows += uploads(device, numbers[device.mn], after, until, start_of(today))
    rows += _driving(until)
    shapes = {shape_number(device.shape): device.shape for device in DEVICES}
    return live().append(Batch(rows, shapes, (), _conditions(rows, {}))) if rows else 0


def _driving(until: datetime) -> list[Row]:
    """What the lorries on their rounds say since they were last heard."""
    on_rounds = {lorry.vin: lorry for lorry in LORRIES if lorry.begin is None}
    numbers = dict(Device.objects.filter(code__in=list(on_rounds)).values_list("pk", "code"))
    rows: list[Row] = []
    for number, said in live().latest(sorted(numbers), Stream.VEHICLE).items():
        last = from_seconds(said.moment)
        if until - last < timedelta(days=MINUTE_DAYS):
            rows += drive(on_rounds[numbers[number]], number, last - LENGTH, last, until)
    return rows


def _instrument(made: MadeDevice, station: Station, at: datetime) -> int:
    """Its factors are not linked: that would make the live store the source of the made-up outlets' alarms, whose story is in the hours."""
    name = f"{station.name}数采仪（模拟）"
    device = Device(protocol=Protocol.HJ212, code=made.mn, name=name, station=station, minute_interval=made.interval)
    device.tolerances = [Tolerance.CRC_LOWER_CASE.name]
    return ensure_device(device, "", [(code, UNITS[code]) for code in made.factors], by=None, at=at).pk


def _lorry(made: MadeLorry, at: datetime) -> int:
    return ensure_device(Device(protocol=Protocol.GB17691, code=made.vin, name=made.name), "", [], by=None, at=at).pk


def _conditions(rows: list[Row], talkative: dict[str, int]) -> list[Condition]:
    """How the devices are after these uploads; of one of them the clock is slow."""
    slow = talkative.get(DEVICES[1].mn)
    found: dict[int, Condition] = {}
    for row in rows:
        known = found.get(row.device) or Condition(row.device, row.received, row.received, None, 0, 0, 0, PEER)
        found[row.device] = known._replace(last_seen=max(known.last_seen, row.received), packets=known.packets + 1)
    lower = Tolerance.CRC_LOWER_CASE.value
    spoken = {number: (-94_000 if number == slow else 400, lower if number == slow else 0) for number in talkative.values()}
    told = {number: found[number]._replace(skew=skew, tolerated=mask) for number, (skew, mask) in spoken.items() if number in found}
    if (wrong := talkative.get(DEVICES[3].mn)) in told:
        told[wrong] = told[wrong]._replace(refused=len(_refused(talkative, from_seconds(0))))
    return list((found | told).values())


def _refused(numbers: dict[str, int], day: datetime) -> list[RefusedFrame]:
    """Two frames of a dust point whose check code was wrong."""
    mn = DEVICES[3].mn
    sentence = f"设备 {mn} 的报文未采用：校验码不符；请核对设备的校验算法与链路质量。"
    moments = (day - timedelta(hours=13, minutes=45), day - timedelta(hours=13, minutes=44))
    raw = WRONG.format(mn=mn).encode()
    return [RefusedFrame(micros(at), Protocol.HJ212, numbers[mn], mn, PEER, "crc", sentence, 0, raw) for at in moments]
