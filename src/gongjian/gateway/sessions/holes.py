"""Periods that did not come from a device, as one thing that is asked for. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from gongjian.protocols.hj212.codes import ExecutionResult
from gongjian.telemetry.fates import Fate, Note

_LATER: Final = frozenset({ExecutionResult.FAILED, ExecutionResult.TIMEOUT, ExecutionResult.BUSY, ExecutionResult.FAULT})


class Gap(NamedTuple):
    """Periods that did not come: the first and the last beginning, seconds."""

    stream: int
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Hole:
    """A gap as it was first ``seen``, and what is left of it between ``first`` and ``last``; ``before`` periods had come in an earlier run.

    Moments in microseconds, ``step`` and periods in seconds.
    """

    device: int
    seen: Gap
    step: int
    seen_at: int
    first: int
    last: int
    fate: Fate = Fate.WAITING
    rounds: int = 0
    tries: int = 0
    said: int | None = None
    asked_at: int | None = None
    over_at: int | None = None
    before: int = 0
    arrived: set[int] = field(default_factory=set)

    @property
    def gap(self) -> Gap:
        """What is left to ask for."""
        return Gap(self.seen.stream, self.first, self.last)

    @property
    def wanted(self) -> int:
        """How many periods were missing."""
        return (self.seen.last - self.seen.first) // self.step + 1

    @property
    def came(self) -> int:
        """How many of them have come."""
        return min(self.wanted, self.before + len(self.arrived))

    def fill(self, stream: int, moment: int) -> bool:
        """Take in a period; False where it is none of these. What came at either end is not asked for."""
        if stream != self.seen.stream or not self.seen.first <= moment <= self.seen.last:
            return False
        self.arrived.add(moment)
        while self.first in self.arrived and self.first <= self.last:
            self.first += self.step
        while self.last in self.arrived and self.last >= self.first:
            self.last -= self.step
        return True

    @property
    def is_filled(self) -> bool:
        """Whether nothing is left to ask for."""
        return self.first > self.last or self.came >= self.wanted

    def end(self, fate: Fate, now: int, said: int | None = None) -> None:
        """It is over, one way or another."""
        self.fate, self.over_at, self.said = fate, now, self.said if said is None else said

    def outcome(self) -> Fate:
        """What asking has brought by now."""
        if self.came:
            return Fate.CAME if self.came >= self.wanted else Fate.PARTLY
        return Fate.NOTHING

    def is_put_off(self, said: int | None) -> bool:
        """Whether the device says it could not do it now: busy, out of time, at fault."""
        return said in _LATER and not self.came

    def note(self) -> Note:
        """As it is kept."""
        asking = self.device, *self.seen, self.fate, self.rounds, self.tries
        return Note(*asking, self.wanted, self.came, self.said, self.seen_at, self.asked_at, self.over_at)


def hole_of(note: Note) -> Hole:
    """A hole again, from what was kept of it: it waits."""
    step = (note.last - note.first) // (note.wanted - 1) if note.wanted > 1 else 1
    hole = Hole(note.device, Gap(note.stream, note.first, note.last), step, note.seen_at, note.first, note.last)
    hole.rounds, hole.tries, hole.said, hole.asked_at, hole.before = note.rounds, note.tries, note.said, note.asked_at, note.came
    return hole
