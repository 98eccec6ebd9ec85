"""What is kept and how: sums for people, files compared with what was written, and forgetting."""

from __future__ import annotations

from typing import Any, Final

from gongjian.telemetry.live import schema
from gongjian.telemetry.live.chunks import day_of_moment
from gongjian.telemetry.live.days import PackingStore
from gongjian.telemetry.live.holding import Archived, Forgotten, Holding, Way
from gongjian.telemetry.live.monthly import damaged, lost
from gongjian.telemetry.live.months import month_begin, month_of
from gongjian.telemetry.live.packing import DAY
from gongjian.telemetry.live.workshop import checksum_of
from gongjian.telemetry.moments import OFFSET

GONE: Final = "gone:"  # of names in ``live_meta``: a file that may be deleted
_AT_ONCE: Final = 20_000  # rows deleted in one transaction
_ROWS: Final = "SELECT stream, COUNT(*), SUM(LENGTH(body)) + 80 * COUNT(*), MIN(moment), MAX(moment) FROM live_packet GROUP BY stream"
_PACKED: Final = "SELECT stream, SUM(LENGTH(data)), MIN(day), MAX(day) FROM live_chunk GROUP BY stream"
_ARCHIVED: Final = "SELECT stream, SUM(rows), SUM(bytes), MIN(month), MAX(month) FROM live_month GROUP BY stream"


class KeepingStore(PackingStore):
    """A store on tables that tells what it has and forgets."""

    def archived(self) -> list[Archived]:
        """See the port."""
        sql = "SELECT stream, month, file, rows, bytes, at, cleared FROM live_month ORDER BY stream, month, part"
        return [
            Archived(stream, month_begin(month), month_begin(month + 1), file, rows, size, at, bool(cleared))
            for stream, month, file, rows, size, at, cleared in self._run(sql)
        ]

    def holdings(self) -> list[Holding]:
        """See the port."""
        found = [Holding(stream, Way.ROWS, *rest) for stream, *rest in _whole(self._run(_ROWS))]
        for stream, size, first, last in _whole(self._run(_PACKED)):
            found.append(Holding(stream, Way.PACKED, None, size, first * DAY - OFFSET, (last + 1) * DAY - OFFSET - 1))
        for stream, rows, size, first, last in _whole(self._run(_ARCHIVED)):
            found.append(Holding(stream, Way.ARCHIVED, rows, size, month_begin(first), month_begin(last + 1) - 1))
        return sorted(found, key=lambda each: (each.stream, list(Way).index(each.way)))

    def check_files(self, most: int, *, at: int) -> list[str]:
        """See the port."""
        found = self._run("SELECT file FROM live_month ORDER BY checked, file LIMIT ?", (most,))
        wrong = []
        for (file,) in found:
            if not (self._folder() / file).exists():
                wrong.append(str(lost(file)))
            elif self._is_wrong(file):
                wrong.append(str(damaged(file, "与写入时的校验值不符")))
        with self._transaction():
            self._many("UPDATE live_month SET checked = ? WHERE file = ?", [(at, file) for (file,) in found])
        return wrong

    def _is_wrong(self, file: str) -> bool:
        """Whether a file is not what was written."""
        path = self._folder() / file
        noted = self._run("SELECT bytes, checksum FROM live_month WHERE file = ?", (file,))
        return not path.exists() or (path.stat().st_size, checksum_of(path)) != noted[0]

    def forget(self, stream: int, before: int) -> Forgotten:
        """See the port."""
        month, gone = month_of(before), 0
        with self._transaction():
            files = self._run("DELETE FROM live_month WHERE stream = ? AND month < ? RETURNING file", (stream, month))
            self._many(schema.PUT, [(f"{GONE}{file}", 0) for (file,) in files])
            self._run("DELETE FROM live_archived WHERE stream = ? AND month < ?", (stream, month))
            self._run("DELETE FROM live_tail WHERE stream = ? AND moment < ?", (stream, month_begin(month)))
            days = self._run("DELETE FROM live_chunk WHERE stream = ? AND day < ? RETURNING day", (stream, day_of_moment(before)))
        self._drop_gone()
        while step := self._forget_rows(stream, before):
            gone += step
        return Forgotten(gone, len(days), len(files))

    def _drop_gone(self) -> None:
        """Delete files nothing reads any more: noted with the change that made them so, in case it was interrupted here."""
        names = [name for (name,) in self._run("SELECT name FROM live_meta WHERE name LIKE ?", (f"{GONE}%",))]
        for name in names:
            (self._folder() / name.removeprefix(GONE)).unlink(missing_ok=True)
        if names:
            with self._transaction():
                self._many("DELETE FROM live_meta WHERE name = ?", [(name,) for name in names])

    def _forget_rows(self, stream: int, before: int) -> int:
        sql = """DELETE FROM live_packet WHERE seq IN (SELECT seq FROM live_packet WHERE stream = ? AND moment < ? LIMIT ?) RETURNING seq"""
        with self._transaction():
            return len(self._run(sql, (stream, before, _AT_ONCE)))

    def forget_refused(self, before: int) -> int:
        """See the port."""
        with self._transaction():
            return len(self._run("DELETE FROM live_refused WHERE at < ? RETURNING number", (before,)))


def _whole(rows: list[tuple[Any, ...]]) -> list[list[int]]:
    """Sums as whole numbers: PostgreSQL gives decimals."""
    return [[int(each or 0) for each in row] for row in rows]
