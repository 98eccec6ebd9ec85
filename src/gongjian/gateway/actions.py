"""What people do at the gateway: take refused frames after all."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from gongjian.gateway.loading import loaded
from gongjian.gateway.replaying import retaken
from gongjian.gateway.sessions.desk import Desk
from gongjian.people.models import User
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.telemetry.moments import micros
from gongjian.telemetry.queries import live
from gongjian.trail.clock import local_day

MOST = 20_000  # as many as are kept


class Replayed(NamedTuple):
    """How many refused frames were tried again, and how many were taken."""

    tried: int
    taken: int


def replay(code: str = "", *, by: User | None, at: datetime) -> Replayed:
    """Take what the devices' profiles allow by now, of one device or of all. What is still refused stays as it was."""
    require(by, Permission.DEVICE_MANAGE, on=local_day(at))
    store = live()
    waiting = store.refusals(name=code, waiting=True, limit=MOST)
    found = retaken(waiting, Desk(loaded()))
    store.append(found.batch)
    store.replayed(found.numbers, micros(at))
    return Replayed(len(waiting), len(found.numbers))
