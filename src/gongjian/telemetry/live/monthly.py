"""Reading the months of a live store that were moved to Parquet. Which they are stands in the database; a file alone is nothing.

Tables are asked before chunks and chunks before files: what is moved meanwhile goes that way, so it may be seen twice, never not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from gongjian.telemetry.live.chunks import Numbered
from gongjian.telemetry.live.ground import Ground
from gongjian.telemetry.live.months import Part, month_of, part_of
from gongjian.telemetry.live.packing import EARLIEST, matrix
from gongjian.telemetry.live.parquet import Span, cursor, is_of_the_file, read_piece, read_rows
from gongjian.telemetry.live.port import Column, Shape, UnreadableError
from gongjian.telemetry.live.reading import Piece, whole

if TYPE_CHECKING:
    import duckdb

_LATEST: Final = 4_102_444_800  # 2100-01-01
_STAYS: Final = """SELECT m.month, m.file, m.bytes, a.shape, a.rows, a.kept FROM live_archived a
    JOIN live_month m ON m.stream = a.stream AND m.month = a.month AND m.part = ?
    WHERE a.device = ? AND a.stream = ? AND a.month BETWEEN ? AND ? ORDER BY a.month, a.shape"""


_T = TypeVar("_T")


class Held(NamedTuple):
    """How many rows of a shape a device has in a file, and how many of them kept their bytes."""

    shape: int
    rows: int
    kept: int


class Stay(NamedTuple):
    """What a file has of one device: of which month, in which file (below the archive), of what size."""

    part: Part
    file: str
    size: int
    held: tuple[Held, ...]


class MonthReading(Ground):
    """A store some of whose months are files below ``archive``."""

    def __init__(self, archive: Path | None) -> None:
        super().__init__()
        self._archive = archive
        self._duck: duckdb.DuckDBPyConnection | None = None

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if self._duck is None:
            self._duck = cursor()
        return self._duck

    def _stays(self, device: int, stream: int, first: int, last: int) -> list[Stay]:
        """The files that have moments of a device from ``first`` until before ``last``, by month."""
        if last <= first:
            return []
        low, high = (month_of(_calendar(moment)) for moment in (first, last - 1))
        found = self._run(_STAYS, (part_of(device), device, stream, low, high))
        return [
            Stay(Part(stream, month, part_of(device)), file, size, tuple(Held(*row[3:]) for row in rows))
            for (month, file, size), rows in groupby(found, key=lambda row: row[:3])
        ]

    def _month_pieces(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Iterator[Piece]:
        for stay in self._stays(device, stream, first, last):
            span = _clipped(stay, device, first, last)
            try:
                yield from self._piece_of(stay, span, columns)
            except _MovedError:
                yield from self._month_pieces(device, stream, columns, span.first, span.last)

    def _piece_of(self, stay: Stay, span: Span, columns: Sequence[Column]) -> list[Piece]:
        shapes = {held.shape: self._shape(held.shape) for held in stay.held}
        laid = {column for held in stay.held if held.kept < held.rows for column in shapes[held.shape]}
        wanted = [column for column in columns if column in laid]
        kept = [held.shape for held in stay.held if held.kept and set(columns) & set(shapes[held.shape])]
        found = []
        if wanted:
            some = any(held.kept for held in stay.held)
            piece = self._from_file(stay, lambda path: read_piece(self._cursor(), path, span, wanted, some_kept=some))
            self._count(stay, span, len(piece.moments), sum(held.rows - held.kept for held in stay.held))
            found.append(piece.sent())
        if kept:
            rows = self._rows_of(stay, span)
            found += [piece_of_rows([each for each in rows if each.row.shape == number], shapes[number]) for number in kept]
        return found

    def _month_rows(self, device: int, stream: int, first: int, last: int, most: int) -> Iterator[list[Numbered]]:
        """The rows of a device a month at a time, the latest month first, until there are ``most``."""
        found = 0
        for stay in reversed(self._stays(device, stream, first, last)):
            if found >= most:
                return
            span = _clipped(stay, device, first, last)
            try:
                rows = self._rows_of(stay, span)
            except _MovedError:
                rows = [each for part in self._month_rows(device, stream, span.first, span.last, most) for each in part]
            found += len(rows)
            yield rows

    def _rows_of(self, stay: Stay, span: Span) -> list[Numbered]:
        shapes = {held.shape: self._shape(held.shape) for held in stay.held}
        laid = [held.shape for held in stay.held if held.kept < held.rows]
        rows = self._from_file(stay, lambda path: read_rows(self._cursor(), path, span, shapes, laid))
        self._count(stay, span, len(rows), sum(held.rows for held in stay.held))
        return rows

    def _count(self, stay: Stay, span: Span, found: int, expected: int) -> None:
        """Where the whole month was asked for, all of it must have come."""
        if (span.first, span.last) == (stay.part.first, stay.part.last) and found != expected:
            raise damaged(stay.file, f"应有 {expected} 条，读出 {found} 条")

    def _from_file(self, stay: Stay, read: Callable[[Path], _T]) -> _T:
        """Read; UnreadableError for a file that is lost or damaged, _MovedError for one that was made anew meanwhile."""
        path = self._folder() / stay.file
        try:
            _check_size(path, stay)
            return read(path)
        except OSError as error:
            if self._file_of(stay.part) != stay.file:
                raise _MovedError from error
            raise lost(stay.file) from error
        except Exception as error:
            if not is_of_the_file(error):
                raise
            if not path.exists() and self._file_of(stay.part) != stay.file:
                raise _MovedError from error
            raise damaged(stay.file, "内容读不出来") from error

    def _file_of(self, part: Part) -> str | None:
        found = self._run("SELECT file FROM live_month WHERE stream = ? AND month = ? AND part = ?", part)
        return found[0][0] if found else None

    def _folder(self) -> Path:
        if self._archive is None:
            msg = "有月份已经归档，却没有给出归档文件夹：请检查设置 GONGJIAN_ARCHIVE。"
            raise UnreadableError(msg)
        return self._archive


class _MovedError(Exception):
    """The file was made anew, or forgotten, between asking where it is and opening it."""


def lost(file: str) -> UnreadableError:
    """What is said of a file that is not there."""
    return UnreadableError(f"归档文件 {file} 不见了，其中的数据暂时读不到：请从备份恢复到归档文件夹，其余月份和设备不受影响。")


def damaged(file: str, why: str) -> UnreadableError:
    """What is said of a file that is not what was written."""
    return UnreadableError(f"归档文件 {file} 已损坏（{why}），其中的数据暂时读不到：请从备份恢复这个文件，其余月份和设备不受影响。")


def piece_of_rows(rows: Sequence[Numbered], shape: Shape) -> Piece:
    """Rows of one shape as a piece."""
    told = (whole([each.row.moment for each in rows]), whole([each.seq for each in rows]), whole([each.row.digest for each in rows]))
    return Piece(shape, *told, *matrix(b"".join(each.row.body for each in rows), len(shape)))


def _check_size(path: Path, stay: Stay) -> None:
    """What is cut off is found before it is read."""
    if path.stat().st_size != stay.size:
        raise damaged(stay.file, f"应为 {stay.size} 字节")


def _clipped(stay: Stay, device: int, first: int, last: int) -> Span:
    return Span(device, stay.part.stream, max(first, stay.part.first), min(last, stay.part.last))


def _calendar(moment: int) -> int:
    """A moment as far as there are months: what is earlier or later was never archived."""
    return min(max(moment, EARLIEST), _LATEST)
