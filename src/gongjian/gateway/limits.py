"""How much a connection may take of the gateway. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection and all of them may take; times in seconds.

    ``first``: until a connection has shown that it is a known device; ``frame``: from the first byte of a frame to its last; ``idle``:
    between two frames. ``rate``: packets a second on one connection, in bursts of twice that. ``trouble``: frames refused in a row, a
    kilobyte of rubbish counting as one. ``kept``: refused frames of one connection that are kept. ``backlog``: packets received and not
    yet durable at which nothing more is read. ``allow``: networks, comma-separated.
    """

    connections: int = 20_000
    per_address: int = 12_000
    first: float = 30.0
    frame: float = 10.0
    idle: float = 1200.0
    rate: int = 200
    trouble: int = 200
    kept: int = 50
    backlog: int = 8_000
    allow: str = ""


class Allowance:
    """A bucket of tokens: so many a second, twice as many at once."""

    __slots__ = ("_at", "_left", "rate")

    def __init__(self, rate: int, at: float) -> None:
        self.rate = rate
        self._left = 2.0 * rate
        self._at = at

    def spend(self, count: int, at: float) -> float:
        """Take tokens; how long to wait before anything more is read, 0.0 while there are some."""
        self._left = min(2.0 * self.rate, self._left + (at - self._at) * self.rate) - count
        self._at = at
        return 0.0 if self._left >= 0 else -self._left / self.rate
