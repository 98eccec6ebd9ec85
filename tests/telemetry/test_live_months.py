"""Months moved to Parquet: what is read is the same, whatever was moved."""

import shutil
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telemetry_live_made import COD, DAY, PH, SHAPES, emptied, row
from telemetry_months_made import (
    AT,
    AUGUST,
    CONDITIONS,
    DEVICES,
    JULY,
    LATER,
    OCTOBER,
    SEPTEMBER,
    STREAMS,
    archive,
    count,
    heard,
    told,
    vehicle,
)

from gongjian.telemetry.live import parquet_writing
from gongjian.telemetry.live.holding import Way
from gongjian.telemetry.live.memory import MemoryLive
from gongjian.telemetry.live.months import month_of
from gongjian.telemetry.live.packing import Content, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Stream

MOMENTS = st.sampled_from([month + day * DAY + second for month in (JULY, AUGUST, SEPTEMBER) for day in (0, 1, 30) for second in (0, 60)])
VALUES = st.sampled_from([None, 0.0, -0.0, 35.5, 1e300])
UPLOADS = st.one_of(
    st.builds(
        lambda device, moment, one, other, flag, extra: row([one, other], (flag, None), device=device, moment=moment, extra=extra),
        *(st.sampled_from(DEVICES), MOMENTS, VALUES, VALUES, st.sampled_from("NDé"), st.sampled_from([(), [("w01018-EFlag", "停")]])),
    ),
    st.builds(
        lambda device, moment, one, shape: row([one], device=device, moment=moment, shape=(shape,)),
        *(st.sampled_from(DEVICES), MOMENTS, VALUES, st.sampled_from([COD, PH])),
    ),
    st.builds(vehicle, st.sampled_from(DEVICES), MOMENTS, st.binary(max_size=3)),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.lists(UPLOADS, min_size=1, max_size=6)),
        st.tuples(st.just("pack"), st.sampled_from([AUGUST, LATER])),
        st.tuples(st.just("archive"), st.sampled_from([AUGUST, SEPTEMBER, OCTOBER])),
        st.tuples(st.just("forget"), st.sampled_from([JULY, AUGUST])),
        st.tuples(st.just("sweep"), st.integers(0, 9)),
    ),
    min_size=2,
    max_size=7,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_appended_packed_archived_and_forgotten_the_answers_are_those_of_a_plain_list(on_tables, tmp_path, steps):
    emptied(on_tables)
    shutil.rmtree(tmp_path / "archive", ignore_errors=True)
    plain = MemoryLive()
    for store in (on_tables, plain):
        store.append(Batch(conditions=CONDITIONS))
    for what, given_ in steps:
        for store in (on_tables, plain):
            if what == "append":
                store.append(Batch(given_, SHAPES))
            elif what == "forget":
                for stream in STREAMS:
                    store.forget(stream, given_)
            elif what == "sweep":
                store.move_cursor("alarms", given_)
            elif what == "pack":
                store.pack(given_)
            elif store is on_tables:
                archive(store, given_)
    assert told(on_tables) == told(plain)
    archive(on_tables)
    assert told(on_tables) == told(plain)
    assert on_tables.check_files(100, at=AT) == []


def test_archiving_changes_nothing_that_is_read_and_empties_the_tables(full):
    before = told(full)
    made = archive(full, SEPTEMBER)
    assert sorted((each.stream, each.first, each.cleared) for each in made) == [(1, JULY, True), (2051, JULY, True), (2051, AUGUST, True)]
    assert told(full) == before
    assert {month_of(moment) for (moment,) in full._run("SELECT moment FROM live_packet")} == {month_of(SEPTEMBER)}
    assert count(full, "live_chunk") == 0
    assert {way for _, way, *_ in full.holdings()} == {Way.ROWS, Way.ARCHIVED}
    assert archive(full, SEPTEMBER) == []


def test_what_is_sent_again_is_not_doubled_and_what_corrects_is_seen_and_moved_in(full, tmp_path):
    archive(full)
    files = sorted(tmp_path.rglob("*.parquet"))
    full.append(Batch([row([99.0, 7.0], moment=JULY + 1), row([77.0, 7.0], moment=JULY + 1), row([1.0], shape=(PH,), moment=JULY)], SHAPES))
    before = told(full)
    assert [each.flags for each in before["heard", 1, Stream.MINUTE][:4]] == [b"N", b"NN", b"NN", b"NN"]
    assert full.table(1, Stream.MINUTE, [COD], JULY + 1, JULY + 2).values.tolist() == [[77.0]]
    (made,) = archive(full)
    assert told(full) == before
    assert made.rows == sum(1 for device in (1, 2) for each in before["heard", device, Stream.MINUTE] if each.moment < AUGUST)
    assert count(full, "live_packet") == 0
    assert len(sorted(tmp_path.rglob("*.parquet"))) == len(files), "the file it was in is gone, another has come"


