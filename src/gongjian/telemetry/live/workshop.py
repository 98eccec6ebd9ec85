"""Making one file of archived uploads: laid out beside its place, compared with what it was made of, put in place, or swept away.

A folder below ``.work`` is named after the file that comes of it and stays until the database has taken note: whoever finds one knows that
its maker died, and which file may be his.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from gongjian.kernel.refusal import Refusal
from gongjian.telemetry.live.chunks import Numbered
from gongjian.telemetry.live.months import Part
from gongjian.telemetry.live.packing import DAY
from gongjian.telemetry.live.parquet import Span, pattern, read_rows
from gongjian.telemetry.live.parquet_writing import between_devices, merge, whole, write_rows
from gongjian.telemetry.live.port import Shape

if TYPE_CHECKING:
    import duckdb

SLICE: Final = 50_000  # rows in memory at once
_WORK: Final = ".work"
_HEAD: Final = Struct("<6q?")
_MASK: Final = (1 << 64) - 1


class Tally(NamedTuple):
    """What there is of a device in one shape: rows, those that kept their bytes, and a sum over all that is in them (signed, 64 bits)."""

    rows: int
    kept: int
    content: int


Tallies = dict[int, dict[int, Tally]]  # by device and number of the shape


class Workshop:
    """The work on one file, called ``stem``. ``shapes`` are all there are in it, ``fitting`` those that are laid out in columns."""

    def __init__(
        self, archive: Path, stem: str, part: Part, duck: duckdb.DuckDBPyConnection, shapes: Mapping[int, Shape], fitting: set[Shape]
    ) -> None:
        self.file = f"{part.folder}/{stem}.parquet"
        self.tallies: Tallies = {}
        self.tails: dict[int, list[Numbered]] = {}
        self._archive, self._part, self._duck, self._shapes, self._fitting = archive, part, duck, shapes, fitting
        self._folder = archive / _WORK / Path(self.file).name
        self._folder.mkdir(parents=True)
        self._laid: dict[int, list[Path]] = {}

    @property
    def _made(self) -> Path:
        return self._folder / "made.parquet"

    def lay(self, device: int, rows: Sequence[Numbered]) -> None:
        """Take in rows of a device: devices, and the moments of each, one after another."""
        laid = self._laid.setdefault(device, [])
        path = self._folder / f"{device:012}-{len(laid):06}.parquet"
        kept = write_rows(self._duck, path, rows, self._shapes, self._fitting)
        laid.append(path)
        tallied(self.tallies.setdefault(device, {}), rows, kept)
        newest = rows[-1].row.moment
        self.tails[device] = [each for each in rows if each.row.moment == newest]

    def make(self, old: Path | None, untouched: Sequence[int], notes: Mapping[str, str]) -> None:
        """Make the file of what was laid and what an older file has of other devices, in the order of devices."""
        sources, at = [], min((*self._laid, *untouched))
        for device, paths in sorted(self._laid.items()):
            if old and any(at <= other < device for other in untouched):
                sources.append(between_devices(old, at, device))
            sources.append(whole(paths))
            at = device + 1
        if old and any(other >= at for other in untouched):
            sources.append(between_devices(old, at, self._part.devices[1]))
        merge(self._duck, self._made, sources, notes)

    def compare(self, expected: Tallies) -> list[int]:
        """Read all of the file again; the devices of which something is not as expected."""
        wrong = [device for device, held in expected.items() if self._read(device, held) != held]
        count = self._duck.execute("SELECT count(*) FROM read_parquet(?)", [pattern(self._made)]).fetchall()[0][0]
        if not wrong and count != sum(each.rows for held in expected.values() for each in held.values()):
            return sorted(expected)
        return wrong

    def _read(self, device: int, held: Mapping[int, Tally]) -> dict[int, Tally]:
        days = 31 if sum(each.rows for each in held.values()) <= SLICE else 1
        found: dict[int, Tally] = {}
        laid = [number for number, each in held.items() if each.kept < each.rows]
        for first in range(self._part.first, self._part.last, days * DAY):
            span = Span(device, self._part.stream, first, min(first + days * DAY, self._part.last))
            rows = read_rows(self._duck, self._made, span, {number: self._shapes[number] for number in held}, laid)
            tallied(found, rows, {})
        return {number: each._replace(kept=held[number].kept) for number, each in found.items()}

    def publish(self) -> tuple[int, str]:
        """Put the file in its place, durable; its size and checksum."""
        size, checksum = self._made.stat().st_size, checksum_of(self._made)
        _synced(self._made)
        to = self._archive / self.file
        to.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._made, to)  # noqa: PTH105 - tests let it fail
        for folder in (to.parent, to.parent.parent, self._archive):
            _synced(folder)
        return size, checksum

    def leave(self) -> None:
        """Sweep up: the database has taken note, or nothing came of it."""
        shutil.rmtree(self._folder)


@contextmanager
def claimed(archive: Path) -> Iterator[None]:
    """The archive for oneself; Refusal where another process is at it or the folder cannot be used."""
    try:
        archive.mkdir(parents=True, exist_ok=True)
        handle = (archive / ".lock").open("w")
    except OSError as error:
        msg = f"归档文件夹 {archive} 不能使用（{error.strerror}）：请检查路径、权限和磁盘，或改设 GONGJIAN_ARCHIVE。"
        raise Refusal(msg) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = "另一个进程正在归档，请等它结束后再试。"
            raise Refusal(msg) from None
        yield


def tidy(archive: Path, known: set[str]) -> None:
    """Sweep up after makers that died: their folders, and the files nobody took note of."""
    for folder in sorted((archive / _WORK).glob("*.parquet")):
        for path in archive.glob(f"*/*/{folder.name}"):
            if path.relative_to(archive).as_posix() not in known:
                path.unlink()
        shutil.rmtree(folder)


def tallied(found: dict[int, Tally], rows: Sequence[Numbered], kept: Mapping[int, int]) -> None:
    """Add rows to what is there of a device."""
    for number, group in groupby(sorted(rows, key=lambda each: each.row.shape), key=lambda each: each.row.shape):
        parts = list(group)
        before = found.get(number, Tally(0, 0, 0))
        content = _signed(before.content + sum(_content(each) for each in parts))
        found[number] = Tally(before.rows + len(parts), before.kept + kept.get(number, 0), content)


def checksum_of(path: Path) -> str:
    """A checksum of a file."""
    found = blake2b(digest_size=16)
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            found.update(data)
    return found.hexdigest()


def _content(each: Numbered) -> int:
    row = each.row
    head = _HEAD.pack(each.seq, row.moment, row.digest, row.received, row.marks, row.shape, row.extra is not None)
    return int.from_bytes(blake2b(b"".join((head, row.body, row.extra or b"")), digest_size=8).digest(), "big")


def _signed(number: int) -> int:
    """Into what a database takes."""
    return (number + (1 << 63) & _MASK) - (1 << 63)


def _synced(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
