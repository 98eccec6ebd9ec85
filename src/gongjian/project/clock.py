"""The clock the gateway and its simulators go by: the one the pages show."""

from __future__ import annotations

from django.conf import settings

from gongjian.gateway.clocks import Clock, running_from, wall_clock
from gongjian.trail.clock import now


def house_clock() -> Clock:
    """The wall clock, but in a demonstration that of its own day."""
    return running_from(now()) if settings.DEMONSTRATION else wall_clock
