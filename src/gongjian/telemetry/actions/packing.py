"""The nightly work on the live store: pack old days, drop what has been kept long enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.moments import seconds
from gongjian.telemetry.queries import live

PACKED_AFTER: Final = timedelta(days=3)
KEPT: Final = {  # what is not named is kept for ever: minutes, hours and days are what fines are argued about
    Stream.REAL_TIME: timedelta(days=400),
    Stream.STATE: timedelta(days=400),
    Stream.VEHICLE: timedelta(days=400),
}


def pack_days(*, now: datetime) -> int:
    """Pack what is older than ``PACKED_AFTER``, forget what ``KEPT`` no longer keeps; how many days of devices were packed."""
    store, at = live(), now.replace(microsecond=0)
    packed = 0
    while step := store.pack(seconds(at - PACKED_AFTER)):
        packed += step
    for stream, span in KEPT.items():
        store.forget(stream, seconds(at - span))
    return packed
