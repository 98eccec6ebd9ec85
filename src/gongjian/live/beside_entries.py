"""What this room adds to the page of a ledger's entry: the way from a vehicle to what it says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Subquery

from gongjian.ledgers.happenings import Offer
from gongjian.mobile.models import Vehicle
from gongjian.people.permissions import Asker, may
from gongjian.people.roles import Permission
from gongjian.telemetry.models import Device, Protocol


def vehicle_offers(entry: int, asker: Asker) -> Sequence[Offer]:
    """To those who may see ledgers, of a vehicle that reports by itself: its live page. One query."""
    if not may(asker, Permission.LEDGER_VIEW):
        return []
    vins = Vehicle.objects.filter(pk=entry).exclude(vin="").values("vin")
    device = Device.objects.filter(protocol=Protocol.GB17691, code__in=Subquery(vins)).first()
    return [Offer("远程监控", "activity", "live:vehicles", urlencode({"vin": device.code}))] if device else []
