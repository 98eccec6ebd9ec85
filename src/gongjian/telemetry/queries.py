"""Reading stations and reaching the store."""

from __future__ import annotations

from gongjian.telemetry.live.opening import live
from gongjian.telemetry.models import Source, Station, StationName
from gongjian.telemetry.store import Store
from gongjian.telemetry.stores.database import DatabaseStore

__all__ = ["live", "names_of", "source_known", "stations", "store"]


def store() -> Store:
    """The store of observations of this installation."""
    return DatabaseStore()


def stations(kind: str, *, active_only: bool = True) -> list[Station]:
    """The stations of a kind, by code."""
    found = Station.objects.filter(kind=kind)
    return list(found.filter(active=True) if active_only else found)


def names_of(kind: str) -> dict[str, str]:
    """Every name and code that means a station of a kind, and the station's code; two queries."""
    aliases = StationName.objects.filter(station__kind=kind).values_list("name", "station__code")
    own = Station.objects.filter(kind=kind).values_list("code", "name")
    return {**dict(aliases), **{code: code for code, _ in own}, **{name: code for code, name in own}}


def source_known(label: str) -> bool:
    """Whether anything was ever written under this source."""
    return Source.objects.filter(label=label).exists()
