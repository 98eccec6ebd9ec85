"""The gateway as a whole: begins, sweeps once a second, looks at the register of devices, shuts down without losing anything."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from gongjian.gateway.committing import Committer, Told, Writing
from gongjian.gateway.limits import Limits
from gongjian.gateway.links import Floor, Link, Session
from gongjian.gateway.listening import BACKLOG, Ports, port_of, serve_pages
from gongjian.gateway.sessions.desk import Desk, Sink
from gongjian.gateway.sessions.gb17691 import Gb17691Session
from gongjian.gateway.sessions.hj212 import Hj212Session
from gongjian.gateway.telling import Figures, exposition
from gongjian.telemetry.fates import Note

log = logging.getLogger("gongjian.gateway")
SWEEP: Final = 1.0  # seconds
LOOK: Final = 2  # sweeps between two looks at the register
TELL: Final = 10  # sweeps between two notes that the gateway listens
FAREWELL: Final = 8.0  # seconds for what is under way when shutting down
PROTOCOLS: Final[dict[str, Callable[[Desk, str, Sink], Session]]] = {"hj212": Hj212Session, "gb17691": Gb17691Session}


async def _untold() -> None:
    """Where nobody keeps when the gateway listened."""


async def _forgotten(notes: list[Note]) -> None:
    """Where nobody keeps what was asked for."""


@dataclass(slots=True)
class Surroundings:
    """What the gateway is given. ``refresh`` brings the desk's directory up to date, ``note`` keeps what devices were asked for.

    ``listens`` is told now and then that all is well: devices are heard, and what they say is kept. All three may take a while and fail.
    """

    writer: Writing
    clock: Callable[[], int]
    patience: Callable[[], float]
    refresh: Callable[[], Awaitable[None]]
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext | None = None
    note: Callable[[list[Note]], Awaitable[None]] = _forgotten
    listens: Callable[[], Awaitable[None]] = _untold


class Gateway:
    """One process's listeners."""

    def __init__(self, desk: Desk, around: Surroundings) -> None:
        self.figures = Figures()
        self._desk, self._around = desk, around
        told = Told(desk.tallies, self.figures)
        self.committer = Committer(around.writer, told, around.limits, around.patience, lambda: list(self.floor.links))
        self.floor = Floor(desk, self.committer, self.figures, around.limits, around.clock, around.patience)
        self._servers: list[asyncio.Server] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._notes: dict[tuple[int, ...], Note] = {}  # not yet kept
        self.ports: dict[str, int] = {}

    async def start(self, ports: Ports) -> None:
        """Listen. OSError where a port is taken."""
        loop = asyncio.get_running_loop()
        for protocol, made in PROTOCOLS.items():
            port = getattr(ports, protocol)
            if port is not None:
                server = await loop.create_server(
                    lambda made=made: Link(self.floor, made),
                    ports.host,
                    port,
                    backlog=BACKLOG,
                    ssl=self._around.tls,
                )
                self._listens(protocol, server)
        if ports.metrics is not None:
            pages = {"/metrics": self._metrics, "/health": self._health}
            self._listens("metrics", await serve_pages(ports.metrics_host, ports.metrics, pages))
        self._tasks = [loop.create_task(self.committer.run()), loop.create_task(self._sweep())]

    def _listens(self, name: str, server: asyncio.Server) -> None:
        self._servers.append(server)
        self.ports[name] = port_of(server)

    async def failed(self) -> None:
        """Return never, unless a part of the gateway has failed: then raise what it raised."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Take nothing more in, make durable and answer what is here, then close."""
        for server in self._servers:
            server.close()
        for link in list(self.floor.links):
            link.hold()
        await self.committer.close(FAREWELL)
        await self._note_asked()
        for link in list(self.floor.links):
            link.close()
        await asyncio.sleep(0.05)  # answers leave
        for link in list(self.floor.links):
            link.abort()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):  # what failed was told by ``failed``
                await task

    async def _sweep(self) -> None:
        turn = 0
        while True:
            await asyncio.sleep(SWEEP)
            now, clock = self._around.patience(), self._around.clock()
            for link in list(self.floor.links):
                link.sweep(now, clock)
            self.committer.stir()
            turn += 1
            if turn % LOOK == 0:
                await self._refresh()
                await self._note_asked()
            if turn % TELL == 1 and not self.committer.trouble:
                await self._tell()

    async def _tell(self) -> None:
        try:
            await self._around.listens()
        except Exception:
            log.exception("网关运行时段暂时没有保存，稍后再试。")

    async def _note_asked(self) -> None:
        """Keep how far asking is; what cannot be kept now is kept later, the newest of each."""
        self._notes |= {note[:4]: note for note in self._desk.gaps.drained()}
        if not self._notes:
            return
        try:
            await self._around.note(list(self._notes.values()))
        except Exception:
            log.exception("补调记录暂时没有保存，稍后再试。")
        else:
            self._notes.clear()

    async def _refresh(self) -> None:
        """A database out of reach leaves the register as it was: devices known go on."""
        try:
            await self._around.refresh()
        except Exception:
            log.exception("读取联网设备失败，沿用原有登记。")

    def _metrics(self) -> tuple[int, str, str]:
        gauges = {
            "connections": float(len(self.floor.links)),
            "backlog": float(self.committer.backlog),
            "storing": float(not self.committer.trouble),
            "devices": float(len(self._desk.directory)),
            "history_requests_total": float(self._desk.gaps.asked),
        }
        return 200, "text/plain; version=0.0.4", exposition(self.figures, gauges)

    def _health(self) -> tuple[int, str, str]:
        """503 while data cannot be stored."""
        trouble = self.committer.trouble
        told = {
            "ok": not trouble,
            "trouble": trouble,
            "connections": len(self.floor.links),
            "backlog": self.committer.backlog,
            "packets": self.figures.packets,
            "devices": len(self._desk.directory),
        }
        return 503 if trouble else 200, "application/json", json.dumps(told, ensure_ascii=False) + "\n"
