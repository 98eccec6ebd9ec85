"""One TCP connection: bytes to its session, answers back, and how long it may be silent, slow, greedy or wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Final, Protocol, cast

from gongjian.gateway.committing import Committer
from gongjian.gateway.limits import Allowance, Limits
from gongjian.gateway.sessions.desk import Desk, Sink
from gongjian.gateway.telling import Figures
from gongjian.telemetry.addresses import is_within
from gongjian.telemetry.live.port import RefusedFrame, Row, Shape

KILOBYTE: Final = 1024
ANSWERS: Final = 64 * 1024  # bytes of answers a peer has not fetched, at which nothing more is read from it


class Session(Protocol):
    """What a link needs of a session."""

    protocol: str
    trouble: int
    good: int
    rate: int | None

    @property
    def held(self) -> int:
        """Bytes of a frame that has not ended."""

    def receive(self, data: bytes, now: int) -> int:
        """Deal with what came; how many frames."""

    def expire(self, now: int) -> int:
        """Give up the frame that has not ended."""

    def ask(self, now: int) -> None:
        """Ask for what is missing."""


class Pause(IntFlag):
    """Why nothing is read at present."""

    NONE = 0
    RATE = 1
    BACKLOG = 2
    ANSWERS = 4
    CLOSING = 8


@dataclass(slots=True)
class Floor:
    """What all links share. ``clock`` gives microseconds of the day, ``patience`` seconds that only go forward."""

    desk: Desk
    committer: Committer
    figures: Figures
    limits: Limits
    clock: Callable[[], int]
    patience: Callable[[], float]
    links: set[Link] = field(default_factory=set)
    by_address: dict[str, int] = field(default_factory=dict)

    def objection(self, peer: str) -> str:
        """Why nobody more may come from this address; "" where one may."""
        if len(self.links) >= self.limits.connections:
            return "connections"
        if self.by_address.get(peer, 0) >= self.limits.per_address:
            return "per-address"
        return "" if is_within(peer, self.limits.allow) else "address"


class Link(asyncio.Protocol):
    """A connection. Its session decides what is kept; what it keeps is answered by the committer."""

    def __init__(self, floor: Floor, made: Callable[[Desk, str, Sink], Session]) -> None:
        self._floor, self._made = floor, made
        self._transport: asyncio.Transport | None = None
        self._paused = Pause.NONE
        self._kept = 0
        self._waste = 0  # bytes since the last good packet
        self._since = 0.0  # when the frame began that has not ended
        self.peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let in or turn away."""
        self._transport = cast("asyncio.Transport", transport)
        self.peer = (transport.get_extra_info("peername") or ("",))[0]
        if why := self._floor.objection(self.peer):
            self._floor.figures.turned_away[why] += 1
            self._transport.abort()
            self._transport = None
            return
        self._transport.set_write_buffer_limits(high=ANSWERS)
        self._floor.links.add(self)
        self._floor.by_address[self.peer] = self._floor.by_address.get(self.peer, 0) + 1
        self._floor.figures.accepted += 1
        self._heard = self._floor.patience()
        self._allowance = Allowance(self._floor.limits.rate, self._heard)
        self._session = self._made(self._floor.desk, self.peer, self)
        if self._floor.committer.is_full:
            self.hold()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """What was half received is refused; answers still under way go nowhere."""
        if self not in self._floor.links:
            return
        self._transport = None
        self._floor.links.discard(self)
        left = self._floor.by_address[self.peer] - 1
        if left:
            self._floor.by_address[self.peer] = left
        else:
            del self._floor.by_address[self.peer]
        self._session.expire(self._floor.clock())

    def data_received(self, data: bytes) -> None:
        """Bytes for the session, and what they cost."""
        if self._transport is None:
            return
        floor, session = self._floor, self._session
        floor.figures.received += len(data)
        good = session.good
        frames = session.receive(data, floor.clock())
        self._waste = 0 if session.good > good else self._waste + len(data)
        now = floor.patience()
        if frames:
            self._heard = now
            self._spend(frames, now)
        if not session.held:
            self._since = 0.0
        elif frames or not self._since:
            self._since = now
        if session.trouble > floor.limits.trouble or self._waste > floor.limits.trouble * KILOBYTE:
            self.turn_out("trouble")

    def _spend(self, frames: int, now: float) -> None:
        rate = self._session.rate
        if rate is not None:
            self._allowance.rate = rate
        wait = self._allowance.spend(frames, now)
        if wait:
            self._pause(Pause.RATE)
            asyncio.get_running_loop().call_later(wait, self._go_on, Pause.RATE)

    def sweep(self, now: float, clock: int) -> None:
        """Once a second: ask for what is missing, close what has been silent or slow too long."""
        limits, session = self._floor.limits, self._session
        if self._since and now - self._since > limits.frame:
            self._since = 0.0
            session.expire(clock)
            if not session.good:
                self.turn_out("slow")
        elif now - self._heard > (limits.idle if session.good else limits.first):
            self.turn_out("idle" if session.good else "silent")
        elif session.good:
            session.ask(clock)

    def turn_out(self, why: str) -> None:
        """Close, after what is under way has been sent."""
        if self._transport is not None and not self._paused & Pause.CLOSING:
            self._floor.figures.turned_away[why] += 1
            self._pause(Pause.CLOSING)
            self._transport.close()

    def close(self) -> None:
        """Close without blame: the gateway shuts down."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    def keep(self, row: Row, shape: Shape, answer: bytes) -> None:
        """See ``Sink``."""
        self._floor.committer.keep(row, shape, self, answer)

    def send(self, data: bytes) -> None:
        """See ``Sink``."""
        self.answer(data)

    def refuse(self, frame: RefusedFrame) -> None:
        """See ``Sink``; of one connection only so many are kept."""
        self._kept += 1
        if self._kept <= self._floor.limits.kept:
            self._floor.committer.refuse(frame)
        else:
            self._floor.figures.refused[frame.protocol, frame.reason] += 1

    def answer(self, data: bytes) -> None:
        """Send; nothing where the peer has gone."""
        if self._transport is not None and data:
            self._transport.write(data)

    def pause_writing(self) -> None:
        """The peer does not fetch its answers: read nothing more from it."""
        self._pause(Pause.ANSWERS)

    def resume_writing(self) -> None:
        """It does again."""
        self._go_on(Pause.ANSWERS)

    def hold(self) -> None:
        """Read nothing more until what was read is durable."""
        self._pause(Pause.BACKLOG)

    def release(self) -> None:
        """Read on."""
        self._go_on(Pause.BACKLOG)

    def _pause(self, why: Pause) -> None:
        if not self._paused and self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()
        self._paused |= why

    def _go_on(self, why: Pause) -> None:
        self._paused &= ~why
        if not self._paused and self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()
