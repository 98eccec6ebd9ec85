"""What is missing from a device, and asking for it: one question at a time, three tries ten seconds apart, each gap once. Pure.

A gap shows when a period comes that is not the one after the newest. A device that lost its line sends what was not answered by itself, and
not always in order, so a gap is asked for a minute later, without what has come by then.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gongjian.gateway.known import Known
from gongjian.telemetry.live.packing import DAY, MICRO
from gongjian.telemetry.live.port import Stream

TIMEOUT: Final = 10 * MICRO  # HJ 212-2017: ten seconds, three tries
TRIES: Final = 3
QUIET: Final = 300 * MICRO  # after three tries without an answer
OLDEST: Final = 30 * DAY  # seconds: no instrument is asked for more
SPANS: Final = {Stream.MINUTE: DAY, Stream.HOUR: 7 * DAY}  # seconds asked for at once
MOST: Final = 100  # gaps kept for one device
GRACE: Final = 60 * MICRO  # from when a gap shows until it is asked for


class Gap(NamedTuple):
    """Periods that did not come: the first and the last beginning, seconds."""

    stream: int
    first: int
    last: int


@dataclass(slots=True)
class _Asking:
    waiting: deque[Gap] = field(default_factory=deque)
    out: Gap | None = None
    tries: int = 0
    due: int = 0  # microseconds: when it may be asked (again)


class Gaps:
    """The newest moment of every stream of every device, and the questions that follow from it."""

    def __init__(self, newest: Mapping[tuple[int, int], int] | None = None, grace: int = GRACE) -> None:
        self._newest = dict(newest or {})
        self._grace = grace
        self._asking: dict[int, _Asking] = {}
        self.asked = 0

    def heard(self, known: Known, stream: int, moment: int, now: int) -> bool:
        """Note a period that came; whether it is older than the newest, so that it was sent late or again."""
        key = known.number, stream
        newest = self._newest.get(key)
        if newest is not None and moment <= newest:
            if known.number in self._asking and stream in SPANS:
                self._fill(known, stream, moment)
            return moment < newest
        if moment * MICRO <= now + DAY * MICRO:
            self._newest[key] = moment
            if newest is not None and known.asks_missing and stream in SPANS:
                self._look(known, Gap(stream, newest, moment), now)
        return False

    def _look(self, known: Known, between: Gap, now: int) -> None:
        step = _step(known, between.stream)
        first = max(between.first + step, now // MICRO - OLDEST)
        last = between.last - step
        if first > last:
            return
        asking = self._asking.setdefault(known.number, _Asking(due=now + self._grace))
        for start in range(first, last + 1, SPANS[Stream(between.stream)]):
            if len(asking.waiting) < MOST:
                asking.waiting.append(Gap(between.stream, start, min(last, start + SPANS[Stream(between.stream)] - step)))

    def _fill(self, known: Known, stream: int, moment: int) -> None:
        """Part of a gap came by itself: what comes at either end of one is not asked for."""
        step, waiting = _step(known, stream), self._asking[known.number].waiting
        for place, gap in enumerate(waiting):
            if gap.stream == stream and moment in {gap.first, gap.last}:
                first, last = (gap.first + step, gap.last) if moment == gap.first else (gap.first, gap.last - step)
                if first > last:
                    del waiting[place]
                else:
                    waiting[place] = Gap(stream, first, last)
                return

    def wants(self, device: int) -> bool:
        """Whether there is anything to ask this device for."""
        return device in self._asking

    def next(self, device: int, now: int) -> Gap | None:
        """What to ask for now; None where nothing is missing or it is not yet time to ask again."""
        asking = self._asking.get(device)
        if asking is None or now < asking.due:
            return None
        if asking.out is not None and asking.tries >= TRIES:
            asking.out, asking.tries, asking.due = None, 0, now + QUIET
            return None
        if asking.out is None:
            if not asking.waiting:
                del self._asking[device]
                return None
            asking.out, asking.tries = asking.waiting.popleft(), 0
        asking.tries += 1
        asking.due = now + TIMEOUT
        self.asked += 1
        return asking.out

    def answering(self, device: int, now: int) -> None:
        """It has taken on the question (9011) or sends what was asked for: give it time."""
        asking = self._asking.get(device)
        if asking is not None and asking.out is not None:
            asking.due = now + TRIES * TIMEOUT

    def answered(self, device: int) -> None:
        """It has done what it was asked (9012), or will not: on to the next."""
        asking = self._asking.get(device)
        if asking is not None:
            asking.out, asking.tries, asking.due = None, 0, 0


def _step(known: Known, stream: int) -> int:
    return 3600 if stream == Stream.HOUR else 60 * known.minute_interval
