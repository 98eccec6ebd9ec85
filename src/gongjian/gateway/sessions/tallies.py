"""What was heard of each device since it was last written down. Pure."""

from __future__ import annotations

from typing import Final

from gongjian.telemetry.live.port import Condition, Stranger

STRANGERS: Final = 2_000  # between two writings; a flood of invented names ends here
_FIRST, _LAST, _SKEW, _TOLERATED, _PACKETS, _REFUSED, _PEER = range(7)
_SKEW_EVERY: Final = 60_000_000  # microseconds


class Tallies:
    """Sums by device, handed over by ``drained``. Moments in microseconds."""

    def __init__(self) -> None:
        self._devices: dict[int, list[int | str | None]] = {}
        self._strangers: dict[tuple[str, str], Stranger] = {}
        self._skewed: dict[int, int] = {}

    def heard(self, device: int, now: int, tolerated: int, peer: str) -> None:
        """A packet was kept."""
        found = self._devices.get(device)
        if found is None:
            self._devices[device] = [now, now, None, tolerated, 1, 0, peer]
            return
        found[_LAST] = now
        found[_PACKETS] += 1  # type: ignore[operator] # a number there
        if tolerated:
            found[_TOLERATED] |= tolerated  # type: ignore[operator] # a number there

    def refused(self, device: int, now: int, peer: str) -> None:
        """A frame of a known device was refused."""
        found = self._devices.setdefault(device, [now, now, None, 0, 0, 0, peer])
        found[_LAST] = now
        found[_REFUSED] += 1  # type: ignore[operator] # a number there

    def wants_skew(self, device: int, now: int) -> bool:
        """Whether it is time to look at its clock again: once a minute is enough."""
        return now - self._skewed.get(device, -_SKEW_EVERY) >= _SKEW_EVERY

    def skewed(self, device: int, now: int, milliseconds: int) -> None:
        """Its clock runs so far ahead of ours."""
        self._skewed[device] = now
        found = self._devices.get(device)
        if found is not None:
            found[_SKEW] = milliseconds

    def stranger(self, protocol: str, name: str, now: int, peer: str) -> None:
        """Somebody nobody has registered spoke."""
        known = self._strangers.get((protocol, name))
        if known is None and len(self._strangers) >= STRANGERS:
            return
        first, frames = (known.first_seen, known.frames) if known else (now, 0)
        self._strangers[protocol, name] = Stranger(protocol, name, first, now, frames + 1, peer)

    def drained(self) -> tuple[list[Condition], list[Stranger]]:
        """All of it; counting begins anew."""
        conditions = [Condition(device, *found) for device, found in self._devices.items()]  # type: ignore[arg-type] # in its order
        strangers = list(self._strangers.values())
        self._devices, self._strangers = {}, {}
        return conditions, strangers
