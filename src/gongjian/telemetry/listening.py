"""When a gateway listened, and how much of a silence was silence of a device and not of the gateway. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple


class Watch(NamedTuple):
    """A stretch of time over which a gateway listened and could keep what it heard."""

    begin: datetime
    end: datetime


def joined(watches: Iterable[Watch]) -> list[Watch]:
    """The same time without overlaps, in order: two gateways listen at once and it counts once."""
    found: list[Watch] = []
    for each in sorted(watches):
        if found and each.begin <= found[-1].end:
            found[-1] = Watch(found[-1].begin, max(found[-1].end, each.end))
        else:
            found.append(each)
    return found


def silent_from(watches: Sequence[Watch], heard: datetime, silence: timedelta) -> datetime | None:
    """When so much listening had passed since something was heard; None while it has not. ``watches`` are joined."""
    left = silence
    for watch in watches:
        begin = max(watch.begin, heard)
        if watch.end - begin > left:
            return begin + left
        left -= max(watch.end - begin, timedelta())
    return None
