"""What the page of the gateway shows: devices with how they are, strangers, refused frames."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gongjian.protocols.hj212.tolerances import tolerance_of
from gongjian.telemetry.live.port import Condition, KeptRefusal, Stranger
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import from_micros
from gongjian.telemetry.queries import live

SHOWN = 50
SKEWED = 300_000  # milliseconds of a clock that is worth a word
_PASSWORD = re.compile(r"PW=[^;]*")
_LONG = 400  # characters of a frame that are shown


@dataclass(frozen=True, slots=True)
class Line:
    """A device and how it is; without a condition it was never heard."""

    device: Device
    condition: Condition | None

    @property
    def last_seen(self) -> datetime | None:
        """When it was last heard."""
        return from_micros(self.condition.last_seen) if self.condition else None

    @property
    def skew(self) -> str:
        """How far its clock is off, in words; "" where it is not worth one."""
        off = self.condition.skew if self.condition else None
        if off is None or abs(off) < SKEWED:
            return ""
        minutes = abs(off) // 60_000
        span = f"{minutes // 1440} 天" if minutes >= 2880 else f"{minutes} 分钟"  # noqa: PLR2004 - two days
        return f"时钟{'快' if off > 0 else '慢'} {span}"

    @property
    def tolerated(self) -> str:
        """What its packets needed to be read, in words."""
        return "、".join(tolerance_of(self.condition.tolerated).words) if self.condition else ""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A refused frame as it is shown: never with a password."""

    kept: KeptRefusal

    @property
    def at(self) -> datetime | None:
        """When it came."""
        return from_micros(self.kept.frame.at)

    @property
    def text(self) -> str:
        """The frame, shortened, the password covered."""
        raw = self.kept.frame.raw
        plain = raw.decode("latin-1") if self.kept.frame.protocol == Protocol.HJ212 else raw.hex(" ")
        return _PASSWORD.sub("PW=••••••", "".join(each if each.isprintable() else "·" for each in plain))[:_LONG]


@dataclass(frozen=True, slots=True)
class StrangerLine:
    """A device nobody registered, as it is shown."""

    stranger: Stranger

    @property
    def last_seen(self) -> datetime | None:
        """When it last spoke."""
        return from_micros(self.stranger.last_seen)

    @property
    def protocol(self) -> str:
        """What it speaks, in words."""
        return str(Protocol(self.stranger.protocol).label)


def devices() -> QuerySet[Device]:
    """Every device with its station."""
    return Device.objects.select_related("station")


def lines(page: Sequence[Device]) -> list[Line]:
    """These devices with how they are; one look into the live store."""
    found = live().conditions([device.pk for device in page]) if page else {}
    return [Line(device, found.get(device.pk)) for device in page]


def strangers() -> list[StrangerLine]:
    """Who spoke without being registered, the latest first."""
    return [StrangerLine(each) for each in live().strangers(SHOWN)]


def refusals() -> list[RefusedLine]:
    """The latest refused frames that wait, of devices that are registered; those of strangers wait behind their names."""
    waiting = live().refusals(waiting=True, limit=4 * SHOWN)
    return [RefusedLine(kept) for kept in waiting if kept.frame.reason != "stranger"][:SHOWN]
