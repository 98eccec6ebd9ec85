"""Devices, frames and a gateway made for tests."""

import asyncio
from contextlib import asynccontextmanager

from gongjian.gateway.clocks import patience
from gongjian.gateway.envelopes import Written
from gongjian.gateway.known import Directory, Known
from gongjian.gateway.limits import Limits
from gongjian.gateway.listening import Ports
from gongjian.gateway.serving import Gateway, Surroundings
from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.gaps import Gaps
from gongjian.gateway.simulation import wire
from gongjian.protocols.hj212.codes import Command
from gongjian.protocols.hj212.crc import crc_text
from gongjian.telemetry.live.memory import MemoryLive
from gongjian.telemetry.live.packing import MICRO
from gongjian.telemetry.live.port import NotStoredError

NOON = 1_717_214_400
NOW = (NOON + 3600) * MICRO
NAME, VIN = wire.mn(1), wire.vin(1)


def directory(**more):
    """One instrument with a password, one vehicle."""
    instrument = Known(**{"number": 1, "code": NAME, "password": wire.PASSWORD, "minute_interval": 1} | more)
    return Directory({"hj212": [instrument], "gb17691": [Known(2, VIN)]})


def upload(minute=0, command=Command.MINUTE, of=NAME):
    """An upload of the instrument."""
    return wire.upload_frame(of, wire.qn_of(NOW + 1000 * minute), NOON + 60 * minute, command)


def framed(segment):
    """A proper frame around any data segment."""
    return b"##%04d%b%b\r\n" % (len(segment), segment, crc_text(segment))


def reframed(frame, old, new):
    """The frame with something else in its segment, check code and length put right."""
    return framed(frame[6:-6].replace(old, new))


class Tray:
    """A sink that remembers."""

    def __init__(self):
        self.rows, self.shapes, self.answers, self.sent, self.refused = [], {}, [], [], []

    def keep(self, row, shape, answer):
        self.rows.append(row)
        self.shapes[row.shape] = shape
        self.answers.append(answer)

    def send(self, data):
        self.sent.append(data)

    def refuse(self, frame):
        self.refused.append(frame)


class StoreWriter:
    """A writer in this process, on a store in memory."""

    def __init__(self, store=None):
        self.store = store or MemoryLive()
        self.gate = asyncio.Event()
        self.gate.set()

    async def write(self, batch):
        await self.gate.wait()
        try:
            return Written(self.store.append(batch))
        except NotStoredError as error:
            return Written(0, trouble=str(error), full=error.full)


@asynccontextmanager
async def serving(writer=None, limits=None, tls=None, known=None, note=None, listens=None):
    """A gateway on free ports of the loopback."""
    desk = Desk(known or directory(), gaps=Gaps(grace=0))

    async def refresh():
        return

    async def keep(notes):
        if note:
            note(notes)

    async def tell():
        if listens:
            listens()

    around = Surroundings(writer or StoreWriter(), lambda: NOW, patience, refresh, limits or Limits(), tls, keep, tell)
    gateway = Gateway(desk, around)
    await gateway.start(Ports(hj212=0, gb17691=0, metrics=0))
    try:
        yield gateway
    finally:
        await gateway.stop()


async def dialled(gateway, protocol="hj212", **more):
    """A connection to it."""
    return await asyncio.open_connection("127.0.0.1", gateway.ports[protocol], **more)


async def until(true, seconds=5.0):
    """Wait until something is so; AssertionError where it does not come to be."""
    limit = patience() + seconds
    while not true():
        assert patience() < limit, "it did not come to be"
        await asyncio.sleep(0.01)
