"""How devices talk: who is on the line, what came of which kind in which hour, what was refused and why, in readable words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Q

from gongjian.live.queries.newest import SILENT
from gongjian.protocols.hj212.tolerances import tolerance_of
from gongjian.telemetry.live.packing import MICRO, RESENT
from gongjian.telemetry.live.port import Condition, Heard, KeptRefusal, Stream
from gongjian.telemetry.models import Device, Protocol
from gongjian.telemetry.moments import from_micros, from_seconds, micros, seconds
from gongjian.telemetry.queries import live

HOURS: Final = 24
HOUR: Final = 3600
SKEWED: Final = 60_000  # milliseconds: a clock further off than a minute is told
FRAMES: Final = 50  # refused frames shown
SHOWN: Final = 600  # characters of a frame
KINDS: Final = {
    Stream.REAL_TIME: "实时数据",
    Stream.MINUTE: "分钟数据",
    Stream.HOUR: "小时数据",
    Stream.DAY: "日数据",
    Stream.STATE: "设备状态",
    Stream.RUN_TIME: "运行时间",
    Stream.BOOT: "开机",
    Stream.LOGIN: "车辆登入",
    Stream.VEHICLE: "车辆数据",
    Stream.LOGOUT: "车辆登出",
}
_INSTRUMENT: Final = (Stream.REAL_TIME, Stream.MINUTE, Stream.HOUR, Stream.DAY, Stream.STATE, Stream.BOOT)
_VEHICLE: Final = (Stream.LOGIN, Stream.VEHICLE, Stream.LOGOUT)
_PASSWORD: Final = re.compile(r"(PW=)[^;&]*", re.IGNORECASE)
_TOLERANCES: Final = RESENT - 1


class Cell(NamedTuple):
    """Uploads of one kind in one hour; ``late`` of them came again or after younger ones, ``due`` should have come (None: no rhythm)."""

    came: int
    late: int
    due: int | None

    @property
    def missing(self) -> bool:
        """Whether less came than should have."""
        return self.due is not None and self.came < self.due


class Hour(NamedTuple):
    """The uploads of moments within one hour, by kind."""

    begin: datetime
    cells: tuple[Cell, ...]


class Frame(NamedTuple):
    """A refused frame: when, why in words, its text without the password, whether it was taken after all."""

    at: datetime
    sentence: str
    text: str
    peer: str
    replayed: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """How one device talked. Moments on the monitoring clock; ``skew`` in seconds."""

    device: Device
    condition: Condition | None
    online: bool
    kinds: tuple[str, ...]
    hours: tuple[Hour, ...]
    frames: tuple[Frame, ...]
    tolerated: tuple[str, ...]
    latest: tuple[tuple[str, datetime, datetime], ...]  # kind, moment, when received

    @property
    def first_seen(self) -> datetime | None:
        """When it was first heard."""
        return None if self.condition is None else from_micros(self.condition.first_seen)

    @property
    def last_seen(self) -> datetime | None:
        """When it was last heard."""
        return None if self.condition is None else from_micros(self.condition.last_seen)

    @property
    def clock(self) -> str:
        """How its clock stands against ours, in words."""
        skew = None if self.condition is None else self.condition.skew
        if skew is None:
            return "未知"
        if abs(skew) < SKEWED:
            return f"准（相差 {abs(skew) / 1000:.0f} 秒）"
        return f"{'快' if skew > 0 else '慢'} {abs(skew) / 1000:,.0f} 秒，请校时"

    @property
    def clock_is_off(self) -> bool:
        """Whether somebody should set it."""
        return self.condition is not None and abs(self.condition.skew or 0) >= SKEWED

    @property
    def late(self) -> int:
        """How many uploads of the hours shown were sent again or late."""
        return sum(cell.late for hour in self.hours for cell in hour.cells)


def find_device(protocol: str, code: str) -> Device | None:
    """A device by what it calls itself."""
    return Device.objects.filter(protocol=protocol, code=code).select_related("station").first()


def talk_of(device: Device, at: datetime) -> Talk:
    """The talk of the last ``HOURS`` hours."""
    streams = _VEHICLE if device.protocol == Protocol.GB17691 else _INSTRUMENT
    begin = seconds(at.replace(minute=0, second=0, microsecond=0)) - (HOURS - 1) * HOUR
    heard = {stream: live().between(device.pk, stream, begin, begin + HOURS * HOUR) for stream in streams}
    told = [stream for stream in streams if heard[stream]]
    condition = live().conditions([device.pk]).get(device.pk)
    frames = live().refusals(device=device.pk, limit=FRAMES)
    marks = (condition.tolerated if condition else 0) & _TOLERANCES
    return Talk(
        device=device,
        condition=condition,
        online=is_online(condition, at),
        kinds=tuple(KINDS[stream] for stream in told),
        hours=_hours(device, {stream: heard[stream] for stream in told}, begin, at),
        frames=tuple(map(_frame, frames)),
        tolerated=tolerance_of(marks).words,
        latest=tuple(_latest(device, streams)),
    )


def is_online(condition: Condition | None, at: datetime) -> bool:
    """Whether it was heard lately."""
    return condition is not None and micros(at) - condition.last_seen < SILENT / timedelta(microseconds=1)


def _latest(device: Device, streams: Sequence[Stream]) -> Iterator[tuple[str, datetime, datetime]]:
    for stream in streams:
        if one := live().latest([device.pk], stream).get(device.pk):
            yield KINDS[stream], from_seconds(one.moment), from_seconds(one.received // MICRO)


def _hours(device: Device, heard: dict[Stream, list[Heard]], begin: int, at: datetime) -> tuple[Hour, ...]:
    """The latest hour first."""
    counts = {stream: _counted(rows, begin) for stream, rows in heard.items()}
    due = {Stream.MINUTE: 60 // device.minute_interval, Stream.HOUR: 1}
    running = (seconds(at.replace(microsecond=0)) - begin) // HOUR
    return tuple(
        Hour(
            from_seconds(begin + number * HOUR),
            tuple(Cell(*counts[stream][number], due.get(stream) if number < running else None) for stream in heard),
        )
        for number in range(HOURS - 1, -1, -1)
    )


def _counted(rows: Sequence[Heard], begin: int) -> list[tuple[int, int]]:
    """Of each hour how many moments came, and how many uploads were late; a moment sent twice is one."""
    moments = {row.moment for row in rows}
    came = Counter((moment - begin) // HOUR for moment in moments)
    late = Counter((row.moment - begin) // HOUR for row in rows if row.marks & RESENT)
    return [(came[number], late[number]) for number in range(HOURS)]


def _frame(kept: KeptRefusal) -> Frame:
    one = kept.frame
    at = from_micros(one.at) or from_seconds(0)
    return Frame(
        at, one.sentence, frame_text(one.protocol, one.raw), one.peer, None if kept.replayed is None else from_micros(kept.replayed)
    )


def frame_text(protocol: str, raw: bytes) -> str:
    """A frame as it can be read: text without its password, or bytes in pairs of hexadecimal digits."""
    if protocol == Protocol.GB17691:
        text = raw.hex(" ")
    else:
        text = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in raw.decode("ascii", "backslashreplace"))
        text = _PASSWORD.sub(r"\1******", text)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


class Line(NamedTuple):
    """One device of the list."""

    device: Device
    condition: Condition | None
    online: bool
    last_seen: datetime | None


def devices_listed(text: str, at: datetime) -> list[Line]:
    """Devices in use and how they are, those that are silent first; one query and one question to the live store."""
    rows = Device.objects.filter(active=True).select_related("station")
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(station__name__icontains=text))
    devices = list(rows)
    conditions = live().conditions([device.pk for device in devices]) if devices else {}
    lines = [_line(device, conditions.get(device.pk), at) for device in devices]
    return sorted(lines, key=lambda line: (line.online, line.device.protocol, line.device.code))


def _line(device: Device, condition: Condition | None, at: datetime) -> Line:
    seen = None if condition is None else from_micros(condition.last_seen)
    return Line(device, condition, is_online(condition, at), seen)
