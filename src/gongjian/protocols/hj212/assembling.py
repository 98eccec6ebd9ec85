"""Packets that were split, joined again. Each part is read alone; they belong together by (MN, ST, CN, DataTime)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from gongjian.protocols.hj212.events import Packet, Reading

_PATIENCE: Final = timedelta(minutes=5)
_Key = tuple[str, str, str, datetime | None]


class Joined(NamedTuple):
    """The parts of one packet in the order of PNO, and whether all came."""

    parts: tuple[Packet, ...]
    complete: bool

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings of all parts."""
        return tuple(reading for part in self.parts for reading in part.readings)


@dataclass(slots=True)
class _Group:
    since: datetime
    total: int
    parts: dict[int, Packet] = field(default_factory=dict)

    def joined(self) -> Joined:
        return Joined(tuple(self.parts[number] for number in sorted(self.parts)), len(self.parts) == self.total)


class Assembler:
    """Keeps parts until their packet is whole, at most ``most`` of them and none longer than ``patience`` after the first.

    What is given up is handed back incomplete, never dropped in silence.
    """

    def __init__(self, patience: timedelta = _PATIENCE, most: int = 1000) -> None:
        self._patience = patience
        self._most = most
        self._groups: dict[_Key, _Group] = {}  # oldest first

    @property
    def held(self) -> int:
        """Parts being kept."""
        return sum(len(group.parts) for group in self._groups.values())

    def add(self, packet: Packet, at: datetime) -> list[Joined]:
        """What is whole, or was given up, now that this packet has come; a packet that was not split is whole at once.

        A part that comes again replaces the first; a part that names another total begins anew.
        """
        head = packet.head
        if head.total is None or head.part is None:
            return [*self.expire(at), Joined((packet,), complete=True)]
        found, key = self.expire(at), (head.mn, head.st, head.cn, packet.time)
        if key in self._groups and self._groups[key].total != head.total:
            found.append(self._groups.pop(key).joined())
        group = self._groups.setdefault(key, _Group(at, head.total))
        group.parts[head.part] = packet
        if len(group.parts) == group.total:
            return [*found, self._groups.pop(key).joined()]
        while self.held > self._most:
            found.append(self._groups.pop(next(iter(self._groups))).joined())
        return found

    def expire(self, now: datetime) -> list[Joined]:
        """What has waited too long, incomplete."""
        late = [key for key, group in self._groups.items() if now - group.since > self._patience]
        return [self._groups.pop(key).joined() for key in late]
