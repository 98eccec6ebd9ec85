"""The live store in memory: for tests of the rooms above, and the plainest statement of what a live store does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gongjian.telemetry.live.holding import Archived, Forgotten, Holding, Way
from gongjian.telemetry.live.packing import heard, matrix, newest_of
from gongjian.telemetry.live.port import (
    Batch,
    Column,
    Condition,
    Heard,
    KeptRefusal,
    NotStoredError,
    RefusedFrame,
    Row,
    Shape,
    Stranger,
    Table,
)
from gongjian.telemetry.live.reading import Piece, table_of, whole
from gongjian.telemetry.live.schema import REFUSED_KEPT, STRANGERS_KEPT


class MemoryLive:
    """Keeps everything in lists; ``trouble`` is what it says instead of storing, None while it works."""

    def __init__(self) -> None:
        self.trouble: NotStoredError | None = None
        self._rows: dict[tuple[int, int, int, int], tuple[int, Row]] = {}
        self._shapes: dict[int, Shape] = {0: ()}
        self._cursors: dict[str, int] = {}
        self._conditions: dict[int, Condition] = {}
        self._strangers: dict[tuple[str, str], Stranger] = {}
        self._refused: list[KeptRefusal] = []
        self._seq = 0

    def append(self, batch: Batch) -> int:
        """See the port."""
        if self.trouble:
            raise self.trouble
        self._shapes |= batch.shapes
        before = len(self._rows)
        for row in batch.rows:
            self._seq += 1
            self._rows.setdefault((row.device, row.stream, row.moment, row.digest), (self._seq, row))
        for frame in batch.refused:
            self._refuse(frame)
        for condition in batch.conditions:
            self._conditions[condition.device] = _added(self._conditions.get(condition.device), condition)
        for stranger in batch.strangers:
            known = self._strangers.pop((stranger.protocol, stranger.name), None)
            more = stranger if known is None else stranger._replace(first_seen=known.first_seen, frames=known.frames + stranger.frames)
            self._strangers[stranger.protocol, stranger.name] = more
        for name in list(self._strangers)[: -STRANGERS_KEPT or None]:
            del self._strangers[name]
        return len(self._rows) - before

    def _refuse(self, frame: RefusedFrame) -> None:
        number = self._refused[-1].number + 1 if self._refused else 1
        self._refused = [*self._refused[-REFUSED_KEPT + 1 :], KeptRefusal(number, frame, None)]

    def latest(self, devices: Sequence[int], stream: int) -> dict[int, Heard]:
        """See the port."""
        found = {}
        for device in devices:
            rows = self._of(device, stream)
            if rows:
                found[device] = newest_of([self._heard(seq, row) for seq, row in rows])
        return found

    def table(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Table:
        """See the port."""
        rows = [(seq, row) for seq, row in self._of(device, stream) if first <= row.moment < last and row.shape]
        return table_of((self._piece(seq, row) for seq, row in rows), columns)

    def columns(self, device: int, stream: int) -> list[Column]:
        """See the port."""
        return sorted({column for _, row in self._of(device, stream) for column in self._shapes[row.shape]})

    def since(self, cursor: int, limit: int = 10_000, streams: Sequence[int] = ()) -> tuple[int, list[Heard]]:
        """See the port."""
        rows = [
            (seq, row) for seq, row in self._rows.values() if seq > cursor and row.stream > 0 and (not streams or row.stream in streams)
        ]
        found = [self._heard(seq, row) for seq, row in rows[:limit]]
        return (found[-1].seq if found else cursor), found

    def newest(self) -> int:
        """See the port."""
        return self._seq

    def between(self, device: int, stream: int, first: int, last: int, limit: int = 20_000) -> list[Heard]:
        """See the port."""
        rows = [self._heard(seq, row) for seq, row in self._of(device, stream) if first <= row.moment < last]
        return sorted(rows, key=lambda each: (each.moment, each.seq))[-limit:]

    def cursor(self, name: str) -> int:
        """See the port."""
        return self._cursors.get(name, 0)

    def move_cursor(self, name: str, to: int) -> None:
        """See the port."""
        self._cursors[name] = to

    def last_moments(self, streams: Sequence[int]) -> dict[tuple[int, int], int]:
        """See the port."""
        found: dict[tuple[int, int], int] = {}
        for _, row in self._rows.values():
            if row.stream in streams and row.device in self._conditions:
                found[row.device, row.stream] = max(row.moment, found.get((row.device, row.stream), row.moment))
        return found

    def conditions(self, devices: Sequence[int] = ()) -> dict[int, Condition]:
        """See the port."""
        return {device: condition for device, condition in self._conditions.items() if not devices or device in devices}

    def strangers(self, limit: int = 200) -> list[Stranger]:
        """See the port."""
        return sorted(self._strangers.values(), key=lambda each: (-each.last_seen, each.name))[:limit]

    def forget_stranger(self, protocol: str, name: str) -> None:
        """See the port."""
        self._strangers.pop((protocol, name), None)

    def refusals(self, *, device: int | None = None, name: str = "", waiting: bool = False, limit: int = 200) -> list[KeptRefusal]:
        """See the port."""
        fitting = (
            kept
            for kept in reversed(self._refused)
            if (device is None or kept.frame.device == device)
            and (not name or kept.frame.name == name)
            and not (waiting and kept.replayed is not None)
        )
        return [kept for kept, _ in zip(fitting, range(limit), strict=False)]

    def replayed(self, numbers: Iterable[int], at: int) -> None:
        """See the port."""
        chosen = set(numbers)
        self._refused = [kept._replace(replayed=at) if kept.number in chosen else kept for kept in self._refused]

    def pack(self, before: int, most: int = 1000) -> int:  # noqa: ARG002 - nothing to pack
        """See the port: there is nothing smaller than what is here."""
        return 0

    def archive(self, before: int, *, at: int, devices: Mapping[int, Mapping[str, object]], most: int = 1) -> list[Archived]:  # noqa: ARG002 - nowhere to move
        """See the port: there are no files."""
        return []

    def to_archive(self, before: int) -> list[tuple[int, int]]:  # noqa: ARG002 - as above
        """See the port."""
        return []

    def archived(self) -> list[Archived]:
        """See the port."""
        return []

    def check_files(self, most: int, *, at: int) -> list[str]:  # noqa: ARG002 - as above
        """See the port."""
        return []

    def holdings(self) -> list[Holding]:
        """See the port."""
        streams: dict[int, list[Row]] = {}
        for _, row in self._rows.values():
            streams.setdefault(row.stream, []).append(row)
        return [
            Holding(
                stream,
                Way.ROWS,
                len(rows),
                sum(len(row.body) + 80 for row in rows),
                min(row.moment for row in rows),
                max(row.moment for row in rows),
            )
            for stream, rows in sorted(streams.items())
        ]

    def forget(self, stream: int, before: int) -> Forgotten:
        """See the port."""
        gone = [key for key, (_, row) in self._rows.items() if row.stream == stream and row.moment < before]
        for key in gone:
            del self._rows[key]
        return Forgotten(len(gone), 0, 0)

    def forget_refused(self, before: int) -> int:
        """See the port."""
        kept = [each for each in self._refused if each.frame.at >= before]
        gone, self._refused = len(self._refused) - len(kept), kept
        return gone

    def close(self) -> None:
        """See the port."""

    def _of(self, device: int, stream: int) -> list[tuple[int, Row]]:
        return [(seq, row) for seq, row in self._rows.values() if row.device == device and row.stream == stream]

    def _heard(self, seq: int, row: Row) -> Heard:
        return heard(seq, row, self._shapes[row.shape])

    def _piece(self, seq: int, row: Row) -> Piece:
        return Piece(
            self._shapes[row.shape], whole([row.moment]), whole([seq]), whole([row.digest]), *matrix(row.body, len(self._shapes[row.shape]))
        )


def _added(known: Condition | None, more: Condition) -> Condition:
    if known is None:
        return more
    return Condition(
        known.device,
        known.first_seen,
        max(known.last_seen, more.last_seen),
        known.skew if more.skew is None else more.skew,
        known.tolerated | more.tolerated,
        known.packets + more.packets,
        known.refused + more.refused,
        more.peer,
    )
