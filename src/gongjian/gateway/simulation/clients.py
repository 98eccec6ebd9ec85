"""Made-up devices on real connections: what was sent, what was answered and when. A connection that breaks is made again."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple, cast

from gongjian.gateway.simulation import wire
from gongjian.protocols.gb17691 import decoding as vehicle_decoding
from gongjian.protocols.gb17691.frames import Frame
from gongjian.protocols.hj212.answers import request_done, request_taken
from gongjian.protocols.hj212.codes import PERIODS, Command
from gongjian.protocols.hj212.contents import HistoryQuery, content_of
from gongjian.protocols.hj212.decoding import Decoder
from gongjian.protocols.hj212.events import Packet
from gongjian.protocols.hj212.messages import send
from gongjian.protocols.hj212.moments import BEIJING
from gongjian.protocols.hj212.profiles import Profile
from gongjian.telemetry.live.packing import MICRO

WINDOW: Final = 40  # uploads sent again before the first is answered
RECONNECT: Final = 0.3  # seconds
STEPS: Final = {Command.MINUTE: 60, Command.HOUR: 3600, Command.DAY: 86_400, Command.REALTIME: 1}


class Target(NamedTuple):
    """Where to connect."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None


@dataclass(slots=True)
class Tally:
    """What all devices did together. ``acknowledged`` names (device, moment) where a journal is kept."""

    sent: int = 0
    again: int = 0
    answered: int = 0
    wrong: int = 0
    connected: int = 0
    broken: int = 0
    history: int = 0
    waits: list[float] = field(default_factory=list)
    acknowledged: list[tuple[str, int]] | None = None


class Waiting(NamedTuple):
    """An upload that was sent, first and last at these seconds, and not answered."""

    since: float
    last: float
    moment: int
    frame: bytes


class Line(asyncio.Protocol):
    """One connection of a device. A device has had many; only the present one counts."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """On the line."""
        self.transport = cast("asyncio.Transport", transport)
        self._client.begin(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """Off the line."""
        self._client.lost(self)

    def data_received(self, data: bytes) -> None:
        """For the device."""
        self._client.receive(data)


class Client:
    """One device. ``waiting`` are its unanswered uploads by what their answer will repeat; with a ``key`` it seals what it says."""

    key: bytes | None = None

    def __init__(self, name: str, target: Target, tally: Tally, patience: Callable[[], float]) -> None:
        self.name = name
        self.waiting: dict[str, Waiting] = {}
        self._due: deque[str] = deque()
        self._repeated: set[str] = set()  # may be answered twice
        self.spoken = 0  # microseconds of the last QN: no two are the same
        self._target, self._tally, self._patience = target, tally, patience
        self._line: Line | None = None
        self._left = b""
        self._over = False

    async def connect(self) -> None:
        """Connect, as often as it takes; send again what was not answered."""
        loop = asyncio.get_running_loop()
        while not self._over and self._line is None:
            try:
                await loop.create_connection(lambda: Line(self), self._target.host, self._target.port, ssl=self._target.tls)
            except OSError:
                await asyncio.sleep(RECONNECT)

    def begin(self, line: Line) -> None:
        """On the line."""
        self._line = line
        self._left = b""
        self._tally.connected += 1
        self._due = deque(self.waiting)
        for _ in range(WINDOW):
            self._send_due()
        self.greet()

    def greet(self) -> None:
        """What is said first; nothing."""

    def receive(self, data: bytes) -> None:
        """What the gateway says."""
        raise NotImplementedError

    def lost(self, line: Line) -> None:
        """Off the line: connect again, unless it is over, or that was not the present one."""
        if line is not self._line:
            return
        self._line = None
        if not self._over:
            self._tally.broken += 1
            self._task = asyncio.get_running_loop().create_task(self.connect())

    def write(self, frame: bytes) -> None:
        """Send, where there is a connection."""
        if self._line is not None and self._line.transport is not None and not self._line.transport.is_closing():
            self._line.transport.write(frame)

    def upload(self, key: str, moment: int, frame: bytes) -> None:
        """Send something that will be answered; without a connection it waits for one."""
        now = self._patience()
        self.waiting[key] = Waiting(now, now, moment, frame)
        self._tally.sent += 1
        self.write(frame)

    def _send_due(self) -> None:
        """One more of what was under way when the line broke: a window at a time, as answers come."""
        while self._due:
            key = self._due.popleft()
            if key in self.waiting:
                self._repeat(key)
                return

    def _repeat(self, key: str) -> None:
        self._repeated.add(key)
        self._tally.again += 1
        self.waiting[key] = self.waiting[key]._replace(last=self._patience())
        self.write(self.waiting[key].frame)

    def send_again(self, before: float) -> None:
        """Send once more what was last sent before that moment and not answered."""
        for key, each in list(self.waiting.items()):
            if each.last < before and self._line is not None:
                self._repeat(key)

    def answered(self, key: str | None) -> None:
        """An answer has come; one nobody waits for is wrong."""
        found = self.waiting.pop(key, None) if key is not None else None
        self._send_due()
        if found is None:
            self._tally.wrong += key not in self._repeated
            return
        self._tally.answered += 1
        self._tally.waits.append(self._patience() - found.since)
        if self._tally.acknowledged is not None:
            self._tally.acknowledged.append((self.name, found.moment))

    def end(self) -> None:
        """Close and stay closed."""
        self._over = True
        if self._line is not None and self._line.transport is not None:
            self._line.transport.close()


class Hj212Client(Client):
    """An instrument: every answer is checked, requests for history are answered."""

    def receive(self, data: bytes) -> None:
        """Answers and questions."""
        *frames, self._left = (self._left + data).split(b"\r\n")
        for frame in frames:
            if b";CN=9014;" in frame:
                self.answered(wire.answered_qn(frame))
            else:
                self._asked(frame + b"\r\n")

    def _asked(self, frame: bytes) -> None:
        for event in Decoder(Profile("made-up", key=self.key)).receive(frame):
            if isinstance(event, Packet):
                self._told(event)
            else:
                self._tally.wrong += 1

    def _told(self, packet: Packet) -> None:
        query = content_of(packet)
        self.write(send(request_taken(packet), key=self.key))
        if isinstance(query, HistoryQuery) and query.command in PERIODS:
            first, last, step = int(query.begin.timestamp()), int(query.end.timestamp()), STEPS[query.command]
            for place, moment in enumerate(range(first, last + 1, step)):
                qn = wire.qn_of(int(query.end.timestamp()) * MICRO + 1000 * place)
                self._tally.history += 1
                self.upload(qn, moment, wire.upload_frame(self.name, qn, moment, query.command, self.key))
        self.write(send(request_done(packet), key=self.key))


class VehicleClient(Client):
    """A vehicle: logs in when it comes on the line; answers repeat command and moment."""

    number = 0
    moment: Callable[[], datetime]

    def greet(self) -> None:
        """Log in."""
        at = self.moment()
        self.upload(_key(1, at), int(at.timestamp()), wire.login_frame(self.number, at))
        self._decoder = vehicle_decoding.Decoder()

    def receive(self, data: bytes) -> None:
        """Answers."""
        for event in self._decoder.receive(data):
            self.answered(f"{event.command}:{event.data.hex()}" if isinstance(event, Frame) else None)


def _key(command: int, at: datetime) -> str:
    local = at.astimezone(BEIJING)
    return f"{command}:{bytes([local.year - 2000, local.month, local.day, local.hour, local.minute, local.second]).hex()}"


def second_key(at: datetime) -> str:
    """What the answer to a second of a vehicle repeats."""
    return _key(2, at)
