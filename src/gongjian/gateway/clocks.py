"""The gateway's clocks: what it is told is received when it is received. Rules are handed a clock; only this module reads one."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from gongjian.telemetry.moments import micros

Clock = Callable[[], int]  # microseconds since 1970


def wall_clock() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1000


def running_from(moment: datetime) -> Clock:
    """A clock that shows this moment now and runs on: the day a demonstration lives on has its own."""
    shift = micros(moment) - wall_clock()
    return lambda: wall_clock() + shift


def patience() -> float:
    """Seconds that only go forward, to measure waiting with."""
    return time.monotonic()
