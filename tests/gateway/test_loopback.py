"""The gateway on real sockets of the loopback: what is answered, what is not, and who is let go."""

import asyncio
import json
import ssl
import subprocess

import pytest
from gateway_made import NAME, NOON, StoreWriter, dialled, directory, reframed, serving, until, upload

from gongjian.gateway.clocks import patience, wall_clock
from gongjian.gateway.limits import Limits
from gongjian.gateway.listening import tls
from gongjian.gateway.simulation import wire
from gongjian.gateway.simulation.clients import Target
from gongjian.gateway.simulation.load import Load, Pulse, run_gb17691, run_hj212
from gongjian.telemetry.live.port import NotStoredError
from gongjian.telemetry.live.reading import series
from gongjian.telemetry.store import Period

ANSWER = 100  # bytes at least


def pulse():
    from random import Random

    return Pulse(wall_clock, patience, Random(1))  # noqa: S311 - repeatable draws


def play(coroutine):
    return asyncio.run(coroutine)


async def page(gateway, path):
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.ports["metrics"])
    writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return int(head.split()[1]), body.decode()


def test_a_load_arrives_whole_and_every_answer_is_right():
    """Four instruments, 400 uploads: nothing lost, nothing wrong, and the store has the very values."""

    async def scene():
        writer = StoreWriter()
        known = directory()
        known.replace({"hj212": [type(known.of("hj212")[NAME])(n + 1, wire.mn(n), minute_interval=1) for n in range(4)]})
        async with serving(writer, known=known) as gateway:
            found = await run_hj212(Load(4, 800, 0.5, begin=NOON, journal=True), Target("127.0.0.1", gateway.ports["hj212"]), pulse())
        return writer.store, found

    store, found = play(scene())
    assert (found.tally.sent, found.tally.answered, found.lost, found.tally.wrong) == (400, 400, 0, 0)
    table = series(store, 3, "w01018", Period.MINUTE, NOON, NOON + 86_400)
    assert table.values.tolist() == [wire.value(wire.mn(2), NOON + 60 * turn, "w01018") for turn in range(100)]
    assert store.conditions()[3].packets == 100


def test_what_a_device_left_out_is_asked_for_and_comes():
    async def scene():
        writer = StoreWriter()
        async with serving(writer, known=directory(code=wire.mn(0), password="")) as gateway:
            load = Load(1, 40, 2.5, begin=NOON - 86_400, skip=0.3)
            found = await run_hj212(load, Target("127.0.0.1", gateway.ports["hj212"]), pulse())
        return writer.store, found

    store, found = play(scene())
    assert found.tally.history > 0
    assert found.lost == found.tally.wrong == 0
    moments = series(store, 1, "w01018", Period.MINUTE, NOON - 86_400, NOON).moments
    assert len(moments) > found.tally.sent - found.tally.history


def test_vehicles_are_received_likewise():
    async def scene():
        writer = StoreWriter()
        async with serving(writer) as gateway:
            found = await run_gb17691(Load(1, 5, 1.2, first=1), Target("127.0.0.1", gateway.ports["gb17691"]), pulse())
        return writer.store, found

    store, found = play(scene())
    assert found.tally.answered == found.tally.sent >= 2
    assert store.conditions()[2].packets == found.tally.answered


def test_no_answer_leaves_before_the_data_are_durable():
    async def scene():
        writer = StoreWriter()
        async with serving(writer) as gateway:
            reader, peer = await dialled(gateway)
            writer.gate.clear()
            peer.write(upload())
            await until(lambda: gateway.committer.backlog == 1)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(reader.read(ANSWER), 0.2)
            writer.gate.set()
            assert b"CN=9014" in await asyncio.wait_for(reader.readline(), 2)
            peer.close()

    play(scene())


def test_a_full_disk_stops_answers_and_is_told_and_all_is_well_again_afterwards(monkeypatch):
    monkeypatch.setattr("gongjian.gateway.committing.AGAIN", 0.05)

    async def scene():
        writer = StoreWriter()
        async with serving(writer) as gateway:
            reader, peer = await dialled(gateway)
            writer.store.trouble = NotStoredError("磁盘已满，数据没有写入。", full=True)
            peer.write(upload() + upload(1))
            await until(lambda: gateway.committer.trouble)
            status, body = await page(gateway, "/health")
            assert (status, json.loads(body)["trouble"]) == (503, "磁盘已满，数据没有写入。")
            assert "gongjian_gateway_storing 0" in (await page(gateway, "/metrics"))[1]
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(reader.read(ANSWER), 0.2)
            writer.store.trouble = None
            assert [b"CN=9014" in await asyncio.wait_for(reader.readline(), 2) for _ in range(2)] == [True, True]
            assert (await page(gateway, "/health"))[0] == 200
            assert len(writer.store.since(0)[1]) == 2
            peer.close()

    play(scene())


def test_while_nothing_can_be_stored_no_more_than_the_backlog_is_read():
    async def scene():
        writer = StoreWriter()
        async with serving(writer, Limits(backlog=50, rate=100_000)) as gateway:
            _, peer = await dialled(gateway)
            writer.gate.clear()
            for minute in range(2000):
                peer.write(upload(minute))
            await asyncio.sleep(0.3)
            read_once = 256 * 1024 // len(upload()) + 1  # what one read of a socket may bring at most
            assert 50 <= gateway.committer.backlog <= 50 + read_once
            writer.gate.set()
            await until(lambda: gateway.figures.packets == 2000)
            peer.close()

    play(scene())


