"""The nightly packing of old days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from gongjian.telemetry.moments import seconds
from gongjian.telemetry.queries import live

PACKED_AFTER: Final = timedelta(days=3)


def pack_days(*, now: datetime) -> int:
    """Pack what is older than ``PACKED_AFTER``; how many days of devices were packed."""
    store, at = live(), now.replace(microsecond=0)
    packed = 0
    while step := store.pack(seconds(at - PACKED_AFTER)):
        packed += step
    return packed
