"""Closed months out of the database into Parquet files. What is read before and after is the same, whenever it is interrupted.

The order is the promise: the file is made and compared, then durable in its place, then noted in the database, and only then are rows
deleted that it holds, in short transactions. A row that stands in both places is read once; a file nobody noted is swept away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.live import schema
from gongjian.telemetry.live.chunks import Numbered, day_of_moment, last_seq, numbered, once
from gongjian.telemetry.live.holding import Archived
from gongjian.telemetry.live.keeping import GONE, KeepingStore
from gongjian.telemetry.live.monthly import Held, Stay, damaged
from gongjian.telemetry.live.months import PER_PART, Part, month_begin, month_of, month_of_day
from gongjian.telemetry.live.packing import DAY
from gongjian.telemetry.live.parquet import Span, is_of_the_file, read_rows
from gongjian.telemetry.live.parquet_writing import notes_of, tabular
from gongjian.telemetry.live.port import Shape, UnreadableError
from gongjian.telemetry.live.workshop import SLICE, Tallies, Tally, Workshop, claimed, tidy
from gongjian.telemetry.moments import OFFSET

_AT_ONCE: Final = 20_000  # rows deleted in one transaction: nobody who stores waits longer
_LEAST: Final = 20  # bytes of a row in a chunk
_DAYS: Final = 31
_MONTH: Final = """INSERT INTO live_month (stream, month, part, file, rows, bytes, checksum, through, at, cleared, checked)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT (stream, month, part) DO UPDATE SET file = excluded.file, rows = excluded.rows,
    bytes = excluded.bytes, checksum = excluded.checksum, through = excluded.through, at = excluded.at, cleared = 0,
    checked = excluded.checked"""
_HELD: Final = "INSERT INTO live_archived (device, stream, month, shape, rows, kept, content) VALUES (?, ?, ?, ?, ?, ?, ?)"
_TAIL: Final = f"INSERT INTO live_tail ({schema.PACKET}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - own names # nosec B608 - the same


class _Before(NamedTuple):
    """What there is of a part before the work: its file with its size, what that holds, which devices have more, and up to where."""

    file: str | None
    size: int
    held: Tallies
    touched: list[int]
    through: int


class MonthlyStore(KeepingStore):
    """A store on tables that moves closed months into files."""

    def archive(self, before: int, *, at: int, devices: Mapping[int, Mapping[str, object]], most: int = 1) -> list[Archived]:
        """See the port."""
        done: set[str] = set()
        trouble: UnreadableError | None = None
        with claimed(self._folder()):
            self._finish()
            for part in self._waiting(before):
                if len(done) == most:
                    break
                try:
                    done.add(self._move(part, at, devices))
                except UnreadableError as error:
                    trouble = trouble or error
        if trouble and not done:
            raise trouble
        return [each for each in self.archived() if each.file in done]

    def to_archive(self, before: int) -> list[tuple[int, int]]:
        """See the port."""
        return [(part.stream, part.first) for part in self._waiting(before)]

    def _waiting(self, before: int) -> list[Part]:
        limit, end = self._swept(), month_begin(month_of(before))
        sql = f"""SELECT DISTINCT stream, (moment + {OFFSET}) / {DAY} AS day, device / {PER_PART} AS part FROM live_packet
            WHERE stream > 0 AND moment < ? AND seq <= ? UNION
            SELECT DISTINCT stream, day, device / {PER_PART} FROM live_chunk WHERE stream > 0 AND day < ?"""  # noqa: S608 - own numbers # nosec B608 - the same
        found = self._run(sql, (end, limit, day_of_moment(end)))
        return sorted({Part(stream, month_of_day(day), part) for stream, day, part in found}, key=lambda part: (part.month, part))

    def _finish(self) -> None:
        """What a run that was interrupted left to do."""
        known = {file for (file,) in self._run("SELECT file FROM live_month")}
        tidy(self._folder(), known)
        self._drop_gone()
        for row in self._run("SELECT stream, month, part, through FROM live_month WHERE cleared = 0"):
            self._clear(Part(*row[:3]), row[3])

    def _move(self, part: Part, at: int, devices: Mapping[int, Mapping[str, object]]) -> str:
        """Move what there is of a part into a new file; its name."""
        before = self._before(part)
        work = Workshop(self._folder(), f"{part.stem}-{before.through}", part, self._cursor(), *self._shapes_of(part, before))
        try:
            self._make(work, part, before, devices)
        except BaseException as error:
            work.leave()
            if isinstance(error, Exception) and (isinstance(error, OSError) or is_of_the_file(error)):
                raise self._not_made(part, before, error) from error
            raise
        size, checksum = work.publish()
        with self._transaction():
            self._note(work, part, before, (size, checksum, at))
        self._drop_gone()
        work.leave()
        self._clear(part, before.through)
        return work.file

    def _not_made(self, part: Part, before: _Before, error: BaseException) -> Refusal:
        if before.file and self._is_wrong(before.file):
            return damaged(before.file, "与写入时的校验值不符")
        why = str(error).splitlines()[0]
        return Refusal(f"归档 {part.stem} 没有写成（{why}），数据仍在数据库中：请检查磁盘空间和归档文件夹。")

    def _before(self, part: Part) -> _Before:
        through = self.newest()
        file = self._run("SELECT file, bytes FROM live_month WHERE stream = ? AND month = ? AND part = ?", part)
        held: Tallies = {}
        sql = "SELECT device, shape, rows, kept, content FROM live_archived WHERE device >= ? AND device < ? AND stream = ? AND month = ?"
        for device, shape, *tally in self._run(sql, (*part.devices, part.stream, part.month)):
            held.setdefault(device, {})[shape] = Tally(*tally)
        touched = f"""SELECT DISTINCT device FROM live_packet WHERE {_OF_PART} AND seq <= ?
            UNION SELECT DISTINCT device FROM live_chunk WHERE {_DAYS_OF_PART}"""  # noqa: S608 - own names # nosec B608 - the same
        found = self._run(touched, (*_of_part(part), through, *_days_of_part(part)))
        name, size = file[0] if file else (None, 0)
        return _Before(name, size, held, sorted(device for (device,) in found), through)

    def _shapes_of(self, part: Part, before: _Before) -> tuple[dict[int, Shape], set[Shape]]:
        """All shapes of a part, and which of them have columns: first those that had."""
        sql = f"""SELECT DISTINCT shape FROM live_packet WHERE {_OF_PART} AND seq <= ?
            UNION SELECT DISTINCT shape FROM live_chunk WHERE {_DAYS_OF_PART}"""  # noqa: S608 - own names # nosec B608 - the same
        fresh = sorted(shape for (shape,) in self._run(sql, (*_of_part(part), before.through, *_days_of_part(part))))
        laid = sorted({shape for held in before.held.values() for shape, each in held.items() if each.kept < each.rows})
        numbers = {*fresh, *(shape for held in before.held.values() for shape in held)}
        shapes = {number: self._shape(number) for number in numbers}
        return shapes, tabular([shapes[number] for number in laid], [shapes[number] for number in fresh])

    def _make(self, work: Workshop, part: Part, before: _Before, devices: Mapping[int, Mapping[str, object]]) -> None:
        for device in before.touched:
            for rows in self._slices(part, device, before):
                work.lay(device, rows)
        untouched = sorted(before.held.keys() - set(before.touched))
        old = self._folder() / before.file if before.file else None
        if old and untouched:
            self._from_file(self._stay(part, before, untouched[0]), lambda path: path)
        expected = {device: before.held[device] for device in untouched} | work.tallies
        shapes = {number: self._shape(number) for held in expected.values() for number in held}
        work.make(old, untouched, notes_of(part.stream, shapes, {device: devices[device] for device in expected if device in devices}))
        wrong = work.compare(expected)
        if before.file and set(wrong) & set(untouched):
            raise damaged(before.file, "内容与登记的不符")
        if wrong:
            msg = f"归档 {part.stem} 写出后读回的内容与原数据不符，没有移走任何数据：请检查磁盘，再运行一次。"
            raise Refusal(msg)

    def _slices(self, part: Part, device: int, before: _Before) -> Iterator[list[Numbered]]:
        """All rows of a device, old and new, about ``SLICE`` at a time; a day of a vehicle may be more."""
        gathered: list[Numbered] = []
        step = self._days_at_once(part, device, before) * DAY
        for first in range(part.first, part.last, step):
            span = Span(device, part.stream, first, min(first + step, part.last))
            rows = self._from_tables(span, before.through)
            if device in before.held:
                stay = self._stay(part, before, device)
                rows += self._from_file(stay, partial(self._read, stay, span))
            gathered += once(rows)
            if len(gathered) >= SLICE:
                yield gathered
                gathered = []
        if gathered:
            yield gathered

    def _days_at_once(self, part: Part, device: int, before: _Before) -> int:
        """The whole month where that is no more than ``SLICE`` rows, else a day."""
        of = (device, part.stream)
        rows = "SELECT COUNT(*) FROM live_packet WHERE device = ? AND stream = ? AND moment >= ? AND moment < ?"
        size = "SELECT COALESCE(SUM(LENGTH(data)), 0) FROM live_chunk WHERE device = ? AND stream = ? AND day >= ? AND day < ?"
        fresh = self._run(rows, (*of, part.first, part.last))[0][0]
        packed = self._run(size, (*of, *_days_of_part(part)[-2:]))[0][0] // _LEAST
        held = sum(each.rows for each in before.held.get(device, {}).values())
        return _DAYS if int(fresh) + int(packed) + held <= SLICE else 1

    def _from_tables(self, span: Span, through: int) -> list[Numbered]:
        """What the tables have of whole days: rows first, as whatever reads both must."""
        sql = f"SELECT {schema.PACKET} FROM live_packet WHERE device = ? AND stream = ? AND moment >= ? AND moment < ? AND seq <= ?"  # noqa: S608 - own names # nosec B608 - the same
        rows = [numbered(row) for row in self._run(sql, (*span, through))]
        days = day_of_moment(span.first), day_of_moment(span.last - 1)
        return rows + [row for packed in self._packed_rows(span.device, span.stream, *days) for row in packed]

    def _stay(self, part: Part, before: _Before, device: int) -> Stay:
        held = tuple(Held(shape, each.rows, each.kept) for shape, each in before.held[device].items())
        return Stay(part, str(before.file), before.size, held)

    def _read(self, stay: Stay, span: Span, path: Path) -> list[Numbered]:
        shapes = {held.shape: self._shape(held.shape) for held in stay.held}
        return read_rows(self._cursor(), path, span, shapes, [held.shape for held in stay.held if held.kept < held.rows])

    def _note(self, work: Workshop, part: Part, before: _Before, made: tuple[int, str, int]) -> None:
        """Take note of a file, in a transaction: from here on it is what is read."""
        if self._file_of(part) != before.file:
            msg = f"归档 {part.stem} 期间有别的进程改动了归档，这次没有完成：请再运行一次。"
            raise Refusal(msg)
        if before.file:
            self._run(schema.PUT, (f"{GONE}{before.file}", 0))
        size, checksum, at = made
        untouched = {device: held for device, held in before.held.items() if device not in work.tallies}
        rows = sum(each.rows for held in (*untouched.values(), *work.tallies.values()) for each in held.values())
        self._run(_MONTH, (*part, work.file, rows, size, checksum, before.through, at, at))
        gone = [(device, part.stream, part.month) for device in work.tallies]
        self._many("DELETE FROM live_archived WHERE device = ? AND stream = ? AND month = ?", gone)
        told = [(device, part.stream, part.month, shape, *each) for device, held in work.tallies.items() for shape, each in held.items()]
        self._many(_HELD, told)
        for device, tail in work.tails.items():
            self._note_tail(device, part.stream, tail)

    def _note_tail(self, device: int, stream: int, tail: Sequence[Numbered]) -> None:
        known = self._run("SELECT MAX(moment) FROM live_tail WHERE device = ? AND stream = ?", (device, stream))[0][0]
        if known is None or known <= tail[0].row.moment:
            self._run("DELETE FROM live_tail WHERE device = ? AND stream = ?", (device, stream))
            self._many(_TAIL, [(seq, *row) for seq, row in tail])

    def _clear(self, part: Part, through: int) -> None:
        """Delete from the tables what the file holds, as far as every sweep has read it. May be interrupted and begun again."""
        swept = min(self._swept(), through)
        sql = "SELECT DISTINCT device FROM live_archived WHERE device >= ? AND device < ? AND stream = ? AND month = ?"
        for (device,) in self._run(sql, (*part.devices, part.stream, part.month)):
            self._clear_rows((device, part.stream, part.first, part.last, swept))
            self._clear_chunks(device, part, through)
        left = f"SELECT 1 FROM live_packet WHERE {_OF_PART} AND seq <= ? LIMIT 1"  # noqa: S608 - own names # nosec B608 - the same
        if not self._run(left, (*_of_part(part), through)):
            with self._transaction():
                self._run("UPDATE live_month SET cleared = 1 WHERE stream = ? AND month = ? AND part = ? AND through = ?", (*part, through))

    def _clear_rows(self, of: tuple[Any, ...]) -> None:
        sql = """DELETE FROM live_packet WHERE seq IN (SELECT seq FROM live_packet
            WHERE device = ? AND stream = ? AND moment >= ? AND moment < ? AND seq <= ? LIMIT ?) RETURNING seq"""
        gone = _AT_ONCE
        while gone == _AT_ONCE:
            with self._transaction():
                gone = len(self._run(sql, (*of, _AT_ONCE)))

    def _clear_chunks(self, device: int, part: Part, through: int) -> None:
        """Chunks all of whose rows are in the file; compared as they are deleted, because packing may add to them."""
        sql = "SELECT day, shape, data FROM live_chunk WHERE device = ? AND stream = ? AND day >= ? AND day < ?"
        days = (day_of_moment(part.first), day_of_moment(part.last))
        gone = [row for row in self._run(sql, (device, part.stream, *days)) if last_seq(bytes(row[2])) <= through]
        if gone:
            with self._transaction():
                drop = "DELETE FROM live_chunk WHERE device = ? AND stream = ? AND day = ? AND shape = ? AND data = ?"
                self._many(drop, [(device, part.stream, *row) for row in gone])


_OF_PART: Final = "device >= ? AND device < ? AND stream = ? AND moment >= ? AND moment < ?"
_DAYS_OF_PART: Final = "device >= ? AND device < ? AND stream = ? AND day >= ? AND day < ?"


def _of_part(part: Part) -> tuple[int, ...]:
    return (*part.devices, part.stream, part.first, part.last)


def _days_of_part(part: Part) -> tuple[int, ...]:
    return (*part.devices, part.stream, day_of_moment(part.first), day_of_moment(part.last))