async def closed(reader):
    """What still comes until the other side closes, which it must do within three seconds."""
    try:
        return await asyncio.wait_for(reader.read(), 3)
    except ConnectionError:
        return b""


def test_who_says_nothing_or_dawdles_is_let_go():
    """Connections that say nothing, send half a frame, or drip a byte at a time never hold a place for long."""

    async def scene():
        async with serving(limits=Limits(first=0.5, frame=0.5, idle=60)) as gateway:
            silent = [await dialled(gateway) for _ in range(50)]
            half_reader, half = await dialled(gateway)
            half.write(upload()[:200])
            slow_reader, slow = await dialled(gateway)
            slow.write(upload())
            for byte in upload(1)[:15]:
                slow.write(bytes([byte]))
                await asyncio.sleep(0.1)
            for reader, _ in silent:
                assert await closed(reader) == b""
            assert await closed(half_reader) == b""
            await until(lambda: len(gateway.floor.links) == 1)
            assert gateway.figures.turned_away == {"silent": 50, "slow": 1}
            assert gateway.figures.refused["hj212", "half"] >= 1
            slow.write(upload(2))
            lines = [await asyncio.wait_for(slow_reader.readline(), 2) for _ in range(2)]
            assert all(b"CN=9014" in line for line in lines), "a known device is forgiven half a frame"
            slow.close()

    play(scene())


def test_rubbish_and_wrong_passwords_close_the_connection():
    async def scene():
        async with serving() as gateway:
            reader, peer = await dialled(gateway)
            peer.write(reframed(upload(), b"PW=123456", b"PW=000000") * 12)
            assert await closed(reader) == b""
            reader, peer = await dialled(gateway)
            peer.write(b"\x00" * 300_000)
            assert await closed(reader) == b""
            assert gateway.figures.turned_away["trouble"] == 2

    play(scene())


def test_places_are_counted_and_addresses_can_be_shut_out():
    async def scene():
        async with serving(limits=Limits(per_address=2)) as gateway:
            pairs = [await dialled(gateway) for _ in range(2)]
            reader, _ = await dialled(gateway)
            assert await closed(reader) == b""
            for _, peer in pairs:
                peer.close()
            await until(lambda: not gateway.floor.links)
            assert (gateway.floor.by_address, gateway.figures.turned_away["per-address"]) == ({}, 1)
        async with serving(limits=Limits(allow="10.0.0.0/8")) as gateway:
            await dialled(gateway)
            await until(lambda: gateway.figures.turned_away["address"] == 1)

    play(scene())


def test_a_greedy_connection_is_slowed_and_loses_nothing():
    async def scene():
        async with serving(limits=Limits(rate=500)) as gateway:
            reader, peer = await dialled(gateway)
            begun = patience()
            for minute in range(2000):
                peer.write(upload(minute % 1000))
            for _ in range(2000):
                await asyncio.wait_for(reader.readline(), 10)
            assert patience() - begun > 0.7, "a thousand at once, a second more for 500 of the rest, but for what one read brought"
            peer.close()

    play(scene())


def test_a_peer_that_never_fetches_its_answers_is_not_read_from_for_ever():
    async def scene():
        async with serving(limits=Limits(rate=10**6)) as gateway:
            _, peer = await dialled(gateway)
            peer.transport.pause_reading()
            frames = b"".join(upload(minute % 1000) for minute in range(2000))
            for _ in range(40):
                peer.write(frames)
            await asyncio.sleep(1.5)
            (link,) = gateway.floor.links
            read_at_once = 256 * 1024 // len(upload()) * 120
            assert link._transport.get_write_buffer_size() < 64 * 1024 + 8_000 * 120 + read_at_once
            peer.transport.abort()

    play(scene())


def test_shutting_down_answers_what_was_read():
    async def scene():
        writer = StoreWriter()
        async with serving(writer) as gateway:
            reader, peer = await dialled(gateway)
            peer.write(b"".join(upload(minute) for minute in range(100)))
            await until(lambda: gateway.committer.backlog + gateway.figures.packets >= 100)
            await gateway.stop()
            assert (await closed(reader)).count(b"CN=9014") == len(writer.store.since(0)[1]) == 100

    play(scene())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2"]
    subprocess.run([*made, "-subj", "/CN=127.0.0.1"], cwd=folder, check=True, capture_output=True)  # noqa: S603 - openssl of the machine
    return folder / "cert.pem", folder / "key.pem"


def test_devices_may_speak_through_tls(certificate):
    async def scene():
        async with serving(tls=tls(*certificate)) as gateway:
            context = ssl.create_default_context(cafile=certificate[0])
            context.check_hostname = False
            reader, peer = await dialled(gateway, ssl=context)
            peer.write(upload())
            assert b"CN=9014" in await asyncio.wait_for(reader.readline(), 2)
            peer.close()
            plain_reader, plain = await dialled(gateway)
            plain.write(upload())
            assert b"CN=9014" not in await closed(plain_reader)

    play(scene())


def test_pages_of_the_small_server_are_few():
    async def scene():
        async with serving() as gateway:
            assert (await page(gateway, "/nowhere"))[0] == 404
            status, text = await page(gateway, "/metrics")
            assert (status, "gongjian_gateway_acknowledgement_seconds_count 0" in text) == (200, True)

    play(scene())
