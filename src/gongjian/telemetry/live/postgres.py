"""The live store in PostgreSQL, rows by COPY. One connection; not for two threads. A connection that broke is made anew at the next use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from gongjian.telemetry.live import schema
from gongjian.telemetry.live.archive import MonthlyStore
from gongjian.telemetry.live.port import NotStoredError, Row, SpoiltError

_INCOMING = f"CREATE TEMPORARY TABLE live_incoming ON COMMIT DELETE ROWS AS SELECT {schema.PACKET} FROM live_packet WITH NO DATA"  # noqa: S608 - own names # nosec B608 - the same
_COPY = f"COPY live_incoming ({schema.PACKET}) FROM STDIN (FORMAT BINARY)"
_TYPES = ("int8", "int8", "int4", "int8", "int8", "int8", "int8", "int8", "bytea", "bytea")
_TAKE = f"""INSERT INTO live_packet ({schema.PACKET}) SELECT {schema.PACKET} FROM live_incoming ORDER BY seq
    ON CONFLICT (device, stream, moment, digest) DO NOTHING"""  # noqa: S608 - own names # nosec B608 - the same
_LOCK = 7_002  # while tables are made


class PostgresLive(MonthlyStore):
    """The store of an installation on PostgreSQL; ``connect`` is how psycopg is to connect, ``archive`` where archived months lie."""

    each = "(SELECT unnest(?::bigint[]) AS value)"

    def __init__(self, connect: Mapping[str, Any], archive: Path | None = None) -> None:
        super().__init__(archive)
        self._connect = dict(connect)
        self._link: psycopg.Connection[tuple[Any, ...]] | None = None
        with self._transaction():
            self._run("SELECT pg_advisory_xact_lock(?)", (_LOCK,))
            if self._run("SELECT to_regclass('live_tail')")[0][0] is None:
                for statement in schema.TABLES:
                    self._run(statement.format(key="BIGINT PRIMARY KEY", bytes="BYTEA"))
                self._run(schema.PUT, ("schema", schema.VERSION))

    @property
    def _connection(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._link is None or self._link.closed:
            self._link = psycopg.connect(**self._connect, autocommit=True)
        return self._link

    def _ready(self) -> psycopg.Connection[tuple[Any, ...]]:
        """The connection, made anew where the server ended it meanwhile (a restart): found out by a question, before anything is asked."""
        link = self._connection
        if link.info.transaction_status is TransactionStatus.IDLE:
            try:
                link.execute("SELECT 1")
            except psycopg.OperationalError:
                link.close()
        return self._connection

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._ready().transaction():
                yield
        except (psycopg.DataError, psycopg.IntegrityError, OverflowError, UnicodeError) as error:
            raise SpoiltError(str(error)) from error
        except psycopg.Error as error:
            full = isinstance(error, psycopg.errors.DiskFull)
            words = (
                "数据库所在磁盘已满"
                if full
                else f"数据库没有写入（{str(error).strip().splitlines()[0] if str(error).strip() else '连接中断'}）"
            )
            msg = f"{words}，数据尚未保存：请检查 PostgreSQL，恢复后会自动继续。"
            raise NotStoredError(msg, full=full) from error

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        found = self._ready().execute(sql.replace("?", "%s"), parameters)
        return found.fetchall() if found.description else []

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self._connection.cursor().executemany(sql.replace("?", "%s"), rows)

    def _insert(self, first: int, rows: Sequence[Row]) -> int:
        cursor = self._connection.cursor()
        if not cursor.execute("SELECT to_regclass('pg_temp.live_incoming')").fetchone()[0]:  # type: ignore[index] # one row always
            cursor.execute(_INCOMING)
        with cursor.copy(_COPY) as copy:
            copy.set_types(_TYPES)
            for seq, row in enumerate(rows, first):
                copy.write_row((seq, *row))
        return cursor.execute(_TAKE).rowcount

    def _numbers(self, numbers: Iterable[int]) -> list[int]:
        return list(numbers)

    def close(self) -> None:
        """See the port."""
        if self._link is not None:
            self._link.close()
