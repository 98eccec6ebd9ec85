"""The nightly work on what is old: months into files, files looked at, and what was kept long enough deleted."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from gongjian.telemetry.live.holding import Archived, Forgotten
from gongjian.telemetry.live.months import month_name, month_of
from gongjian.telemetry.models import Device, DeviceFactor, Retention, RetentionKind
from gongjian.telemetry.moments import micros
from gongjian.telemetry.queries import live, retentions
from gongjian.telemetry.retaining import STREAMS_OF, archived_before, kept_from
from gongjian.trail.actions import record
from gongjian.trail.clock import local_day

FILES_A_NIGHT: Final = 200
LOOKED_AT_A_NIGHT: Final = 200


def archive_months(*, now: datetime, most: int = FILES_A_NIGHT) -> list[Archived]:
    """Move months that ended long enough ago (``archived_before``) into files, at most so many; those made. The rest waits.

    Refusal where another process is at it or a file cannot be written or read; what was made before stays.
    """
    store, about = live(), _devices()
    made: list[Archived] = []
    while len(made) < most and (step := store.archive(archived_before(now), at=micros(now), devices=about, most=most - len(made))):
        made += step  # asked once more when all is done: what is in the way is told only then
    return made


def _devices() -> dict[int, dict[str, object]]:
    """What files say of devices, by number."""
    units: dict[int, dict[str, str]] = defaultdict(dict)
    for device, code, unit in DeviceFactor.objects.values_list("device_id", "code", "unit"):
        units[device][code] = unit
    rows = Device.objects.values_list("pk", "code", "name", "protocol")
    return {pk: {"code": code, "name": name, "protocol": protocol, "units": units.get(pk, {})} for pk, code, name, protocol in rows}


def check_archive(*, now: datetime, most: int = LOOKED_AT_A_NIGHT) -> list[str]:
    """Look at files, those first that were not for longest; a sentence for each that is lost or not what was written."""
    return live().check_files(most, at=micros(now))


def forget_expired(*, now: datetime) -> list[tuple[Retention, Forgotten]]:
    """Delete what was kept as long as the rules of this day say; of each kind what was deleted, noted in the log where it was anything."""
    found = []
    for retention in retentions(local_day(now)).values():
        if retention.months is not None:
            gone = _forget(retention, kept_from(retention.months, now))
            if any(gone):
                _tell(retention, gone, now)
            found.append((retention, gone))
    return found


def _forget(retention: Retention, before: int) -> Forgotten:
    store = live()
    if retention.kind == RetentionKind.REFUSED:
        return Forgotten(store.forget_refused(before * 1_000_000), 0, 0)
    steps = [store.forget(stream, before) for stream in STREAMS_OF[RetentionKind(retention.kind)]]
    return Forgotten(*(sum(each) for each in zip(*steps, strict=True)))


@transaction.atomic
def _tell(retention: Retention, gone: Forgotten, now: datetime) -> None:
    told: dict[str, Any] = {"before": month_name(month_of(kept_from(retention.months or 0, now))), **gone._asdict()}
    record("retention.applied", retention, by=None, at=now, after=told)
