"""The live store in a SQLite file of its own: WAL, every commit on the disk before it returns. One connection; not for two threads."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gongjian.telemetry.live import schema
from gongjian.telemetry.live.archive import MonthlyStore
from gongjian.telemetry.live.port import NotStoredError, Row, SpoiltError

_PATIENCE = 20.0  # seconds to wait for another writer
_PAGES = 4000  # of the log before it is worked into the file: 16 MB
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}


class SqliteLive(MonthlyStore):
    """The store of an installation with embedded databases; ``archive`` is where archived months lie."""

    each = "(SELECT value FROM json_each(?))"

    def __init__(self, path: Path, archive: Path | None = None) -> None:
        super().__init__(archive)
        self._path = path
        self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        self._run("PRAGMA journal_mode=WAL")
        self._run("PRAGMA synchronous=FULL")
        self._run("PRAGMA cache_size=-65536")
        self._run(f"PRAGMA wal_autocheckpoint={_PAGES}")
        self._prepare()

    def _prepare(self) -> None:
        if self._run("PRAGMA user_version")[0][0] == schema.VERSION:
            return
        with self._transaction():
            for statement in schema.TABLES:
                self._run(statement.format(key="INTEGER PRIMARY KEY", bytes="BLOB"))
            self._run(f"PRAGMA user_version={schema.VERSION}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, (OverflowError, UnicodeError, sqlite3.InterfaceError, sqlite3.DataError, sqlite3.IntegrityError)):
                raise SpoiltError(str(error)) from error
            if isinstance(error, sqlite3.Error):
                raise self._not_stored(error) from error
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _not_stored(self, error: sqlite3.Error) -> NotStoredError:
        name = getattr(error, "sqlite_errorname", "")
        if name in _FULL:
            return NotStoredError(f"磁盘已满，数据没有写入 {self._path.name}：请清理磁盘空间，腾出后会自动继续。", full=True)
        return NotStoredError(f"数据没有写入 {self._path.name}（{error}）：请检查文件权限和磁盘。")

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self._connection.executemany(sql, rows)

    def _insert(self, first: int, rows: Sequence[Row]) -> int:
        return self._connection.executemany(schema.INSERT, [(seq, *row) for seq, row in enumerate(rows, first)]).rowcount

    def _numbers(self, numbers: Iterable[int]) -> str:
        return json.dumps(list(numbers))

    def close(self) -> None:
        """See the port."""
        self._connection.close()
