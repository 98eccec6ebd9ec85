"""Months moved to Parquet: what is read is the same, whatever was moved, however it was interrupted, and never less in silence."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telemetry_live_made import COD, DAY, MICRO, PH, SHAPES, emptied, row

from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.live import archive as archive_module
from gongjian.telemetry.live import parquet_writing, workshop
from gongjian.telemetry.live.memory import MemoryLive
from gongjian.telemetry.live.months import month_begin, month_of
from gongjian.telemetry.live.packing import Content, packed, shape_number
from gongjian.telemetry.live.port import Batch, Column, Condition, Stream, UnreadableError, Way

JULY = month_begin(2023 * 12 + 6)
AUGUST, SEPTEMBER, OCTOBER = (month_begin(month_of(JULY) + more) for more in (1, 2, 3))
LATER = OCTOBER + 40 * DAY
AT = LATER * MICRO
DEVICES, STREAMS = (1, 2, 40), (Stream.MINUTE, Stream.VEHICLE)
CONDITIONS = [Condition(device, 1, 1, None, 0, 1, 0, "") for device in DEVICES]


def vehicle(device, moment, body):
    return packed(device, Stream.VEHICLE, moment, AT, Content(0, body))


def archive(store, before=OCTOBER, most=100):
    return store.archive(before, at=AT, devices={}, most=most)


def heard(store, device, stream, first=JULY - DAY, last=LATER):
    """Every upload with all that is kept of it but its number: what is sent again may have another."""
    return [each._replace(values=(), seq=0) for each in store.between(device, stream, first, last)]


def told(store):
    """Whatever can be asked of a store."""
    found = {}
    for device in DEVICES:
        for stream in STREAMS:
            found["heard", device, stream] = heard(store, device, stream)
            found["columns", device, stream] = store.columns(device, stream)
        for first, last in ((JULY - DAY, LATER), (JULY + 15 * DAY, AUGUST + 5), (0, 2**40)):
            table = store.table(device, Stream.MINUTE, [PH, COD, Column("none", "Avg")], first, last)
            found["table", device, first] = (table.moments.tolist(), table.values.tobytes(), table.flags.tolist())
            table = store.table(device, Stream.MINUTE, [COD], first, last)
            found["cod", device, first] = (table.moments.tolist(), np.nan_to_num(table.values, nan=-1).tolist(), table.flags.tolist())
    for stream in STREAMS:
        latest = store.latest(DEVICES, stream)
        found["latest", stream] = {device: (one.moment, one.columns, one.flags, one.body) for device, one in latest.items()}
    found["moments"] = store.last_moments(STREAMS)
    return found


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


@pytest.fixture
def full(on_tables):
    """Three months of two devices and a vehicle, corrections and parts among them, some of it packed."""
    rows = [
        row([float(step), 7.0], device=device, moment=JULY + 7200 * step + device, extra=[("a", "b")] if step % 9 == 0 else ())
        for device in (1, 2)
        for step in range(0, 12 * 92, 25)
    ]
    rows += [row([99.0, 7.0], moment=JULY + 1), row([5.5], shape=(COD,), moment=JULY + 60), row([6.6], shape=(PH,), moment=JULY + 60)]
    rows += [row([None, 7.0], (None, "D"), moment=AUGUST + 120)]
    rows += [vehicle(40, JULY + second, bytes([second, 0, 255])) for second in range(50)]
    on_tables.append(Batch(rows, SHAPES, conditions=CONDITIONS))
    on_tables.pack(AUGUST)
    return on_tables


@pytest.fixture
def small(on_tables):
    """Two months of few rows, packed in part."""
    rows = [row([float(day), 7.0], device=device, moment=JULY + DAY * day + 60) for device in (1, 2) for day in (0, 1, 40)]
    on_tables.append(Batch([*rows, *(vehicle(40, JULY + second, b"raw") for second in range(3))], SHAPES, conditions=CONDITIONS))
    on_tables.pack(JULY + DAY)
    return on_tables


def count(store, table):
    return store._run(f"SELECT COUNT(*) FROM {table}")[0][0]  # noqa: S608 - own names


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


def failing(monkeypatch, module, name, *, after):
    """Let something be done and then fail, or fail instead of it."""
    real = getattr(module, name)

    def fail(*given, **named):
        if after:
            real(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, name, fail)


POINTS = [
    (workshop, "write_rows"),
    (workshop, "merge"),
    (workshop.Workshop, "compare"),
    (workshop, "checksum_of"),
    (workshop.os, "replace"),
    (archive_module.MonthlyStore, "_note"),
    (archive_module.MonthlyStore, "_drop_gone"),
    (workshop.Workshop, "leave"),
    (archive_module.MonthlyStore, "_clear_rows"),
    (archive_module.MonthlyStore, "_clear_chunks"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("module", "name"), POINTS, ids=[name for _, name in POINTS])
def test_wherever_it_dies_nothing_is_lost_or_doubled_and_the_next_run_ends_it(small, tmp_path, monkeypatch, module, name, after):
    archive(small, AUGUST)
    small.append(Batch([row([88.0, 7.0], moment=JULY + 60), vehicle(40, JULY, b"late")], SHAPES))
    before = told(small)
    with monkeypatch.context() as broken:
        failing(broken, module, name, after=after)
        with pytest.raises(KeyboardInterrupt):
            archive(small)
    assert told(small) == before
    archive(small)
    assert told(small) == before
    assert count(small, "live_packet") == count(small, "live_chunk") == 0
    known = {tmp_path / "archive" / each.file for each in small.archived()}
    assert {path for path in tmp_path.rglob("*") if path.suffix == ".parquet"} == known
    assert small.check_files(9, at=AT) == []
    assert small._run("SELECT name FROM live_meta WHERE name LIKE ?", ("gone:%",)) == []


def test_a_file_that_does_not_say_what_it_was_made_of_is_not_believed(full, monkeypatch):
    before = told(full)
    real = workshop.write_rows
    monkeypatch.setattr(workshop, "write_rows", lambda duck, path, rows, *more: real(duck, path, rows[:-1] or rows, *more))
    with pytest.raises(Refusal, match="没有移走任何数据"):
        archive(full)
    assert told(full) == before
    assert full.archived() == []


def test_a_lost_file_is_named_with_what_to_do_and_other_months_and_devices_go_on(full, tmp_path):
    archive(full)
    lost = next(each for each in full.archived() if each.stream == Stream.MINUTE and each.first == AUGUST)
    whole = told_of_july = heard(full, 1, Stream.MINUTE, JULY, AUGUST)
    path = tmp_path / "archive" / lost.file
    kept = path.read_bytes()
    path.unlink()
    for ask in (lambda: full.table(1, Stream.MINUTE, [COD], JULY, OCTOBER), lambda: full.between(1, Stream.MINUTE, AUGUST, OCTOBER)):
        with pytest.raises(UnreadableError, match=rf"{lost.file} 不见了.*从备份恢复"):
            ask()
    assert heard(full, 1, Stream.MINUTE, JULY, AUGUST) == told_of_july
    assert full.table(40, Stream.MINUTE, [COD], JULY, OCTOBER).moments.tolist() == []
    assert full.latest([1], Stream.MINUTE)[1].moment > SEPTEMBER
    assert full.columns(1, Stream.MINUTE) == [PH, COD]
    assert full.check_files(9, at=AT) == [str(UnreadableError(_lost(lost.file)))]
    path.write_bytes(kept)
    assert heard(full, 1, Stream.MINUTE, JULY, AUGUST) == whole
    assert full.check_files(9, at=AT) == []


def _lost(file):
    return f"归档文件 {file} 不见了，其中的数据暂时读不到：请从备份恢复到归档文件夹，其余月份和设备不受影响。"


def test_a_damaged_file_is_named_and_late_data_for_it_wait_in_the_tables(full, tmp_path):
    archive(full, AUGUST)
    damaged = next(each for each in full.archived() if each.stream == Stream.MINUTE)
    path = tmp_path / "archive" / damaged.file
    data = path.read_bytes()
    path.write_bytes(data[:-200])
    with pytest.raises(UnreadableError, match="已损坏"):
        full.table(1, Stream.MINUTE, [COD], JULY, OCTOBER)
    path.write_bytes(data[:600] + bytes(len(data) - 1200) + data[-600:])
    with pytest.raises(UnreadableError, match="已损坏"):
        full.between(1, Stream.MINUTE, JULY, OCTOBER)
    full.append(Batch([row([88.0, 7.0], moment=JULY + 1)], SHAPES))
    assert [each.first for each in archive(full)] == [AUGUST, SEPTEMBER], "the other months are moved all the same"
    with pytest.raises(UnreadableError, match="已损坏"):
        archive(full)
    path.write_bytes(data)
    assert [each.first for each in archive(full)] == [JULY]
    assert full.table(1, Stream.MINUTE, [COD], JULY + 1, JULY + 2).values.tolist() == [[88.0]]


def test_forgetting_takes_whole_months_with_their_files(full, tmp_path):
    archive(full)
    full.forget(Stream.MINUTE, SEPTEMBER + 5 * DAY)
    assert {month_of(each.moment) for each in heard(full, 1, Stream.MINUTE)} == {month_of(SEPTEMBER)}
    assert len(list(tmp_path.rglob("minute-*.parquet"))) == 1
    assert len(heard(full, 40, Stream.VEHICLE)) == 50
    full.forget(Stream.VEHICLE, SEPTEMBER)
    assert full.latest([40], Stream.VEHICLE) == {}


def test_a_reader_that_looks_for_a_file_made_anew_meanwhile_finds_the_new_one(full, monkeypatch):
    archive(full)
    real, moved = type(full)._from_file, []

    def from_file(self, stay, read):
        if not moved:
            moved.append(stay)
            full.append(Batch([row([88.0, 7.0], moment=JULY + 1)], SHAPES))
            archive(full)
        return real(self, stay, read)

    monkeypatch.setattr(type(full), "_from_file", from_file)
    assert full.table(1, Stream.MINUTE, [COD], JULY + 1, JULY + 2).values.tolist() == [[88.0]]


def test_two_do_not_archive_at_once(full, tmp_path):
    with workshop.claimed(tmp_path / "archive"), pytest.raises(Refusal, match="另一个进程正在归档"):
        archive(full)


def test_an_archive_that_cannot_be_written_is_refused_and_nothing_is_moved(full, tmp_path):
    (tmp_path / "archive").write_text("a file where the folder should be", encoding="utf-8")
    before = told(full)
    with pytest.raises(Refusal, match="归档文件夹"):
        archive(full)
    assert told(full) == before


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
