"""Noting that a gateway listens: what tells the silence of a device from that of the gateway."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from gongjian.telemetry.models import Listening

KEPT: Final = timedelta(days=60)


def note_listening(begin: datetime, *, now: datetime) -> None:
    """A gateway that began at a moment listens ``now``. System only: the gateway notes it every few seconds."""
    if not Listening.objects.filter(begin=begin).update(until=now):
        Listening.objects.filter(until__lt=now - KEPT).delete()
        Listening.objects.create(begin=begin, until=now)
