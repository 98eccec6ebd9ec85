"""All vehicles that report by themselves, for the list: who is on the line, since when silent, with which signs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Count, Q

from gongjian.live.queries.devices import is_online
from gongjian.live.queries.vehicles import Vehicle, vehicles_now
from gongjian.mobile.models import RemoteSign
from gongjian.mobile.models import Vehicle as Entry
from gongjian.mobile.queries.remote import vehicles_of
from gongjian.mobile.remote.vocabulary import SIGNS, Sign
from gongjian.mobile.remote_limits import limits_on
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import from_micros
from gongjian.telemetry.queries import live
from gongjian.trail.clock import local_day

BACK: Final = timedelta(30)  # signs older than this are history
ANY: Final = "any"


class Sieve(NamedTuple):
    """What the list is narrowed to: words, how the line is (``STATES``), a sign or ``ANY``, and how it is sorted (``SORTS``)."""

    text: str = ""
    state: str = ""
    sign: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A vehicle and when it was last heard, at ``at``; its signs of late, by kind."""

    device: Device
    online: bool
    last_seen: datetime | None
    at: datetime
    signs: Counter[str] = field(default_factory=Counter)

    @property
    def silent_days(self) -> int | None:
        """Whole days since it was heard; None for one that never was."""
        return None if self.last_seen is None else (self.at - self.last_seen).days

    @property
    def told(self) -> list[tuple[str, int]]:
        """Its signs in words, the most frequent first."""
        return [(SIGNS[Sign(sign)].title, times) for sign, times in self.signs.most_common()]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: with what it says now, and the vehicle of the ledger, None where its VIN stands in none."""

    heard: Heard
    now: Vehicle
    entry: Entry | None


def _silent(one: Heard, least: int) -> bool:
    return one.silent_days is not None and one.silent_days >= least


_STATES: Final[Mapping[str, tuple[str, Callable[[Heard, int], bool]]]] = {
    "online": ("在线", lambda one, _least: one.online),
    "offline": ("离线", lambda one, _least: not one.online),
    "silent": ("长期没有数据", _silent),
    "never": ("从未收到数据", lambda one, _least: one.last_seen is None),
}
_SORTS: Final[Mapping[str, tuple[str, Callable[[Heard], tuple[object, ...]]]]] = {
    "": ("在线的在前", lambda one: (not one.online,)),
    "signs": ("迹象多的在前", lambda one: (-one.signs.total(),)),
    "silent": ("没有数据最久的在前", lambda one: (-(10**6 if one.silent_days is None else one.silent_days),)),
    "code": ("按VIN", lambda _one: ()),
}
STATES: Final = {"": "全部", **{key: words for key, (words, _) in _STATES.items()}}
SORTS: Final = {key: words for key, (words, _) in _SORTS.items()}
KINDS: Final = {"": "全部", ANY: "有任一迹象", **{sign.value: SIGNS[sign].title for sign in Sign}}


def fleet(sieve: Sieve, at: datetime) -> list[Heard]:
    """Every vehicle in use that fits, sorted; two queries and one question to the live store."""
    rows = Device.objects.filter(active=True, protocol=Protocol.GB17691)
    if sieve.text:
        plates = Entry.objects.filter(code__icontains=sieve.text).exclude(vin="").values("vin")
        rows = rows.filter(Q(code__icontains=sieve.text) | Q(name__icontains=sieve.text) | Q(code__in=plates))
    devices, least = list(rows.order_by("code")), limits_on(local_day(at)).silent_days
    conditions = live().conditions([device.pk for device in devices]) if devices else {}
    signs = signs_of_late(at)
    seen = {pk: from_micros(condition.last_seen) for pk, condition in conditions.items()}
    found = [
        Heard(device, is_online(conditions.get(device.pk), at), seen.get(device.pk), at, signs.get(device.code, Counter()))
        for device in devices
    ]
    fits = [one for one in found if _fits(one, sieve, least)]
    key = _SORTS.get(sieve.sort, _SORTS[""])[1]
    return sorted(fits, key=lambda one: (*key(one), one.device.code))


def _fits(one: Heard, sieve: Sieve, least: int) -> bool:
    by_sign = not sieve.sign or bool(one.signs if sieve.sign == ANY else one.signs[sieve.sign])
    return by_sign and (sieve.state not in _STATES or _STATES[sieve.state][1](one, least))


def signs_of_late(at: datetime) -> Mapping[str, Counter[str]]:
    """By VIN how often each sign stands in the last ``BACK``; one query."""
    on = local_day(at)
    rows = RemoteSign.objects.filter(on__gt=on - BACK, on__lte=on, replaced_at=None).exclude(vin="").order_by()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for vin, sign, times in rows.values("vin", "sign").annotate(times=Count("pk")).values_list("vin", "sign", "times"):
        found[vin][sign] = times
    return found


def rows_of(heard: Sequence[Heard], at: datetime) -> list[Row]:
    """The lines of one page; one query and two questions to the live store, however many."""
    entries = vehicles_of([one.device.code for one in heard], local_day(at))
    now = vehicles_now([one.device for one in heard], at)
    return [Row(one, said, entries.get(one.device.code)) for one, said in zip(heard, now, strict=True)]
