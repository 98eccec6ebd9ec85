"""Months moved to Parquet: however it is interrupted and whatever is damaged, nothing is lost, doubled or left out in silence."""

import pytest
from telemetry_live_made import COD, PH, SHAPES, row
from telemetry_months_made import AT, AUGUST, JULY, LATER, OCTOBER, SEPTEMBER, archive, count, heard, told, vehicle

from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.live import archive as archive_module
from gongjian.telemetry.live import workshop
from gongjian.telemetry.live.port import Batch, Stream, UnreadableError


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


def test_who_asks_for_the_newest_while_it_is_moved_gets_it(small, monkeypatch):
    small.pack(LATER)
    before, real = told(small), type(small)._last_of_day

    def last_of_day(self, *where):
        archive(self)
        return real(self, *where)

    monkeypatch.setattr(type(small), "_last_of_day", last_of_day)
    assert small.last_moments([Stream.MINUTE]) == {key: moment for key, moment in before["moments"].items() if key[1] == Stream.MINUTE}
    assert small.archived()
    monkeypatch.undo()
    assert told(small) == before
