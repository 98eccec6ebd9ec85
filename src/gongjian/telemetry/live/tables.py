"""The live store on tables: what SQLite and PostgreSQL have in common. SQL is written with ``?``; a subclass says how it is run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from operator import itemgetter
from typing import Any, ClassVar

import numpy as np

from gongjian.telemetry.live import schema
from gongjian.telemetry.live.chunks import chunk_piece, chunk_rows, day_of_moment
from gongjian.telemetry.live.packing import heard, matrix, newest_of, shape_of, shape_text
from gongjian.telemetry.live.port import Batch, Column, Condition, Heard, KeptRefusal, RefusedFrame, Row, Shape, Stranger, Table
from gongjian.telemetry.live.reading import Piece, table_of, whole

_TIME = itemgetter(0)


class TableStore:
    """Reading, and all of writing but the rows themselves."""

    each: ClassVar[str]  # a table of the numbers handed over as one parameter, with a column ``value``

    def __init__(self) -> None:
        self._shapes: dict[int, Shape] = {0: ()}

    def _transaction(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and fetch what it gives."""
        raise NotImplementedError

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        raise NotImplementedError

    def _insert(self, first: int, rows: Sequence[Row]) -> int:
        """Put in rows numbered from ``first``, those not there already; how many."""
        raise NotImplementedError

    def _numbers(self, numbers: Iterable[int]) -> Any:
        """Numbers as the one parameter ``each`` takes."""
        raise NotImplementedError

    def append(self, batch: Batch) -> int:
        """See the port."""
        with self._transaction():
            added = 0
            if batch.shapes:
                self._many(schema.SHAPE, [(number, shape_text(shape)) for number, shape in batch.shapes.items()])
            if batch.rows:
                added = self._insert(self._counted("seq", len(batch.rows)), batch.rows)
            self._beside(batch)
        return added

    def _beside(self, batch: Batch) -> None:
        """What is not data: refusals, conditions, strangers."""
        if batch.refused:
            first = self._counted("refused", len(batch.refused))
            self._many(schema.REFUSE, [(first + place, *frame) for place, frame in enumerate(batch.refused)])
            self._run("DELETE FROM live_refused WHERE number < ?", (first + len(batch.refused) - schema.REFUSED_KEPT,))
        if batch.conditions:
            self._many(schema.CONDITION, batch.conditions)
        if batch.strangers:
            self._many(schema.STRANGER, batch.strangers)
            self._run(schema.TRIM_STRANGERS, (schema.STRANGERS_KEPT - 1,))

    def _counted(self, name: str, size: int) -> int:
        """The first of so many new numbers. Whoever is here first keeps others waiting until the transaction ends."""
        return int(self._run(schema.COUNT, (name, size))[0][0]) - size + 1

    def latest(self, devices: Sequence[int], stream: int) -> dict[int, Heard]:
        """See the port."""
        sql = f"""SELECT {_prefixed("p")} FROM {self.each} AS d JOIN live_packet p ON p.device = d.value AND p.stream = ? AND p.moment =
            (SELECT MAX(moment) FROM live_packet WHERE device = d.value AND stream = ?) ORDER BY p.device, p.seq"""  # noqa: S608 - own names # nosec B608 - the same
        rows = self._heard(self._run(sql, (self._numbers(devices), stream, stream)))
        found = {device: newest_of(list(parts)) for device, parts in groupby(rows, key=lambda row: row.device)}
        packed = f"""SELECT d.value, (SELECT MAX(day) FROM live_chunk WHERE device = d.value AND stream = ?)
            FROM {self.each} AS d"""  # noqa: S608 - own names # nosec B608 - the same
        for device, day in self._run(packed, (stream, self._numbers(devices))):
            if day is not None and (device not in found or day_of_moment(found[device].moment) <= day):
                found[device] = self._last_of_day(device, stream, day)
        return found

    def _last_of_day(self, device: int, stream: int, day: int) -> Heard:
        """The newest moment of a day of which some was packed: of what was packed and what came since."""
        sql = "SELECT shape, data FROM live_chunk WHERE device = ? AND stream = ? AND day = ?"
        chunks = self._run(sql, (device, stream, day))
        rows = [each for number, data in chunks for each in chunk_rows(bytes(data), self._shape(number), (device, stream, number))]
        newest = max(each.row.moment for each in rows)
        fresh = f"SELECT {schema.PACKET} FROM live_packet WHERE device = ? AND stream = ? AND moment >= ?"  # noqa: S608 - own names # nosec B608 - the same
        later = self._run(fresh, (device, stream, newest))
        return newest_of([*(heard(seq, row, self._shape(row.shape)) for seq, row in rows), *self._heard(later)])

    def table(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Table:
        """See the port."""
        found = table_of((*self._chunks(device, stream, columns, first, last), *self._pieces(device, stream, first, last)), columns)
        low, high = np.searchsorted(found.moments, (first, last))
        return Table(found.moments[low:high], found.values[low:high], found.flags[low:high])

    def _pieces(self, device: int, stream: int, first: int, last: int) -> Iterator[Piece]:
        sql = """SELECT shape, moment, seq, digest, body FROM live_packet
            WHERE device = ? AND stream = ? AND moment >= ? AND moment < ? AND shape <> 0"""
        rows = sorted(self._run(sql, (device, stream, first, last)), key=_TIME)
        for number, group in groupby(rows, key=_TIME):
            _, moments, seqs, digests, bodies = zip(*group, strict=True)
            yield Piece(
                self._shape(number), whole(moments), whole(seqs), whole(digests), *matrix(b"".join(bodies), len(self._shape(number)))
            )

    def _chunks(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Iterator[Piece]:
        sql = "SELECT shape, data FROM live_chunk WHERE device = ? AND stream = ? AND day BETWEEN ? AND ? ORDER BY day"
        for number, data in self._run(sql, (device, stream, day_of_moment(first), day_of_moment(last - 1))):
            if piece := chunk_piece(bytes(data), self._shape(number), columns):
                yield piece

    def columns(self, device: int, stream: int) -> list[Column]:
        """See the port."""
        sql = """SELECT shape FROM live_packet WHERE device = ? AND stream = ?
            UNION SELECT shape FROM live_chunk WHERE device = ? AND stream = ?"""
        found = self._run(sql, (device, stream, device, stream))
        return sorted({column for (number,) in found for column in self._shape(number)})

    def since(self, cursor: int, limit: int = 10_000, streams: Sequence[int] = ()) -> tuple[int, list[Heard]]:
        """See the port."""
        some = f"AND stream IN (SELECT value FROM {self.each} AS d)" if streams else ""  # noqa: S608 - own names # nosec B608 - the same
        sql = f"SELECT {schema.PACKET} FROM live_packet WHERE seq > ? AND stream > 0 {some} ORDER BY seq LIMIT ?"  # noqa: S608 - own names # nosec B608 - the same
        given = [cursor, *([self._numbers(streams)] if streams else []), limit]
        found = self._heard(self._run(sql, given))
        return (found[-1].seq if found else cursor), found

    def newest(self) -> int:
        """See the port."""
        found = self._run("SELECT value FROM live_meta WHERE name = ?", ("seq",))
        return int(found[0][0]) if found else 0

    def between(self, device: int, stream: int, first: int, last: int, limit: int = 20_000) -> list[Heard]:
        """See the port."""
        sql = f"""SELECT {schema.PACKET} FROM live_packet WHERE device = ? AND stream = ? AND moment >= ? AND moment < ?
            ORDER BY moment DESC, seq DESC LIMIT ?"""  # noqa: S608 - own names # nosec B608 # the same
        rows = [*self._heard(self._run(sql, (device, stream, first, last, limit))), *self._unpacked(device, stream, first, last)]
        return sorted(rows, key=lambda each: (each.moment, each.seq))[-limit:]

    def _unpacked(self, device: int, stream: int, first: int, last: int) -> Iterator[Heard]:
        sql = "SELECT shape, data FROM live_chunk WHERE device = ? AND stream = ? AND day BETWEEN ? AND ?"
        for number, data in self._run(sql, (device, stream, day_of_moment(first), day_of_moment(last - 1))):
            for seq, row in chunk_rows(bytes(data), self._shape(number), (device, stream, number)):
                if first <= row.moment < last:
                    yield heard(seq, row, self._shape(number))

    def cursor(self, name: str) -> int:
        """See the port."""
        found = self._run("SELECT value FROM live_meta WHERE name = ?", (f"cursor:{name}",))
        return int(found[0][0]) if found else 0

    def move_cursor(self, name: str, to: int) -> None:
        """See the port."""
        with self._transaction():
            self._run(schema.PUT, (f"cursor:{name}", to))

    def last_moments(self, streams: Sequence[int]) -> dict[tuple[int, int], int]:
        """See the port; each found by the index, never by looking at every row."""
        pairs = f"SELECT c.device, s.value AS stream FROM live_condition c CROSS JOIN {self.each} AS s"  # noqa: S608 - own names # nosec B608 - the same
        sql = f"""SELECT p.device, p.stream, (SELECT MAX(moment) FROM live_packet WHERE device = p.device AND stream = p.stream)
            FROM ({pairs}) AS p"""  # noqa: S608 - own names # nosec B608 - the same
        found = self._run(sql, (self._numbers(streams),))
        return {(device, stream): moment for device, stream, moment in found if moment is not None}

    def conditions(self, devices: Sequence[int] = ()) -> dict[int, Condition]:
        """See the port."""
        some = f"WHERE device IN (SELECT value FROM {self.each} AS d)" if devices else ""  # noqa: S608 - own names # nosec B608 - the same
        sql = f"SELECT device, first_seen, last_seen, skew, tolerated, packets, refused, peer FROM live_condition {some}"  # noqa: S608 - own names # nosec B608 - the same
        return {row[0]: Condition(*row) for row in self._run(sql, [self._numbers(devices)] if devices else [])}

    def strangers(self, limit: int = 200) -> list[Stranger]:
        """See the port."""
        sql = "SELECT protocol, name, first_seen, last_seen, frames, peer FROM live_stranger ORDER BY last_seen DESC, name LIMIT ?"
        return [Stranger(*row) for row in self._run(sql, (limit,))]

    def forget_stranger(self, protocol: str, name: str) -> None:
        """See the port."""
        with self._transaction():
            self._run("DELETE FROM live_stranger WHERE protocol = ? AND name = ?", (protocol, name))

    def refusals(self, *, device: int | None = None, name: str = "", waiting: bool = False, limit: int = 200) -> list[KeptRefusal]:
        """See the port."""
        wanted = {"device = ?": device, "name = ?": name or None}
        asked = [clause for clause, value in wanted.items() if value is not None] + (["replayed IS NULL"] if waiting else [])
        where = f"WHERE {' AND '.join(asked)}" if asked else ""
        sql = f"""SELECT number, replayed, at, protocol, device, name, peer, reason, sentence, missing, raw FROM live_refused {where}
            ORDER BY number DESC LIMIT ?"""  # noqa: S608 - own names # nosec B608 - the same
        rows = self._run(sql, [*(value for value in wanted.values() if value is not None), limit])
        return [KeptRefusal(row[0], _frame(row[2:]), row[1]) for row in rows]

    def replayed(self, numbers: Iterable[int], at: int) -> None:
        """See the port."""
        with self._transaction():
            self._many("UPDATE live_refused SET replayed = ? WHERE number = ?", [(at, number) for number in numbers])

    def _heard(self, rows: Iterable[tuple[Any, ...]]) -> list[Heard]:
        return [heard(row[0], Row(*row[1:]), self._shape(row[7])) for row in rows]

    def _shape(self, number: int) -> Shape:
        if number not in self._shapes:
            self._shapes |= {known: shape_of(text) for known, text in self._run("SELECT shape, text FROM live_shape")}
        return self._shapes[number]


def _frame(row: Sequence[Any]) -> RefusedFrame:
    return RefusedFrame(*row)._replace(raw=bytes(row[-1]))


def _prefixed(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in schema.PACKET.split(", "))
