"""What a lorry says to the live store, and the work that is done on it."""

from __future__ import annotations

from datetime import date

from mobile.made_traffic import example, moment
from mobile.told_seconds import STEADY, data, row

from gongjian.mobile.actions import watch_vehicles
from gongjian.mobile.models import RemoteDay
from gongjian.telemetry.live.port import Batch, Condition
from gongjian.telemetry.moments import begin
from gongjian.telemetry.queries import live

TUESDAY, WEDNESDAY, SUNDAY = date(2020, 10, 20), date(2020, 10, 21), date(2020, 10, 25)
PLATE = example("road-checks")["label"]
WAVES = tuple(35.0 + number % 11 for number in range(400))


def say(device, on=TUESDAY, *, hour=8, count=360, step=10, moving=True, **said):
    """An hour of driving, told every ten seconds; NOx wavers unless it is said."""
    first = begin(on) + hour * 3600
    rows = []
    for number in range(count):
        values = STEADY | {"reagent_level": 84.0 - 3 * hour} | ({"nox_downstream": WAVES[number % 400]} if moving else {}) | said
        rows.append(row(device.pk, first + number * step, data(first + number * step, values)))
    last = rows[-1].received
    return live().append(Batch(rows, conditions=[Condition(device.pk, rows[0].received, last, 300, 0, count, 0, "10.0.0.9")]))


def watch(on=WEDNESDAY, hour=1):
    return watch_vehicles(at=moment(on, hour))


def standing(model=RemoteDay, **given):
    return list(model.objects.filter(replaced_at=None, **given).order_by("pk"))


def flat(device, **said):
    say(device, nox_downstream=12.0, moving=False, **said)