def test_what_a_sweep_has_not_read_stays_in_the_tables_and_is_told(full):
    full.move_cursor("alarms", 3)
    full.append(Batch([row([7.0, 7.0], moment=AUGUST + 5)], SHAPES))
    before, last = told(full), full.newest()
    archive(full)
    assert told(full) == before
    assert [each.seq for each in full.since(last - 1)[1]] == [last]
    full.move_cursor("alarms", last)
    archive(full)
    assert full.since(0)[1] == []
    assert told(full) == before


def test_forgetting_takes_whole_months_with_their_files(full, tmp_path):
    archive(full)
    full.forget(Stream.MINUTE, SEPTEMBER + 5 * DAY)
    assert {month_of(each.moment) for each in heard(full, 1, Stream.MINUTE)} == {month_of(SEPTEMBER)}
    assert len(list(tmp_path.rglob("minute-*.parquet"))) == 1
    assert len(heard(full, 40, Stream.VEHICLE)) == 50
    full.forget(Stream.VEHICLE, SEPTEMBER)
    assert full.latest([40], Stream.VEHICLE) == {}


def test_work_is_bounded_and_goes_on_where_it_stopped(full):
    waiting = full.to_archive(OCTOBER)
    assert waiting == [(1, JULY), (2051, JULY), (2051, AUGUST), (2051, SEPTEMBER)]
    for left in (3, 2, 1, 0):
        assert len(archive(full, most=1)) == 1
        assert len(full.to_archive(OCTOBER)) == left


ODD = [
    (Column("W01018", "Avg"), Column("w01018", "Avg")),
    (Column('a"b', "Avg"), Column("a'b", "Rtd")),
    (COD, COD),
    (Column("a\nb", "Avg"),),
    tuple(Column(f"x{number}", "Avg") for number in range(parquet_writing.MOST_COLUMNS)),
    (Column("", ""), Column("x", "")),
]


def test_names_and_numbers_no_column_could_hold_keep_their_bytes(on_tables):
    plain = MemoryLive()
    strange = np.array([0x7FF8_0000_0000_0001, 0xFFF8_0000_0000_0000], np.uint64).tobytes()
    rows = [row([float(n) for n in range(len(shape))], moment=JULY + at, shape=shape) for at, shape in enumerate([(COD,), *ODD])]
    rows.append(packed(1, Stream.MINUTE, JULY + 99, AT, Content(shape_number((COD, PH)), strange + b"N\x00")))
    shapes = SHAPES | {shape_number(shape): shape for shape in ODD}
    for store in (on_tables, plain):
        store.append(Batch(rows, shapes))
    archive(on_tables)
    assert heard(on_tables, 1, Stream.MINUTE) == heard(plain, 1, Stream.MINUTE)
    for shape in ODD:
        tables = [store.table(1, Stream.MINUTE, sorted({*shape}), JULY, AUGUST) for store in (on_tables, plain)]
        assert np.array_equal(tables[0].values, tables[1].values, equal_nan=True)
        assert tables[0].moments.tolist() == tables[1].moments.tolist()


def test_files_say_what_is_in_them(full, tmp_path):
    full.archive(AUGUST, at=AT, devices={1: {"code": "MN1", "units": {"w01018": "mg/L"}}}, most=9)
    file = next(each.file for each in full.archived() if each.stream == Stream.MINUTE)
    assert file.startswith("minute/2023/minute-2023-07-00000-")
    duck, path = full._cursor(), str(tmp_path / "archive" / file)
    kept = duck.execute("SELECT key, value FROM parquet_kv_metadata(?)", [path]).fetchall()
    known = {bytes(key).decode(): bytes(value).decode() for key, value in kept}
    assert (known["gongjian.format"], known["gongjian.stream"]) == ("1", "2051")
    assert '"w01018-Avg,w01001-Avg"' in known["gongjian.shapes"]
    assert known["gongjian.devices"] == '{"1":{"code":"MN1","units":{"w01018":"mg/L"}}}'
    sql = """SELECT epoch(moment)::BIGINT, "w01018-Avg", "w01018-Avg.flag" FROM read_parquet(?) WHERE device = 1 ORDER BY ALL LIMIT 2"""
    assert duck.execute(sql, [path]).fetchall() == [(JULY + 1, 0.0, "N"), (JULY + 1, 99.0, "N")]
    order = duck.execute("SELECT device, moment, seq FROM read_parquet(?)", [path]).fetchall()
    assert order == sorted(order)
    assert Path(path).stat().st_size == next(each.size for each in full.archived() if each.file == file)
