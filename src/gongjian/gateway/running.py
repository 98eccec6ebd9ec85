"""The gateway in a process of its own: with the register, the store and the signals of this installation."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.db import close_old_connections

from gongjian.gateway import loading
from gongjian.gateway.clocks import Clock, patience
from gongjian.gateway.delegating import WriterProcess
from gongjian.gateway.limits import Limits
from gongjian.gateway.listening import Ports, raise_open_files, tls
from gongjian.gateway.serving import Gateway, Surroundings
from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.gaps import SPANS, Gaps
from gongjian.telemetry.actions import keep_notes, note_listening
from gongjian.telemetry.fates import OLDEST, Note
from gongjian.telemetry.live.opening import place
from gongjian.telemetry.live.packing import MICRO
from gongjian.telemetry.live.port import Batch
from gongjian.telemetry.moments import from_seconds
from gongjian.telemetry.queries import live, notes_since

Say = Callable[[str], object]
UNSAID: Final = 60 * MICRO  # so long without a note that the gateway listens, and it did not


@dataclass(frozen=True, slots=True)
class Orders:
    """How to run: where to listen, how much to allow, by which clock, with which certificate."""

    ports: Ports
    limits: Limits
    clock: Clock
    certificate: Path | None = None
    key: Path | None = None


async def run(orders: Orders, say: Say) -> None:
    """Serve until SIGINT or SIGTERM; says where when it listens. OSError where a port is taken."""
    raise_open_files()
    desk = await asyncio.to_thread(_desk, orders.clock)
    gc.collect()
    gc.freeze()  # what is here now stays: the collector need not look at it again
    gc.set_threshold(50_000, 20, 50)
    writer = WriterProcess(place())
    secured, kept = tls(orders.certificate, orders.key), (_noting(orders.clock), _listening(orders.clock))
    around = Surroundings(writer, orders.clock, patience, _refreshing(desk), orders.limits, secured, *kept)
    gateway = Gateway(desk, around)
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await writer.write(Batch())  # the process is there, and the store open, before the first packet
    await gateway.start(orders.ports)
    say("联网接入已就绪：" + "，".join(f"{name} {port}" for name, port in gateway.ports.items()) + f"；登记设备 {len(desk.directory)} 台。")
    try:
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(gateway.failed())
            await stop.wait()
            watch.cancel()
    finally:
        await gateway.stop()
        await writer.close()
    say("联网接入已停止。")


def _desk(clock: Clock) -> Desk:
    at = from_seconds(clock() // MICRO)
    newest = live().last_moments([stream.value for stream in SPANS])
    return Desk(loading.loaded(), gaps=Gaps(newest, notes=notes_since(at - OLDEST)))


def _noting(clock: Clock) -> Callable[[list[Note]], asyncio.Future[None]]:
    def keep(notes: list[Note]) -> None:
        close_old_connections()
        keep_notes(notes, now=_moment(clock()))

    return lambda notes: asyncio.ensure_future(asyncio.to_thread(keep, notes))


def _listening(clock: Clock) -> Callable[[], asyncio.Future[None]]:
    """Note that all is well. After a while in which nobody could say so, another stretch begins."""
    begin, last = 0, 0

    def tell() -> None:
        nonlocal begin, last
        close_old_connections()
        now = clock()
        if not begin or now - last > UNSAID:
            begin = now
        note_listening(_moment(begin), now=_moment(now))
        last = now

    return lambda: asyncio.ensure_future(asyncio.to_thread(tell))


def _moment(micro: int) -> datetime:
    return datetime.fromtimestamp(micro / MICRO, UTC)


def _refreshing(desk: Desk) -> Callable[[], asyncio.Future[None]]:
    seen: object = None

    def look() -> None:
        nonlocal seen
        close_old_connections()
        found = loading.edition()
        if found != seen:
            loading.load(desk.directory)
            seen = found

    return lambda: asyncio.ensure_future(asyncio.to_thread(look))
