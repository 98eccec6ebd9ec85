"""The gateway on real sockets: devices that seal, what is asked and kept, when it listens, and ten thousand that say nothing."""

import asyncio
import tracemalloc
from random import Random

from gateway_made import NOON, StoreWriter, dialled, directory, serving, until, upload

from gongjian.gateway.clocks import patience, wall_clock
from gongjian.gateway.limits import Limits
from gongjian.gateway.links import Link
from gongjian.gateway.sessions.hj212 import Hj212Session
from gongjian.gateway.simulation import wire
from gongjian.gateway.simulation.clients import Target
from gongjian.gateway.simulation.load import Load, Pulse, run_hj212
from gongjian.telemetry.fates import Fate
from gongjian.telemetry.live.port import NotStoredError
from gongjian.telemetry.live.reading import series
from gongjian.telemetry.store import Period


def play(coroutine):
    return asyncio.run(coroutine)


def pulse():
    return Pulse(wall_clock, patience, Random(1))  # noqa: S311 - repeatable draws


def test_devices_that_seal_are_served_whole_and_their_gaps_are_filled():
    """Sealed on the wire in both directions: uploads, the question for what was left out, and its data."""

    async def scene():
        writer, kept = StoreWriter(), []
        known = directory(code=wire.mn(0), key=wire.key_of(wire.mn(0)))
        async with serving(writer, known=known, note=kept.append) as gateway:
            load = Load(1, 40, 2.5, begin=NOON - 86_400, skip=0.3, sealed=True)
            found = await run_hj212(load, Target("127.0.0.1", gateway.ports["hj212"]), pulse())
            refused = gateway.figures.refused.total()
        return writer.store, found, refused, [note for notes in kept for note in notes]

    store, found, refused, notes = play(scene())
    assert (found.lost, found.tally.wrong, refused) == (0, 0, 0)
    assert found.tally.history > 0
    table = series(store, 1, "w01018", Period.MINUTE, NOON - 86_400, NOON)
    assert table.values.tolist() == [wire.value(wire.mn(0), moment, "w01018") for moment in table.moments.tolist()]
    assert Fate.CAME in {note.fate for note in notes}


def test_what_was_asked_for_is_kept_as_soon_as_it_can_be(monkeypatch):
    """While the database is away nothing is lost; the newest of each gap is kept, at the latest when the gateway ends."""
    monkeypatch.setattr("gongjian.gateway.serving.SWEEP", 0.1)
    kept, doors = [], [OSError("away"), None]

    def note(notes):
        if doors and (trouble := doors.pop(0)):
            raise trouble
        kept.append(notes)

    async def scene():
        async with serving(known=directory(asks_missing=True), note=note) as gateway:
            _, peer = await dialled(gateway)
            peer.write(upload(0) + upload(5))
            await until(lambda: not doors, 8)
            peer.close()

    play(scene())
    assert {(each.first, each.last) for notes in kept for each in notes} == {(NOON + 60, NOON + 240)}
    assert kept[0][0].fate is Fate.ASKED


def test_it_is_said_to_listen_while_it_can_keep_what_it_hears_and_not_otherwise(monkeypatch):
    for name, value in (("serving.SWEEP", 0.02), ("serving.TELL", 2), ("committing.AGAIN", 0.02)):
        monkeypatch.setattr(f"gongjian.gateway.{name}", value)
    told = []

    async def scene():
        writer = StoreWriter()
        async with serving(writer, listens=lambda: told.append(1)) as gateway:
            _, peer = await dialled(gateway)
            await until(lambda: len(told) > 2)
            writer.store.trouble = NotStoredError("磁盘已满，数据没有写入。", full=True)
            peer.write(upload())
            await until(lambda: gateway.committer.trouble)
            before = len(told)
            await asyncio.sleep(0.2)
            during = len(told)
            writer.store.trouble = None
            await until(lambda: len(told) > during)
            peer.close()
        return before, during

    before, during = play(scene())
    assert during <= before + 1


class Silent:
    """A transport nobody writes to: ten thousand real sockets, both ends in one process, are what ``bench/gateway.py`` is for."""

    closed = False

    def get_extra_info(self, name):
        return ("10.0.0.9", 1) if name == "peername" else None

    def set_write_buffer_limits(self, high): ...

    def pause_reading(self): ...

    def is_closing(self):
        return self.closed

    def close(self):
        self.closed = True

    abort = close


def test_ten_thousand_silent_connections_hold_up_nobody_and_are_all_let_go():
    """Each costs little while it is there; a known device on a real socket is answered beside them at once; then their time is over."""

    async def scene():
        tracemalloc.start()
        async with serving(limits=Limits(per_address=20_000)) as gateway:
            links = [Link(gateway.floor, Hj212Session) for _ in range(10_000)]
            for link in links:
                link.connection_made(Silent())
            memory = tracemalloc.get_traced_memory()[0]
            tracemalloc.stop()
            reader, peer = await dialled(gateway)
            begun = patience()
            peer.write(upload())
            assert b"CN=9014" in await asyncio.wait_for(reader.readline(), 2)
            waited = patience() - begun
            for link in links:
                link.sweep(patience() + 31, 0)
                assert link._transport.closed
                link.connection_lost(None)
            assert gateway.figures.turned_away == {"silent": 10_000}
            assert len(gateway.floor.links) == 1
            peer.close()
        return memory, waited

    memory, waited = play(scene())
    assert memory / 10_000 < 4096
    assert waited < 1.0
