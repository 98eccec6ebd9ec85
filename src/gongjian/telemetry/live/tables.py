"""The live store on tables: what SQLite and PostgreSQL have in common. SQL is written with ``?``; a subclass says how it is run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from gongjian.telemetry.live import schema
from gongjian.telemetry.live.chunks import Numbered, chunk_piece, chunk_rows, day_of_moment, numbered, once
from gongjian.telemetry.live.monthly import MonthReading
from gongjian.telemetry.live.packing import heard, matrix, newest_of, shape_text
from gongjian.telemetry.live.port import Batch, Column, Condition, Heard, KeptRefusal, RefusedFrame, Stranger, Table
from gongjian.telemetry.live.reading import Piece, table_of, whole

_TIME = itemgetter(0)


class TableStore(MonthReading):
    """Reading, and all of writing but the rows themselves."""

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
        """See the port. No file is opened: what was archived of the newest moment stands in ``live_tail`` besides."""
        sql = f"""SELECT {_prefixed("p")} FROM {self.each} AS d JOIN live_packet p ON p.device = d.value AND p.stream = ? AND p.moment =
            (SELECT MAX(moment) FROM live_packet WHERE device = d.value AND stream = ?)"""  # noqa: S608 - own names # nosec B608 - the same
        found: dict[int, list[Heard]] = defaultdict(list)
        for row in self._heard(self._run(sql, (self._numbers(devices), stream, stream))):
            found[row.device].append(row)
        for device, day in self._packed_days(devices, stream):
            if device not in found or day_of_moment(found[device][0].moment) <= day:
                found[device] += self._last_of_day(device, stream, day)
        tails = f"SELECT {_prefixed('t')} FROM {self.each} AS d JOIN live_tail t ON t.device = d.value AND t.stream = ?"  # noqa: S608 - own names # nosec B608 - the same
        for row in self._heard(self._run(tails, (self._numbers(devices), stream))):
            found[row.device].append(row)
        return {device: newest_of(rows) for device, rows in found.items()}

    def _packed_days(self, devices: Sequence[int], stream: int) -> Iterator[tuple[int, int]]:
        """Of each device that has any, the last day of which some was packed."""
        sql = f"SELECT d.value, (SELECT MAX(day) FROM live_chunk WHERE device = d.value AND stream = ?) FROM {self.each} AS d"  # noqa: S608 - own names # nosec B608 - the same
        for device, day in self._run(sql, (stream, self._numbers(devices))):
            if day is not None:
                yield device, day

    def _last_of_day(self, device: int, stream: int, day: int) -> list[Heard]:
        """What was packed of the newest moment of a day; nothing where it was archived since somebody saw that there was some."""
        rows = [row for rows in self._packed_rows(device, stream, day, day) for row in rows]
        newest = max((each.row.moment for each in rows), default=0)
        return [heard(seq, row, self._shape(row.shape)) for seq, row in rows if row.moment == newest]

    def table(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Table:
        """See the port."""
        fresh = list(self._pieces(device, stream, first, last))  # in this order: see ``monthly``
        packed = list(self._chunks(device, stream, columns, first, last))
        months = list(self._month_pieces(device, stream, columns, first, last))
        found = table_of((*months, *packed, *fresh), columns)
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
            UNION SELECT shape FROM live_chunk WHERE device = ? AND stream = ?
            UNION SELECT shape FROM live_archived WHERE device = ? AND stream = ?"""
        found = self._run(sql, (device, stream) * 3)
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
        rows = [numbered(row) for row in self._run(sql, (device, stream, first, last, limit))]
        days = day_of_moment(first), day_of_moment(last - 1)
        rows += [row for rows in self._packed_rows(device, stream, *days) for row in rows if first <= row.row.moment < last]
        rows += [row for rows in self._month_rows(device, stream, first, last, limit) for row in rows]
        return [heard(seq, row, self._shape(row.shape)) for seq, row in once(rows)[-limit:]]

    def _packed_rows(self, device: int, stream: int, first: int, last: int) -> Iterator[list[Numbered]]:
        """The rows that were packed of days, a day and shape at a time."""
        sql = "SELECT shape, data FROM live_chunk WHERE device = ? AND stream = ? AND day BETWEEN ? AND ?"
        for number, data in self._run(sql, (device, stream, first, last)):
            yield chunk_rows(bytes(data), self._shape(number), (device, stream, number))

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
        sql = f"""SELECT p.device, p.stream, (SELECT MAX(moment) FROM live_packet WHERE device = p.device AND stream = p.stream),
            (SELECT MAX(day) FROM live_chunk WHERE device = p.device AND stream = p.stream) FROM ({pairs}) AS p"""  # noqa: S608 - own names # nosec B608 - the same
        found: dict[tuple[int, int], int] = {}
        for device, stream, moment, day in self._run(sql, (self._numbers(streams),)):
            if moment is not None:
                found[device, stream] = moment
            if day is not None and (moment is None or day_of_moment(moment) <= day):
                packed = (each.moment for each in self._last_of_day(device, stream, day))
                found[device, stream] = max(found.get((device, stream), 0), *packed, 0)
        tails = f"""SELECT p.device, p.stream, MAX(t.moment) FROM ({pairs}) AS p
            JOIN live_tail t ON t.device = p.device AND t.stream = p.stream GROUP BY p.device, p.stream"""  # noqa: S608 - own names # nosec B608 - the same
        for device, stream, moment in self._run(tails, (self._numbers(streams),)):
            found[device, stream] = max(found.get((device, stream), 0), moment)
        return {key: moment for key, moment in found.items() if moment}

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


def _frame(row: Sequence[Any]) -> RefusedFrame:
    return RefusedFrame(*row)._replace(raw=bytes(row[-1]))


def _prefixed(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in schema.PACKET.split(", "))
