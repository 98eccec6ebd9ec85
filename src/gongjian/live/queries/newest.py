"""What stations say now: the newest values of each, how old they are, whether it is on the line, which values are beyond a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from gongjian.live.flags import flag_words
from gongjian.live.marking import Bounds
from gongjian.live.queries.factors import Instruments, Measured
from gongjian.telemetry.judged import Spoken, spoken
from gongjian.telemetry.live.packing import MICRO
from gongjian.telemetry.live.port import USABLE, Heard, Stream
from gongjian.telemetry.models import Station
from gongjian.telemetry.moments import from_seconds, micros
from gongjian.telemetry.queries import live, newest_observations
from gongjian.telemetry.store import Period

FRESH: Final = (Stream.REAL_TIME, Stream.MINUTE, Stream.HOUR)  # of these the one heard last is what a station says now
WORDS: Final = {Stream.REAL_TIME: "实时", Stream.MINUTE: "分钟", Stream.HOUR: "小时"}
SILENT: Final = timedelta(minutes=30)  # a device not heard for so long is off the line
STALE: Final = timedelta(hours=3)  # the same of stations that come as hours
RECENT: Final = timedelta(hours=48)  # how far back stations without devices are looked for


class Value(NamedTuple):
    """One judged value as a card shows it; ``over``: above or below what binds hours today. ``note`` is what its flag says, "" for nothing.

    ``converted``: it is reckoned to the reference oxygen, and ``measured`` is the value as measured.
    """

    code: str
    name: str
    unit: str
    value: float | None
    over: bool = False
    note: str = ""
    converted: bool = False
    measured: float | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """What a station says now. ``label`` ends the period of its values, ``heard_at`` is when they arrived; None where nothing did."""

    station: Station
    values: tuple[Value, ...] = ()
    label: datetime | None = None
    heard_at: datetime | None = None
    kind: str = ""
    online: bool = False
    seq: int = 0

    @property
    def over(self) -> int:
        """How many values are beyond their limit."""
        return sum(value.over for value in self.values)


@dataclass(slots=True)
class _Newest:
    label: int = 0
    received: int = 0
    kind: str = ""
    seq: int = 0
    values: dict[str, Spoken] = field(default_factory=dict)


def newest(
    stations: Sequence[Station], known: Mapping[int, Instruments], bounds: Mapping[tuple[int, str], Bounds], at: datetime
) -> dict[int, Now]:
    """What these stations say now, by id. One question to the live store for each stream, one query for stations without devices."""
    heard = _heard({device.pk for each in known.values() for device in each.devices})
    plain = [station.code for station in stations if not any(device.pk in heard for device in known[station.pk].devices)]
    stored = newest_observations(plain, Period.HOUR, at - RECENT, at) if plain else {}
    found = {}
    for station in stations:
        one = known[station.pk]
        latest = _of_devices(one, heard) or _of_store(stored.get(station.code, {}))
        found[station.pk] = _told(station, one, latest, bounds, at)
    return found


def _heard(devices: set[int]) -> dict[int, Heard]:
    """Of each device the upload of the stream whose period ended last."""
    found: dict[int, Heard] = {}
    for stream in FRESH if devices else ():
        for device, one in live().latest(sorted(devices), stream).items():
            if device not in found or one.received > found[device].received:
                found[device] = one
    return found


def _of_devices(known: Instruments, heard: Mapping[int, Heard]) -> _Newest | None:
    mine = sorted((heard[device.pk] for device in known.devices if device.pk in heard), key=lambda one: one.received)
    if not mine:
        return None
    last = mine[-1]
    lengths = {Stream.REAL_TIME: 0, Stream.HOUR: 3600, Stream.MINUTE: 60 * max(device.minute_interval for device in known.devices)}
    found = _Newest(last.moment + lengths[Stream(last.stream)], last.received, WORDS[Stream(last.stream)], max(one.seq for one in mine))
    by_device = {one.device: spoken(one) for one in mine}
    for one in known.factors:
        for wire in one.wires:
            if told := by_device.get(wire.device, {}).get(wire.code):
                value, measured = (None if each is None else each * wire.scale for each in (told.value, told.measured))
                found.values[one.code] = replace(told, value=value, measured=measured)
    return found


def _of_store(rows: Mapping[str, tuple[int, float | None, str, int]]) -> _Newest | None:
    if not rows:
        return None
    label = max(row[0] for row in rows.values())
    found = _Newest(label, max(row[3] for row in rows.values()), "小时")
    found.values = {code: Spoken(value, ord(flag)) for code, (at, value, flag, _) in rows.items() if at == label}
    return found


def _told(station: Station, known: Instruments, latest: _Newest | None, bounds: Mapping[tuple[int, str], Bounds], at: datetime) -> Now:
    if latest is None:
        return Now(station, tuple(Value(one.code, one.name, one.unit, None) for one in known.factors))
    values = tuple(_shown(one, latest, bounds.get((station.pk, one.code))) for one in known.factors)
    quiet = SILENT if known.devices else STALE
    online = micros(at) - latest.received < quiet.total_seconds() * MICRO
    heard_at = from_seconds(latest.received // MICRO)
    return Now(station, values, from_seconds(latest.label), heard_at, latest.kind, online, latest.seq)


def _shown(one: Measured, latest: _Newest, bound: Bounds | None) -> Value:
    said = latest.values.get(one.code, Spoken(None, 0))
    usable = said.value is not None and said.flag in USABLE
    over = usable and bound is not None and bound.passed(said.value)
    note = "" if usable else flag_words(said.flag)
    return Value(one.code, one.name, one.unit, said.value, over, note, said.converted, said.measured)
