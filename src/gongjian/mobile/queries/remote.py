"""Reading what vehicles told: their seconds out of the live store, their kept days and signs, the vehicle behind a VIN."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from django.conf import settings
from django.db.models import Q

from gongjian.mobile.models import RemoteDay, RemoteSign, Vehicle
from gongjian.mobile.remote.days import Day, day_of
from gongjian.mobile.remote.seconds import Seconds, joined, layout_of, read_seconds
from gongjian.mobile.remote_limits import limits_on
from gongjian.protocols.gb17691.layouts import Layout
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import Device
from gongjian.telemetry.moments import begin, end
from gongjian.telemetry.queries import live

GATEWAY: Final = "网关"  # what the source begins with of what was worked out from data of our own gateway
HOUR: Final = 3600  # seconds read at a time: memory never holds more frames than an hour's
MOST: Final = 20_000  # uploads of an hour, of which a second needs one


def gateway_source() -> str:
    """The source of what is worked out: a demonstration has no lorries but made-up ones."""
    return f"{GATEWAY}（模拟）" if settings.DEMONSTRATION else GATEWAY


def seconds_of(device: Device, on: date) -> Seconds:
    """What a vehicle told on a day, read an hour at a time in the layout its first hour is in."""
    layout: Layout | None = None
    parts: list[Seconds] = []
    for first in range(begin(on), end(on), HOUR):
        heard = live().between(device.pk, Stream.VEHICLE, first, first + HOUR, MOST)
        if heard:
            layout = layout or layout_of(device.code, heard)
            parts.append(read_seconds(heard, layout))
    whole = joined(parts)
    return whole.taken((whole.moments >= begin(on)) & (whole.moments < end(on)))


def told_on(device: Device, on: date) -> Day:
    """The day of a vehicle, worked out now from its seconds."""
    return day_of(seconds_of(device, on), limits_on(on))


def vehicles_of(vins: Iterable[str], on: date) -> Mapping[str, Vehicle]:
    """By VIN the vehicles in the ledger on a day; of several plates with one VIN the latest. One query."""
    held = Q(valid_to=None) | Q(valid_to__gt=on)
    found = Vehicle.objects.filter(held, vin__in=[vin for vin in vins if vin], valid_from__lte=on).select_related(
        "department", "enterprise"
    )
    return {vehicle.vin: vehicle for vehicle in found.order_by("valid_from", "pk")}


def days_kept(vin: str, first: date, last: date) -> list[RemoteDay]:
    """The standing days of a vehicle, in their order."""
    return list(RemoteDay.objects.filter(vin=vin, on__range=(first, last), replaced_at=None).order_by("on"))


def signs_kept(vins: Collection[str], first: date, last: date) -> list[RemoteSign]:
    """The standing signs of vehicles, the newest first; one query."""
    found = RemoteSign.objects.filter(vin__in=vins, on__range=(first, last), replaced_at=None)
    return list(found.order_by("-on", "-id"))
