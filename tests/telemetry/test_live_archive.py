"""Packing old days changes nothing that is read; forgetting takes away what it says and nothing else. On tables: memory packs nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telemetry_live_made import COD, DAY, NOON, PH, SHAPES, row

from gongjian.telemetry.live.chunks import Numbered, chunk_of, chunk_piece, chunk_rows
from gongjian.telemetry.live.packing import MICRO, Content, body_of, flag_bytes, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Stream
from gongjian.telemetry.live.postgres import PostgresLive
from gongjian.telemetry.live.sqlite import SqliteLive


def seen(store):
    """Everything that can be read of two columns, and the newest."""
    table = store.table(1, Stream.MINUTE, [COD, PH], NOON - 9 * DAY, NOON + 9 * DAY)
    latest = store.latest([1, 2, 3], Stream.MINUTE)
    return [each.tolist() for each in (table.moments, np.nan_to_num(table.values, nan=-1), table.flags)], {
        device: (heard.moment, heard.columns, heard.values, heard.flags) for device, heard in latest.items()
    }


@pytest.fixture
def full(on_tables):
    rows = [row([float(step), 7.0], moment=NOON + 7200 * step) for step in range(30)]
    rows += [row([99.0, 7.0], moment=NOON), row([5.5], shape=(COD,), moment=NOON + 60), row([6.6], shape=(PH,), moment=NOON + 60)]
    rows += [row([None, 7.0], (None, "D"), moment=NOON + 120, extra=[("w01018-EFlag", "x")]), row([1.0, 2.0], device=3)]
    on_tables.append(Batch(rows, SHAPES))
    return on_tables


def test_packing_changes_nothing_that_is_read(full):
    before = seen(full)
    assert full.pack(NOON + 9 * DAY) > 2
    assert seen(full) == before
    assert full._run("SELECT COUNT(*) FROM live_packet")[0][0] == 0
    assert full.columns(1, Stream.MINUTE) == [PH, COD]
    assert full.pack(NOON + 9 * DAY) == 0


def test_what_comes_late_into_a_packed_day_is_packed_in_beside_it(full):
    full.pack(NOON + 9 * DAY)
    full.append(Batch([row([0.0, 7.0]), row([77.0, 7.0], moment=NOON + 7200), row([88.0, 7.0], moment=NOON + 180)], SHAPES))
    before = seen(full)
    moments, values, _ = before[0]
    assert values[moments.index(NOON)][0] == 99.0, "heard before, so it does not come back"
    assert values[moments.index(NOON + 7200)][0] == 77.0
    assert values[moments.index(NOON + 180)][0] == 88.0
    full.pack(NOON + 9 * DAY)
    assert seen(full) == before
    full.append(Batch([row([77.0, 7.0], moment=NOON + 7200)], SHAPES))
    full.pack(NOON + 9 * DAY)
    assert seen(full) == before


def test_only_days_that_are_over_and_that_every_sweep_has_read_are_packed(full):
    full.move_cursor("alarms", 5)
    full.pack(NOON + 9 * DAY)
    assert full.since(5)[1][0].seq == 6
    full.move_cursor("alarms", 10**9)
    full.pack(NOON + DAY)
    assert {heard.moment >= NOON + DAY - DAY for heard in full.since(0)[1]} == {True}
    assert full.since(0)[1]


def test_forgetting_takes_what_is_older_and_leaves_other_streams(full):
    full.append(Batch([row([1.0, 2.0], stream=Stream.HOUR)], SHAPES))
    full.pack(NOON + DAY)
    full.forget(Stream.MINUTE, NOON + 2 * DAY)
    moments = seen(full)[0][0]
    assert moments
    assert min(moments) >= NOON + 2 * DAY
    assert full.table(1, Stream.HOUR, [COD], NOON, NOON + 1).values.tolist() == [[1.0]]


VALUES = st.none() | st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.lists(st.tuples(st.integers(0, DAY), VALUES, VALUES, st.sampled_from("NDF-"), st.none() | st.just(b'{"a":"b"}')), min_size=1)


@given(ROWS)
def test_a_chunk_gives_back_the_very_rows_it_was_made_of(drawn):
    shape, number = (COD, PH), shape_number((COD, PH))
    rows = []
    for seq, (at, one, other, flag, extra) in enumerate(sorted(drawn, key=lambda each: each[0])):
        content = Content(number, body_of((one, other), flag_bytes((flag, None))), extra, 1 << 40)
        rows.append(Numbered(seq, packed(1, 2051, NOON + at, (NOON + at) * MICRO, content)))
    data = chunk_of(rows, shape)
    assert chunk_rows(data, shape, (1, 2051, number)) == rows
    piece = chunk_piece(data, shape, [PH])
    assert np.array_equal(
        piece.values[:, 0], [np.nan if other is None else other for _, _, other, _, _ in sorted(drawn, key=lambda e: e[0])], equal_nan=True
    )
    assert chunk_piece(data, shape, [Column("none", "Avg")]) is None


def test_a_store_of_before_there_was_an_archive_gets_what_it_lacks(on_tables):
    write = Batch([row([1.0, 7.0])], SHAPES)
    on_tables.append(write)
    with on_tables._transaction():
        for name in ("live_month", "live_archived", "live_tail"):
            on_tables._run(f"DROP TABLE {name}")
        if isinstance(on_tables, SqliteLive):
            on_tables._run("PRAGMA user_version=1")
    again = SqliteLive(on_tables._path) if isinstance(on_tables, SqliteLive) else PostgresLive(on_tables._connect)
    assert again.archived() == []
    assert again.latest([1], Stream.MINUTE)[1].value(COD) == 1.0
    again.close()
