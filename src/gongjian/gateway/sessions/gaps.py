"""What is missing from a device, and asking for it: one question at a time, three tries ten seconds apart, three rounds at most. Pure.

A gap shows when a period comes that is not the one after the newest. A device that lost its line sends what was not answered by itself, and
not always in order, so a gap is asked for a minute later, without what has come by then. What is being asked for is noted as it goes, so
that the next run of the gateway goes on with it and asks nobody twice for what is over.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from gongjian.gateway.known import Known
from gongjian.gateway.sessions.holes import Gap, Hole, hole_of
from gongjian.telemetry.fates import OLDEST, Fate, Note
from gongjian.telemetry.live.packing import DAY, MICRO
from gongjian.telemetry.live.port import Stream

TIMEOUT: Final = 10 * MICRO  # HJ 212-2017: ten seconds, three tries
TRIES: Final = 3
ROUNDS: Final = 3  # of three tries each; then it is given up
QUIET: Final = 300 * MICRO  # after three tries without an answer
LONGEST: Final = OLDEST // timedelta(seconds=1)  # seconds
SPANS: Final = {Stream.MINUTE: DAY, Stream.HOUR: 7 * DAY}  # seconds asked for at once
MOST: Final = 100  # gaps kept for one device
GRACE: Final = 60 * MICRO  # from when a gap shows until it is asked for


@dataclass(slots=True)
class _Asking:
    waiting: deque[Hole] = field(default_factory=deque)
    out: Hole | None = None
    tries: int = 0  # of this round
    due: int = 0  # microseconds: when it may be asked (again)


class Gaps:
    """The newest moment of every stream of every device, and the questions that follow; ``notes`` of earlier runs, the oldest first."""

    def __init__(self, newest: Mapping[tuple[int, int], int] | None = None, grace: int = GRACE, notes: Iterable[Note] = ()) -> None:
        self._newest = dict(newest or {})
        self._grace = grace
        self._asking: dict[int, _Asking] = {}
        self._over: dict[int, Hole] = {}  # the last one of each device: its data may come after its answer
        self._done: set[tuple[int, Gap]] = set()  # over before this run
        self._moved: dict[tuple[int, Gap], Hole] = {}
        self.asked = 0
        for note in notes:
            self._recall(note)

    def _recall(self, note: Note) -> None:
        if note.fate.is_over:
            self._done.add((note.device, Gap(note.stream, note.first, note.last)))
        else:
            self._asking.setdefault(note.device, _Asking()).waiting.append(hole_of(note))

    def heard(self, known: Known, stream: int, moment: int, now: int) -> bool:
        """Note a period that came; whether it is older than the newest, so that it was sent late or again."""
        key = known.number, stream
        newest = self._newest.get(key)
        if newest is not None and moment <= newest:
            if stream in SPANS and (known.number in self._asking or known.number in self._over):
                self._fill(known.number, stream, moment, now)
            return moment < newest
        if moment * MICRO <= now + DAY * MICRO:
            self._newest[key] = moment
            if newest is not None and known.asks_missing and stream in SPANS:
                self._look(known, Gap(stream, newest, moment), now)
        return False

    def _look(self, known: Known, between: Gap, now: int) -> None:
        step = _step(known, between.stream)
        first = max(between.first + step, now // MICRO - LONGEST)
        last = between.last - step
        if first > last:
            return
        asking = self._asking.setdefault(known.number, _Asking(due=now + self._grace))
        span = SPANS[Stream(between.stream)]
        for start in range(first, last + 1, span):
            gap = Gap(between.stream, start, min(last, start + span - step))
            if len(asking.waiting) < MOST and (known.number, gap) not in self._done:
                hole = Hole(known.number, gap, step, now, gap.first, gap.last)
                asking.waiting.append(hole)
                self._move(hole)

    def _fill(self, device: int, stream: int, moment: int, now: int) -> None:
        """Part of a gap came, asked for or by itself."""
        asking = self._asking.get(device)
        for hole in asking.waiting if asking else ():
            if hole.fill(stream, moment):
                self._move(hole)
                if hole.is_filled and asking:
                    hole.end(Fate.CAME if hole.rounds else Fate.BY_ITSELF, now)
                    asking.waiting.remove(hole)
                return
        if asking and asking.out and asking.out.fill(stream, moment):
            self._move(asking.out)
        elif (over := self._over.get(device)) and over.fill(stream, moment):
            over.end(over.outcome(), now)
            self._move(over)

    def wants(self, device: int) -> bool:
        """Whether there is anything to ask this device for."""
        return device in self._asking

    def next(self, device: int, now: int) -> Gap | None:
        """What to ask for now; None where nothing is missing or it is not yet time to ask again."""
        asking = self._asking.get(device)
        if asking is None or now < asking.due:
            return None
        if asking.out is not None and asking.tries >= TRIES:
            self._unanswered(asking, asking.out, now)
            return None
        hole = asking.out or self._begun(asking, now)
        if hole is None:
            del self._asking[device]
            return None
        asking.tries += 1
        asking.due = now + TIMEOUT
        hole.tries += 1
        hole.asked_at, hole.fate = now, Fate.ASKED
        self.asked += 1
        self._move(hole)
        return hole.gap

    def _begun(self, asking: _Asking, now: int) -> Hole | None:
        """The next hole, in another of its rounds; one that has had them all, in earlier runs, is given up."""
        while asking.waiting:
            hole = asking.waiting.popleft()
            if hole.rounds < ROUNDS:
                hole.rounds += 1
                asking.out, asking.tries = hole, 0
                return hole
            hole.end(Fate.SILENT, now)
            self._move(hole)
        return None

    def _unanswered(self, asking: _Asking, hole: Hole, now: int) -> None:
        asking.out, asking.tries, asking.due = None, 0, now + QUIET
        self._move(hole)
        if hole.rounds >= ROUNDS:
            hole.end(hole.outcome() if hole.came else Fate.SILENT, now)
            self._over[hole.device] = hole
        else:
            hole.fate = Fate.WAITING
            asking.waiting.append(hole)

    def answering(self, device: int, now: int) -> None:
        """It has taken on the question (9011) or sends what was asked for: give it time."""
        asking = self._asking.get(device)
        if asking is not None and asking.out is not None:
            asking.due = now + TRIES * TIMEOUT

    def refused(self, device: int, now: int, said: int) -> None:
        """It will not (9011): on to the next."""
        self._close(device, now, said, Fate.REFUSED)

    def answered(self, device: int, now: int, said: int | None = None) -> None:
        """It has done what it was asked (9012), or could not: on to the next."""
        self._close(device, now, said, None)

    def _close(self, device: int, now: int, said: int | None, fate: Fate | None) -> None:
        asking = self._asking.get(device)
        if asking is None or asking.out is None:
            return
        hole, asking.out, asking.tries, asking.due = asking.out, None, 0, 0
        self._move(hole)
        if fate is None and hole.is_put_off(said) and hole.rounds < ROUNDS:
            hole.fate, hole.said, asking.due = Fate.WAITING, said, now + QUIET
            asking.waiting.append(hole)
            return
        hole.end(fate or hole.outcome(), now, said)
        self._over[device] = hole

    def _move(self, hole: Hole) -> None:
        self._moved[hole.device, hole.seen] = hole

    def drained(self) -> list[Note]:
        """What has moved since the last time, to be kept."""
        moved, self._moved = self._moved, {}
        return [hole.note() for hole in moved.values()]


def _step(known: Known, stream: int) -> int:
    return 3600 if stream == Stream.HOUR else 60 * known.minute_interval
