"""Old days out of rows into chunks. What is read before and after is the same."""

from __future__ import annotations

from collections import defaultdict

from gongjian.telemetry.live.chunks import Numbered, chunk_of, chunk_rows, day_of_moment, numbered, once
from gongjian.telemetry.live.packing import DAY
from gongjian.telemetry.live.schema import PACKET
from gongjian.telemetry.live.tables import TableStore
from gongjian.telemetry.moments import OFFSET

_PUT = """INSERT INTO live_chunk (device, stream, day, shape, data) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (device, stream, day, shape) DO UPDATE SET data = excluded.data"""


class PackingStore(TableStore):
    """A store on tables that packs."""

    def _swept(self) -> int:
        """As far as every named sweep has read."""
        swept = self._run("SELECT MIN(value) FROM live_meta WHERE name LIKE ?", ("cursor:%",))[0][0]
        return 2**62 if swept is None else int(swept)

    def pack(self, before: int, most: int = 1000) -> int:
        """See the port; each day of a device in a transaction of its own."""
        sql = f"""SELECT DISTINCT device, stream, (moment + {OFFSET}) / {DAY} FROM live_packet
            WHERE stream > 0 AND shape <> 0 AND moment < ? AND seq <= ? LIMIT ?"""  # noqa: S608 - own numbers # nosec B608 - the same
        limit = self._swept()
        found = self._run(sql, (day_of_moment(before) * DAY - OFFSET, limit, most))
        for device, stream, day in found:
            with self._transaction():
                self._pack(device, stream, day, limit)
        return len(found)

    def _pack(self, device: int, stream: int, day: int, limit: int) -> None:
        start = day * DAY - OFFSET
        sql = f"""SELECT {PACKET} FROM live_packet WHERE device = ? AND stream = ? AND moment >= ? AND moment < ?
            AND seq <= ? AND shape <> 0"""  # noqa: S608 - own names # nosec B608 - the same
        shapes: dict[int, list[Numbered]] = defaultdict(list)
        rows = [numbered(row) for row in self._run(sql, (device, stream, start, start + DAY, limit))]
        for each in rows:
            shapes[each.row.shape].append(each)
        for number, fresh in shapes.items():
            chunk = chunk_of(once([*self._packed(device, stream, day, number), *fresh]), self._shape(number))
            self._run(_PUT, (device, stream, day, number, chunk))
        self._many("DELETE FROM live_packet WHERE seq = ?", [(each.seq,) for each in rows])

    def _packed(self, device: int, stream: int, day: int, number: int) -> list[Numbered]:
        sql = "SELECT data FROM live_chunk WHERE device = ? AND stream = ? AND day = ? AND shape = ?"
        found = self._run(sql, (device, stream, day, number))
        return chunk_rows(bytes(found[0][0]), self._shape(number), (device, stream, number)) if found else []
