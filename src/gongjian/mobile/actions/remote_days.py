"""The days of vehicles that report by themselves: which to work out, worked out, kept with their signs.

Days are found by a cursor over what became durable, so that the work never grows with history; data that come late, or again with another
content, make their day be worked out once more. Today is not kept: pages work it out when they are asked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.actions.bulk import insert_records
from gongjian.ledgers.telling import number_of
from gongjian.mobile.actions.remote_signs import Watched, keep_signs
from gongjian.mobile.models import RemoteDay, RemoteMark
from gongjian.mobile.queries.remote import GATEWAY, gateway_source, told_on, vehicles_of
from gongjian.mobile.records.remote import REMOTE_DAYS
from gongjian.mobile.remote.days import Day, percent, urea_litres
from gongjian.mobile.remote.limits import Limits
from gongjian.mobile.remote_limits import limits_on
from gongjian.people.models import Department
from gongjian.telemetry.live.chunks import day_of_moment
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import day_of as day_numbered
from gongjian.telemetry.queries import live
from gongjian.trail.clock import local_day

log = logging.getLogger("gongjian.mobile")
SWEEP: Final = "vehicle-days"
AT_ONCE: Final = 10_000  # uploads looked at at once
ENFORCEMENT: Final = "综合执法局"  # who sees to vehicles that are in no ledger


@dataclass(frozen=True, slots=True)
class Summarised:
    """What a run did: days worked out, of them those kept anew or changed; and which days they were."""

    worked_out: int
    changed: int
    days: frozenset[date]


def mark_days(*, at_once: int = AT_ONCE) -> int:
    """Note the days of vehicles of which something came since the last time; how many. Harmless when done again."""
    store, marked = live(), 0
    reached = store.newest()
    while True:
        before = store.cursor(SWEEP)
        cursor, heard = store.since(before, at_once, [Stream.VEHICLE])
        if not heard:
            if reached > before:  # what is no vehicle's is passed over too: old days are packed only as far as every sweep has read
                store.move_cursor(SWEEP, reached)
            return marked
        newest: dict[tuple[int, date], int] = {}
        for one in heard:
            newest[one.device, day_numbered(day_of_moment(one.moment))] = one.seq
        marked += _mark(newest)
        store.move_cursor(SWEEP, cursor)


def _mark(newest: dict[tuple[int, date], int]) -> int:
    known = set(Device.objects.filter(pk__in={device for device, _ in newest}, protocol=Protocol.GB17691).values_list("pk", flat=True))
    rows = [RemoteMark(device_id=device, on=on, sequence=seq) for (device, on), seq in newest.items() if device in known]
    RemoteMark.objects.bulk_create(rows, update_conflicts=True, unique_fields=["device", "on"], update_fields=["sequence"])
    return len(rows)


def summarise_days(*, at: datetime) -> Summarised:
    """Work out every marked day that is over, each in a transaction of its own; harmless when done again."""
    worked_out, changed, days = 0, 0, set[date]()
    for mark in _over(local_day(at)):
        try:
            changed += _keep(mark, told_on(mark.device, mark.on), at)
        except Refusal as refusal:  # its mark stays, so that the next run tries again; the others do not wait for it
            log.warning("%s 在 %s 的远程数据没有汇总：%s", mark.device.code, mark.on, refusal)
            continue
        worked_out += 1
        days.add(mark.on)
    return Summarised(worked_out, changed, frozenset(days))


def _over(today: date) -> Iterator[RemoteMark]:
    """The marks of days that are over; of those made meanwhile none twice."""
    for pk in RemoteMark.objects.filter(on__lt=today).order_by("on", "device_id").values_list("pk", flat=True):
        if mark := RemoteMark.objects.select_related("device").filter(pk=pk).first():
            yield mark


@transaction.atomic
def _keep(mark: RemoteMark, day: Day, at: datetime) -> bool:
    """Keep a day and its signs, and take its mark away unless more came meanwhile; whether the day changed."""
    watched = watched_on(mark.device, mark.on)
    changed = _keep_day(watched, day, limits_on(mark.on), at)
    keep_signs(watched, day.signs, at=at)
    RemoteMark.objects.filter(pk=mark.pk, sequence=mark.sequence).delete()
    return changed


def watched_on(device: Device, on: date) -> Watched:
    """What a vehicle's records of a day have in common."""
    vehicle = vehicles_of([device.code], on).get(device.code)
    department = vehicle.department if vehicle else Department.objects.order_by("pk").filter(name=ENFORCEMENT).first()
    return Watched(device.code, on, vehicle, department or Department.objects.order_by("pk").first())


def _keep_day(watched: Watched, day: Day, limits: Limits, at: datetime) -> bool:
    if watched.department is None:  # a house without departments has nobody to show anything to
        return False
    values = _figures(day, limits) | watched.told
    number = number_of(REMOTE_DAYS, values)
    standing = RemoteDay.objects.select_for_update().filter(replaced_at=None)
    mine = standing.filter(vin=watched.vin, on=watched.on, source__startswith=GATEWAY).first()
    if mine and all(getattr(mine, name) == value for name, value in values.items()):
        return False
    if standing.filter(number=number).exclude(source__startswith=GATEWAY).exists():
        return False  # somebody corrected it, or a sheet said it: that stands
    if mine:
        RemoteDay.objects.filter(pk=mine.pk).update(replaced_at=at)
    insert_records(REMOTE_DAYS, [RemoteDay(number=number, source=gateway_source(), entered_at=at, **values)])
    return True


def _figures(day: Day, limits: Limits) -> dict[str, Any]:
    """The sums as they are kept, in the units of their fields."""
    sums = day.sums
    found: dict[str, float | None] = {
        "hours": sums.duration / 3600,
        "km": sums.km,
        "track_km": sums.track_km,
        "fuel_litres": sums.burnt.fuel_litres,
        "urea_litres": urea_litres(sums.urea, limits),
        "urea_level": sums.urea.level,
        "nox_ppm": sums.ppm,
        "nox_grams": sums.burnt.nox_grams,
        "nox_per_kwh": sums.burnt.nox_per_kwh,
        "complete": percent(sums.complete),
        "converted": percent(sums.converted),
    }
    rounded = {name: None if value is None else round(value, 2) for name, value in found.items()}
    return {**rounded, "trips": len(day.trips), "signs": len(day.signs)}
