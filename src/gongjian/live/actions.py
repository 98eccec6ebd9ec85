"""What people do on the live pages: take a device in that nobody has registered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongjian.people.models import User
from gongjian.telemetry.actions import enrol, save_device
from gongjian.telemetry.models import Device, Station


@transaction.atomic
def take_in(protocol: str, code: str, *, name: str, station: Station | None, by: User | None, at: datetime) -> Device:
    """Register a device that was heard, at its station where that is known already. Refusal for one that is registered."""
    device = enrol(protocol, code, name=name, by=by, at=at)
    if station is None:
        return device
    device.station = station
    return save_device(device, by=by, at=at)
