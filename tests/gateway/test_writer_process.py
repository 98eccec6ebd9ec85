"""The process that makes batches durable: as the gateway sees it, and when it is killed."""

import asyncio
import os
import signal
from io import BytesIO

import pytest
from gateway_made import NOON, NOW

from gongjian.gateway.delegating import WriterProcess
from gongjian.gateway.envelopes import Written, batch_of, plain_batch, sealed, unsealed
from gongjian.gateway.writing import Writer, received
from gongjian.telemetry.live.memory import MemoryLive
from gongjian.telemetry.live.packing import Content, body_of, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Condition, NotStoredError, RefusedFrame, SpoiltError, Stranger
from gongjian.telemetry.live.sqlite import SqliteLive

SHAPE = (Column("w01018", "Avg"),)
NUMBER = shape_number(SHAPE)


def row(minute):
    return packed(1, 2051, NOON + 60 * minute, NOW, Content(NUMBER, body_of([float(minute)], b"N")))


def batch(*minutes):
    return Batch([row(minute) for minute in minutes], {NUMBER: SHAPE})


def test_a_batch_comes_out_as_it_went_in():
    whole = Batch(
        [row(1), row(2)._replace(extra=b"{}")],
        {NUMBER: SHAPE},
        [RefusedFrame(1, "hj212", 0, "名", "::1", "crc", "不符。", 8, b"\x00\xff")],
        [Condition(1, 2, 3, None, 4, 5, 6, "::1")],
        [Stranger("hj212", "A", 1, 2, 3, "::1")],
    )
    assert batch_of(unsealed(sealed(plain_batch(whole))[4:])) == whole


def test_half_a_message_is_the_end():
    message = sealed(("x", 1))
    assert received(BytesIO(message)) == ("x", 1)
    assert [received(BytesIO(message[:size])) for size in (0, 3, len(message) - 1)] == [None] * 3


class Fussy(MemoryLive):
    """Takes no row of the third minute, ever."""

    def append(self, batch):
        if any(each.moment == NOON + 180 for each in batch.rows):
            raise SpoiltError
        return super().append(batch)


def test_one_row_no_database_takes_does_not_hold_up_the_rest(tmp_path):
    store = Fussy()
    assert Writer(tmp_path, lambda _: store).write(batch(1, 2, 3, 4)) == Written(3, (2,))
    assert len(store.since(0)[1]) == 3


def test_a_store_that_cannot_be_opened_is_tried_again(tmp_path):
    doors = [NotStoredError("打不开。"), NotStoredError("磁盘已满。", full=True), MemoryLive()]

    def opening(at):
        found = doors.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    writer = Writer(tmp_path, opening)
    assert [writer.write(batch(1)) for _ in range(3)] == [Written(0, (), "打不开。"), Written(0, (), "磁盘已满。", full=True), Written(1)]


def test_a_file_that_cannot_grow_is_a_full_disk_and_is_written_to_again_when_it_can(tmp_path):
    """SQLite itself says that there is no room; nothing of the batch is there, and the next one goes in."""
    store = SqliteLive(tmp_path / "full.sqlite3")
    writer = Writer(tmp_path, lambda _: store)
    writer.write(batch(1))
    pages = store._run("PRAGMA page_count")[0][0]
    store._run(f"PRAGMA max_page_count={pages}")
    found = writer.write(batch(*range(2, 3000)))
    assert (found.added, found.full) == (0, True)
    assert "磁盘已满" in found.trouble
    assert len(store.since(0)[1]) == 1
    store._run("PRAGMA max_page_count=1000000")
    assert writer.write(batch(*range(2, 3000))) == Written(2998)


def test_a_writer_that_was_killed_is_begun_again_and_nothing_is_doubled(tmp_path):
    async def scene():
        writer = WriterProcess(tmp_path / "telemetry.sqlite3")
        try:
            first = await writer.write(batch(1, 2))
            os.kill(writer.number, signal.SIGKILL)
            lost = await writer.write(batch(2, 3))
            again = await writer.write(batch(2, 3))
        finally:
            await writer.close()
        return first, lost, again

    first, lost, again = asyncio.run(scene())
    assert (first, again) == (Written(2), Written(1))
    assert "写入进程中断" in lost.trouble
    assert [heard.moment for heard in SqliteLive(tmp_path / "telemetry.sqlite3").since(0)[1]] == [NOON + 60 * n for n in (1, 2, 3)]


@pytest.mark.parametrize("name", ["nowhere/telemetry.sqlite3"])
def test_a_place_that_is_not_there_is_told(tmp_path, name):
    async def scene():
        writer = WriterProcess(tmp_path / name)
        try:
            return await writer.write(batch(1))
        finally:
            await writer.close()

    assert "打不开" in asyncio.run(scene()).trouble
