"""A load: so many devices, so many packets a second, so long. What was sent, answered and lost, and how long answers took."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final, NamedTuple

from gongjian.gateway.simulation import wire
from gongjian.gateway.simulation.clients import STEPS, Client, Hj212Client, Tally, Target, VehicleClient, second_key
from gongjian.protocols.hj212.codes import Command
from gongjian.protocols.hj212.moments import BEIJING
from gongjian.telemetry.live.packing import MICRO

TICK: Final = 0.01  # seconds
CONNECTING: Final = 200  # at once
PATIENCE: Final = 10.0  # seconds without an answer until something is sent again
LAST_ANSWERS: Final = 25.0  # seconds to wait for them
KINDS: Final = {"realtime": Command.REALTIME, "minute": Command.MINUTE, "hour": Command.HOUR}


@dataclass(frozen=True, slots=True)
class Load:
    """``rate`` packets a second of all devices together for ``seconds``; ``skip`` is the share of periods that are left out, for gaps.

    ``begin``: the moment of the first period (seconds); of real-time data and vehicles it is always now.
    ``sealed``: instruments seal with their SM4 keys.
    """

    devices: int
    rate: float
    seconds: float
    kind: str = "minute"
    skip: float = 0.0
    begin: int = 0
    first: int = 0
    journal: bool = False
    sealed: bool = False


class Outcome(NamedTuple):
    """What became of a load. Waits in seconds; ``span`` is how long sending took."""

    tally: Tally
    lost: int
    span: float

    def wait(self, share: float) -> float:
        """How long an answer took, at most, for this share of them."""
        waits = sorted(self.tally.waits)
        return waits[min(len(waits) - 1, int(share * len(waits)))] if waits else 0.0

    def words(self) -> str:
        """All of it, for the command line."""
        tally = self.tally
        lines = [
            f"发送 {tally.sent:,} 包（{tally.sent / max(self.span, 1e-9):,.0f} 包/秒）",
            f"应答 {tally.answered:,}，丢失 {self.lost:,}，错误应答 {tally.wrong:,}",
            f"应答时延：p50 {self.wait(0.5) * 1000:.0f} 毫秒，p99 {self.wait(0.99) * 1000:.0f} 毫秒，最长 {self.wait(1) * 1000:.0f} 毫秒",
            f"连接 {tally.connected:,} 次，中断 {tally.broken:,} 次，重发 {tally.again:,} 包，应调补传 {tally.history:,} 包",
        ]
        return "\n".join(lines)


class Pulse(NamedTuple):
    """The clocks and the dice a load is given: microseconds of the day, seconds that only go forward, and chance."""

    clock: Callable[[], int]
    patience: Callable[[], float]
    chance: Random


async def run_hj212(load: Load, target: Target, pulse: Pulse) -> Outcome:
    """Instruments."""
    tally = Tally(acknowledged=[] if load.journal else None)
    clients = [Hj212Client(wire.mn(load.first + number), target, tally, pulse.patience) for number in range(load.devices)]
    for client in clients:
        client.key = wire.key_of(client.name) if load.sealed else None
    command = KINDS[load.kind]
    turns = int(load.rate * load.seconds / load.devices) + 1
    begin = load.begin or (pulse.clock() // MICRO // STEPS[command] - turns) * STEPS[command]  # up to now, never beyond

    def say(client: Client, turn: int, micro: int) -> None:
        moment = micro // MICRO if command is Command.REALTIME else begin + turn * STEPS[command]
        if load.skip and pulse.chance.random() < load.skip:
            return
        client.spoken = max(client.spoken + 1000, micro)
        qn = wire.qn_of(client.spoken)
        client.upload(qn, moment, wire.upload_frame(client.name, qn, moment, command, client.key))

    return await _run(load, clients, pulse, say, tally)


async def run_gb17691(load: Load, target: Target, pulse: Pulse) -> Outcome:
    """Vehicles: log in, a second at a time, log out at the end."""
    tally = Tally(acknowledged=[] if load.journal else None)
    clients = []
    for number in range(load.first, load.first + load.devices):
        client = VehicleClient(wire.vin(number), target, tally, pulse.patience)
        client.number, client.moment = number, lambda: _second(pulse.clock())
        clients.append(client)

    def say(client: Client, turn: int, micro: int) -> None:  # noqa: ARG001 - a vehicle counts by its clock
        at = _second(micro)
        if second_key(at) not in client.waiting and isinstance(client, VehicleClient):
            client.upload(second_key(at), int(at.timestamp()), wire.second_frame(client.number, at))

    return await _run(load, clients, pulse, say, tally)


def _second(micro: int) -> datetime:
    return datetime.fromtimestamp(micro // MICRO, BEIJING)


Say = Callable[[Client, int, int], None]


def _send_again(clients: Sequence[Client], pulse: Pulse) -> None:
    """What has waited as long as the protocol says, some devices at a time."""
    now = pulse.patience()
    for client in clients[int(now * 100) % 100 :: 100]:
        client.send_again(now - PATIENCE)


async def _run(load: Load, clients: Sequence[Client], pulse: Pulse, say: Say, tally: Tally) -> Outcome:
    for at in range(0, len(clients), CONNECTING):
        await asyncio.gather(*(client.connect() for client in clients[at : at + CONNECTING]))
    begun = pulse.patience()
    done, total = 0, int(load.rate * load.seconds)
    while done < total:
        due = min(total, int((pulse.patience() - begun) * load.rate))
        micro = pulse.clock()
        for number in range(done, due):
            say(clients[number % len(clients)], number // len(clients), micro)
        done = due
        _send_again(clients, pulse)
        await asyncio.sleep(TICK)
    span = pulse.patience() - begun
    limit = pulse.patience() + LAST_ANSWERS
    while any(client.waiting for client in clients) and pulse.patience() < limit:
        _send_again(clients, pulse)
        await asyncio.sleep(5 * TICK)
    lost = sum(len(client.waiting) for client in clients)
    for client in clients:
        client.end()
    await asyncio.sleep(TICK)
    return Outcome(tally, lost, span)
