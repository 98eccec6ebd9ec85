"""The directory of devices out of the database, and whether it has changed."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Sum

from gongjian.gateway.known import Directory, Known
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.telemetry.models import Device
from gongjian.telemetry.passwords import digest_of, unlocked

_SAME = (
    "code",
    "longest",
    "password",
    "addresses",
    "most_per_second",
    "minute_interval",
    "asks_missing",
    "active",
    "revision",
)


def edition() -> tuple[int, int]:
    """Two numbers that differ after any change of any device; one query."""
    found = Device.objects.aggregate(count=Count("pk"), revisions=Sum("revision"))
    return found["count"], found["revisions"] or 0


def load(directory: Directory) -> None:
    """Bring a directory up to what is registered."""
    devices: dict[str, list[Known]] = defaultdict(list)
    for number, protocol, tolerances, kept, *rest in Device.objects.values_list("pk", "protocol", "tolerances", "sealing_key", *_SAME):
        plain = dict(zip(_SAME, rest, strict=True))
        devices[protocol].append(Known(number, allowed=mask_of(tolerances), key=unlocked(number, kept), **plain))
    directory.replace(devices)


def loaded() -> Directory:
    """All that is registered."""
    directory = Directory(digest=digest_of)
    load(directory)
    return directory


def mask_of(names: list[str]) -> int:
    """The mask of tolerances by their names; one that is no more allows nothing."""
    return sum(Tolerance[name].value for name in set(names) if name in Tolerance.__members__)
