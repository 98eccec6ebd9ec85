"""Reading stations and reaching the store."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from gongjian.telemetry.fates import Fate, Note
from gongjian.telemetry.listening import Watch, joined
from gongjian.telemetry.live.opening import live
from gongjian.telemetry.live.schema import REFUSED_KEPT
from gongjian.telemetry.models import HistoryAsked, Listening, Observation, Retention, RetentionKind, Source, Station, StationName
from gongjian.telemetry.moments import from_seconds, micros, seconds
from gongjian.telemetry.retaining import STREAMS_OF, kept_from
from gongjian.telemetry.store import Period, Store
from gongjian.telemetry.stores.database import DatabaseStore, standing
from gongjian.trail.clock import local_day

__all__ = [
    "expired",
    "live",
    "names_of",
    "newest_observations",
    "notes_since",
    "retentions",
    "source_known",
    "stations",
    "store",
    "watches_since",
]


class Newest(NamedTuple):
    """A value with its label (seconds), its flag and when it was entered (microseconds)."""

    at: int
    value: float | None
    flag: str
    entered_at: int


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


def newest_observations(stations: Collection[str], period: Period, after: datetime, until: datetime) -> dict[str, dict[str, Newest]]:
    """The newest standing value of every factor of these stations (codes) with a label after one moment up to another; one query.

    By station and factor.
    """
    labels = {"at__gt": seconds(after.replace(microsecond=0)), "at__lte": seconds(until.replace(microsecond=0))}
    rows = Observation.objects.filter(standing(None), series__station__code__in=list(stations), series__period=period.value, **labels)
    named = rows.order_by("at").values_list("series__station__code", "series__factor__code", "at", "value", "flag", "entered_at")
    found: dict[str, dict[str, Newest]] = {}
    for station, factor, at, value, flag, entered in named:
        found.setdefault(station, {})[factor] = Newest(at, value, flag, entered)
    return found


def retentions(on: date) -> dict[RetentionKind, Retention]:
    """The period that holds for each kind on a day; a kind without one is kept for ever."""
    begun = Retention.objects.filter(from_day__lte=on).order_by("from_day")
    return {RetentionKind(each.kind): each for each in begun}


class Expired(NamedTuple):
    """What a period of retention would delete: what is of ``before``, the oldest there is of it (None: nothing), and whole files."""

    retention: Retention
    before: datetime
    oldest: datetime | None
    files: int


def expired(now: datetime) -> list[Expired]:
    """What would be deleted now, by the periods that hold. Looks at all uploads: for people who wait."""
    holdings, files, found = live().holdings(), live().archived(), []
    refused = [each.frame.at // 1_000_000 for each in live().refusals(limit=REFUSED_KEPT)]
    for kind, retention in retentions(local_day(now)).items():
        if retention.months is not None:
            before, streams = kept_from(retention.months, now), STREAMS_OF[kind]
            firsts = [each.first for each in holdings if each.stream in streams] if streams else refused
            oldest = min((first for first in firsts if first < before), default=None)
            gone = sum(each.stream in streams and each.last <= before for each in files)
            found.append(Expired(retention, from_seconds(before), None if oldest is None else from_seconds(oldest), gone))
    return found


def watches_since(moment: datetime) -> list[Watch] | None:
    """When gateways listened since a moment, in order; None where none ever told: then nothing is known of it. Two queries at most."""
    rows = [Watch(*row) for row in Listening.objects.filter(until__gte=moment).values_list("begin", "until")]
    return joined(rows) if rows or Listening.objects.exists() else None


def notes_since(moment: datetime) -> list[Note]:
    """What devices were asked for since a moment, the oldest first: what a gateway that begins goes on with, and does not ask again."""
    return [_note(row) for row in HistoryAsked.objects.filter(seen_at__gte=moment).order_by("seen_at", "id")]


def _note(row: HistoryAsked) -> Note:
    seen, asked, over = (None if moment is None else micros(moment) for moment in (row.seen_at, row.asked_at, row.over_at))
    asking = row.device_id, row.stream, row.first, row.last, Fate(row.fate), row.rounds, row.tries
    return Note(*asking, row.wanted, row.came, row.said, seen or 0, asked, over)
