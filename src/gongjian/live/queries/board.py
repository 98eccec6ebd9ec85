"""The list of all stations with what they say now, narrowed as the address asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q

from gongjian.alarms.models import Outlet
from gongjian.live.queries.factors import instruments
from gongjian.live.queries.newest import Now, newest
from gongjian.live.queries.overlays import bounds_of, waiting_at
from gongjian.live.sorts import Sort, sort_of
from gongjian.people.permissions import Reach
from gongjian.telemetry.models import Device, Station

STATES = {"online": "在线", "offline": "离线", "over": "高于限值", "alarm": "有报警"}
LONGEST = 40  # characters of a search
MOST = 3_000  # stations looked at


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the list is narrowed to; empty: every station in use."""

    sort: str = ""
    state: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.sort or self.state or self.text)

    def query(self, **changed: str) -> str:
        """The address's parameters, some said differently."""
        said = {"sort": self.sort, "state": self.state, "text": self.text} | changed
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Card:
    """One station of the list: what it says, whose it is, how many alarms wait."""

    now: Now
    sort: Sort
    holder: str = ""
    simulated: bool = False
    alarms: int = 0

    @property
    def state(self) -> str:
        """The worst to be said of it, a key of ``STATES``."""
        if self.alarms:
            return "alarm"
        if not self.now.online:
            return "offline"
        return "over" if self.now.over else "online"

    def has(self, state: str) -> bool:
        """Whether a state holds of it; several may."""
        holds = {"online": self.now.online, "offline": not self.now.online, "over": bool(self.now.over), "alarm": bool(self.alarms)}
        return holds.get(state, True)


def sieve_of(parameters: Mapping[str, str]) -> Sieve:
    """The narrowing an address asks for; what it asks for wrongly is ignored."""
    sort, state = parameters.get("sort", ""), parameters.get("state", "")
    text = parameters.get("text", "").strip()[:LONGEST].replace("\0", "")
    return Sieve(sort if sort in set(Sort) else "", state if state in STATES else "", text)


def cards(sieve: Sieve, reach: Reach, at: datetime) -> list[Card]:
    """The stations a sieve lets through, by kind and name; the number of queries does not grow with them."""
    rows = Station.objects.filter(active=True)
    if sieve.text:
        named = Q(name__icontains=sieve.text) | Q(code__icontains=sieve.text) | Q(outlet__holder__icontains=sieve.text)
        rows = rows.filter(named | Q(devices__code__icontains=sieve.text)).distinct()
    found = _told(list(rows.order_by("kind", "name")[:MOST]), reach, at)
    order = list(Sort)
    fitting = (card for card in found if card.has(sieve.state) and sieve.sort in ("", card.sort))
    return sorted(fitting, key=lambda card: order.index(card.sort))


def cards_of(stations: Sequence[int], reach: Reach, at: datetime) -> list[Card]:
    """The cards of these stations (ids) in use."""
    return list(_told(list(Station.objects.filter(active=True, pk__in=stations)), reach, at))


def _told(stations: Sequence[Station], reach: Reach, at: datetime) -> Iterator[Card]:
    numbers = [station.pk for station in stations]
    known = instruments(numbers)
    told = newest(stations, known, bounds_of(numbers, at.date()), at)
    waiting = waiting_at(numbers, reach)
    outlets = Outlet.objects.filter(station__in=numbers).values_list("station_id", "holder", "simulated")
    holders = {station: (holder, simulated) for station, holder, simulated in outlets}
    for station in stations:
        sort = sort_of(station.kind, [one.code for one in known[station.pk].factors])
        holder, simulated = holders.get(station.pk, ("", False))
        yield Card(told[station.pk], sort, holder, simulated or _is_made_up(known[station.pk].devices), waiting.get(station.pk, 0))


def _is_made_up(devices: Sequence[Device]) -> bool:
    """The simulator and the demonstration name their devices so."""
    return any(device.code.startswith("SIM") for device in devices)


def counts(found: Sequence[Card]) -> Counter[str]:
    """How many of each kind, and in each state."""
    told: Counter[str] = Counter(card.sort.value for card in found)
    told.update(state for card in found for state in STATES if card.has(state))
    return told
