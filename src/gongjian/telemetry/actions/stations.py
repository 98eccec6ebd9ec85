"""Registering stations and factors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.saving import save_with_event
from gongjian.telemetry.asking import require_system
from gongjian.telemetry.models import Factor, Kind, Station, StationName

STATION = ("code", "name", "kind", "longitude", "latitude", "district", "active")
FACTOR = ("code", "name", "unit")


@dataclass(frozen=True, slots=True)
class StationCard:
    """What is to be known of a station; ``names`` are other names feeds print for it. Degrees in CGCS2000."""

    code: str
    name: str
    kind: str = Kind.AIR
    longitude: float | None = None
    latitude: float | None = None
    district: str = ""
    names: tuple[str, ...] = ()


@transaction.atomic
def ensure_station(card: StationCard, *, by: User | None, at: datetime) -> Station:
    """Register a station, or bring what is known of it up to the card; its names are added, never taken away.

    Refusal when one of the names means another station already.
    """
    require_system(by)
    station = Station.objects.filter(code=card.code).first() or Station(code=card.code)
    for field in ("name", "kind", "longitude", "latitude", "district"):
        setattr(station, field, getattr(card, field))
    save_with_event(station, STATION, by=by, at=at)
    for name in card.names:
        known = StationName.objects.filter(name=name).first() or StationName(name=name, station=station)
        if known.station_id != station.pk or Station.objects.filter(name=name).exclude(pk=station.pk).exists():
            msg = f"“{name}”已经是另一个监测站点的名称，请核对“{card.name}”的别名。"
            raise Refusal(msg)
        save_with_event(known, ("name", "station"), by=by, at=at)
    return station


@transaction.atomic
def ensure_factors(factors: Iterable[tuple[str, str, str]], *, by: User | None, at: datetime) -> None:
    """Register factors given as (code, Chinese name, unit), or bring their names and units up to date."""
    require_system(by)
    for code, name, unit in factors:
        factor = Factor.objects.filter(code=code).first() or Factor(code=code)
        factor.name, factor.unit = name, unit
        save_with_event(factor, FACTOR, by=by, at=at)
