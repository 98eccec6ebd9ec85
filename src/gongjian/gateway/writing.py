"""The writer: a process that does nothing but make batches durable, so that neither the disk nor a lock ever holds up the listeners.

Reads batches from its input, writes what became of each to its output, ends when the input does. What a database would never take (a
text it cannot hold) is told apart from what it cannot take now: the first is left out by itself, the second is tried again by the gateway.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from gongjian.gateway.envelopes import LENGTH, Written, batch_of, place_of, sealed, unsealed
from gongjian.telemetry.live.places import Place, opened
from gongjian.telemetry.live.port import Batch, LiveStore, NotStoredError, SpoiltError

log = logging.getLogger("gongjian.gateway")


class Writer:
    """Writes batches at a place; opens it when it is first needed and after trouble."""

    def __init__(self, at: Place, opening: Callable[[Place], LiveStore] = opened) -> None:
        self._at, self._opening = at, opening
        self._store: LiveStore | None = None

    def write(self, batch: Batch) -> Written:
        """What became of a batch."""
        try:
            if self._store is None:
                self._store = self._opening(self._at)
            try:
                return Written(self._store.append(batch))
            except SpoiltError:
                return self._one_by_one(self._store, batch)
        except NotStoredError as error:
            return Written(0, trouble=str(error), full=error.full)

    def _one_by_one(self, store: LiveStore, batch: Batch) -> Written:
        """Everything by itself, without what is spoilt."""
        added, spoilt = 0, []
        for place, row in enumerate(batch.rows):
            try:
                added += store.append(Batch([row], batch.shapes))
            except SpoiltError:
                log.exception("无法保存的一行：%r", row)
                spoilt.append(place)
        for part in _beside(batch):
            try:
                store.append(part)
            except SpoiltError:
                log.exception("无法保存：%r", part)
        return Written(added, tuple(spoilt))


def _beside(batch: Batch) -> list[Batch]:
    return [
        *(Batch(refused=[each]) for each in batch.refused),
        *(Batch(conditions=[each]) for each in batch.conditions),
        *(Batch(strangers=[each]) for each in batch.strangers),
    ]


def received(source: IO[bytes]) -> Any:
    """The next message; None at the end, also in the midst of one: the gateway was killed."""
    front = source.read(LENGTH.size)
    if len(front) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(front)
    data = source.read(size)
    return unsealed(data) if len(data) == size else None


def main() -> None:
    """Write until the gateway is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group: the gateway ends this by closing the input
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    place = received(source)
    if place is None:
        return
    writer = Writer(place_of(place))
    with suppress(BrokenPipeError):  # the gateway was killed: what is written is written, and will be sent again
        while (message := received(source)) is not None:
            target.write(sealed(tuple(writer.write(batch_of(message)))))
            target.flush()


if __name__ == "__main__":
    main()
