"""Server-sent events on a server with few threads: a stream is short, and only so many run at once.

Each stream holds a thread of the server while it lasts. So no process has more than ``SEATS`` of them (the server has twice as many
threads, see the command ``run``); who finds none is answered 204, by which a browser stops asking for a stream, and asks now and then
instead. A stream ends by itself after ``LASTS`` seconds and the browser comes again by itself, which lets others in and lets a server be
stopped. A seat is a lease: one that was never given back, because a response was never begun, is free again soon.

A server sees that a browser has gone only when it writes: so something is written every second.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

SEATS: Final = 4
LASTS: Final = 25.0  # seconds
BEATS: Final = 1.0  # seconds of silence after which something is written: so the server sees that a browser is gone
LOOKS: Final = 0.2  # seconds between looks at the store
RETRY: Final = 1000  # milliseconds until a browser comes again
AGAIN: Final = 15  # seconds after which one who found no seat may ask again
_SLACK: Final = 10.0  # seconds a seat is kept beyond the end of its stream


class Seats:
    """How many streams there are, by the moment each seat falls free. Safe between threads."""

    def __init__(self, size: int = SEATS, patience: Callable[[], float] = time.monotonic) -> None:
        self._size, self._patience = size, patience
        self._taken: dict[object, float] = {}
        self._lock = threading.Lock()

    def take(self) -> object | None:
        """A seat, None where all are taken."""
        now = self._patience()
        with self._lock:
            self._taken = {seat: until for seat, until in self._taken.items() if until > now}
            if len(self._taken) >= self._size:
                return None
            seat = object()
            self._taken[seat] = now + LASTS + _SLACK
            return seat

    def give_back(self, seat: object) -> None:
        """Let somebody else sit down; twice does no harm."""
        with self._lock:
            self._taken.pop(seat, None)

    @property
    def free(self) -> int:
        """How many seats are free."""
        now = self._patience()
        with self._lock:
            return self._size - sum(until > now for until in self._taken.values())


seats: Final = Seats()

Look = Callable[[int], tuple[int, Mapping[str, Any]]]  # a cursor in; the next cursor and what is new out


def events(
    look: Look,
    cursor: int,
    *,
    lasts: float = LASTS,
    patience: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[bytes]:
    """What is new since a cursor, as it comes, until ``lasts`` seconds are over. The first line makes the browser's end open at once."""
    until, written = patience() + lasts, patience()
    yield f"retry: {RETRY}\n\n".encode()
    while True:
        reached, news = look(cursor)
        if news or patience() - written >= BEATS:
            yield event("now", news, reached) if news else f"id: {reached}\n\n".encode()
            written = patience()
        cursor = reached
        if patience() >= until:
            return
        sleep(LOOKS)


def event(name: str, data: Any, number: int) -> bytes:
    """One event; its data are one line of JSON."""
    return f"event: {name}\nid: {number}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class Stream(Iterator[bytes]):
    """The body of a response that gives its seat back when it ends or is closed."""

    def __init__(self, body: Iterator[bytes], on_end: Callable[[], None]) -> None:
        self._body, self._on_end = body, on_end

    def __next__(self) -> bytes:
        try:
            return next(self._body)
        except BaseException:  # its end too
            self.close()
            raise

    def close(self) -> None:
        """Called by the server when the browser is gone."""
        self._on_end()
