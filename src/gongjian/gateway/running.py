"""The gateway in a process of its own: with the register, the store and the signals of this installation."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections

from gongjian.gateway import loading
from gongjian.gateway.clocks import Clock, patience, running_from, wall_clock
from gongjian.gateway.delegating import WriterProcess
from gongjian.gateway.limits import Limits
from gongjian.gateway.listening import Ports, raise_open_files, tls
from gongjian.gateway.serving import Gateway, Surroundings
from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.gaps import SPANS, Gaps
from gongjian.telemetry.live.opening import place
from gongjian.telemetry.queries import live
from gongjian.trail.clock import now

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Orders:
    """How to run: where to listen, how much to allow, with which certificate."""

    ports: Ports
    limits: Limits
    certificate: Path | None = None
    key: Path | None = None


async def run(orders: Orders, say: Say) -> None:
    """Serve until SIGINT or SIGTERM; says where when it listens. OSError where a port is taken."""
    raise_open_files()
    desk = await asyncio.to_thread(_desk)
    clock = await asyncio.to_thread(house_clock)
    gc.collect()
    gc.freeze()  # what is here now stays: the collector need not look at it again
    gc.set_threshold(50_000, 20, 50)
    writer = WriterProcess(place())
    around = Surroundings(writer, clock, patience, _refreshing(desk), orders.limits, tls(orders.certificate, orders.key))
    gateway = Gateway(desk, around)
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
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


def house_clock() -> Clock:
    """The clock the pages go by: the wall clock, but in a demonstration that of its own day."""
    return running_from(now()) if settings.DEMONSTRATION else wall_clock


def _desk() -> Desk:
    return Desk(loading.loaded(), gaps=Gaps(live().last_moments([stream.value for stream in SPANS])))


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
