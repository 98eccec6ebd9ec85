"""Seconds of a lorry, made in one line: steady driving, with what a test says differently, as columns or as frames."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from gongjian.mobile.remote.limits import Limits
from gongjian.mobile.remote.seconds import Seconds
from gongjian.protocols.gb17691.contents import content_bytes
from gongjian.protocols.gb17691.engine import QUANTITIES, engine_bytes
from gongjian.protocols.gb17691.layouts import Layout, Report, engine_item
from gongjian.telemetry.live.packing import MICRO, Content, heard, packed
from gongjian.telemetry.live.port import Stream

VIN = "LTESTREM000000001"
BEGIN = int(datetime(2020, 10, 20, 8, tzinfo=timezone(timedelta(hours=8))).timestamp())
STEADY = {
    "speed": 36.0,
    "engine_speed": 1200.0,
    "fuel_flow": 12.0,
    "nox_upstream": 400.0,
    "nox_downstream": 40.0,
    "reagent_level": 60.0,
    "intake_air": 390.0,
    "scr_inlet_temperature": 280.0,
    "coolant_temperature": 82.0,
    "longitude": 116.5,
    "latitude": 39.79,
}
LIMITS = Limits(datetime(2018, 1, 1, tzinfo=UTC).date(), "test", 45.0, 0.835, 0.205, 3.0, 7.0, 0.3, 500.0, 14)


def seconds(count, *, begin=BEGIN, step=1, **said):
    """``count`` seconds of steady driving; a value of ``said`` is a number, None, or one for each second."""
    told = STEADY | said
    values = {name: np.full(count, np.nan) for name in QUANTITIES}
    for name, value in told.items():
        values[name] = np.full(count, np.nan if value is None else value) if np.ndim(value) == 0 else np.asarray(value, float)
    return Seconds(begin + step * np.arange(count, dtype=np.int64), values)


def wavering(count, middle, by):
    """Values that go up and down, as a sensor's do."""
    return middle + by * np.sin(np.arange(count) / 7)


def falling(count, begin, end):
    """A level on its way down, in the steps of the wire."""
    return np.round(np.linspace(begin, end, count) * 2.5) / 2.5


def data(moment, values, *, layout=Layout.SERIAL_FIRST, more=()):
    """The data of a frame of one second."""
    at = datetime.fromtimestamp(moment, UTC)
    item = engine_item(engine_bytes(values), serial=1, time=at)
    return content_bytes(Report(at, 1, (item, *more)), layout)


def upload(seq, moment, body, *, device=1, marks=0):
    """A frame's data as the store hands it back."""
    return heard(seq, row(device, moment, body, marks), ())


def row(device, moment, body, marks=0):
    """A frame's data as the store takes it."""
    return packed(device, Stream.VEHICLE, moment, (moment + 2) * MICRO, Content(0, body, None, marks))
