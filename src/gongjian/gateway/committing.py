"""Group commit: what connections keep is collected, written in one go, and answered when it is durable; not a moment earlier.

While the writer is at work the next batch collects by itself, so batches are as large as the load asks for. What cannot be stored is
kept and tried again; meanwhile nothing is answered, and beyond ``backlog`` nothing more is read: devices keep what is not answered.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, Protocol

from gongjian.gateway.envelopes import Written
from gongjian.gateway.limits import Allowance, Limits
from gongjian.gateway.sessions.tallies import Tallies
from gongjian.gateway.telling import Figures
from gongjian.telemetry.live.port import Batch, RefusedFrame, Row, Shape

log = logging.getLogger("gongjian.gateway")
GATHER: Final = 0.015  # seconds to wait for company
MOST: Final = 4_000  # rows of a batch
AGAIN: Final = 1.0  # seconds until what was not stored is tried again
REFUSALS: Final = 100  # refused frames a second that are kept
REFUSALS_HELD: Final = 2_000


class Answering(Protocol):
    """A connection as the committer knows it."""

    def answer(self, data: bytes) -> None:
        """Let an answer go."""

    def hold(self) -> None:
        """Read nothing more."""

    def release(self) -> None:
        """Read on."""


class Writing(Protocol):
    """What makes batches durable."""

    async def write(self, batch: Batch) -> Written:
        """Write one."""


class Told(NamedTuple):
    """What is written beside the data, and what the gateway counts of itself."""

    tallies: Tallies
    figures: Figures


class Committer:
    """Collects, writes, answers. ``trouble`` is why nothing can be stored at present, "" while all is well.

    ``is_full`` while the backlog keeps everybody from being read; ``everybody`` gives the connections there are.
    """

    def __init__(
        self,
        writer: Writing,
        told: Told,
        limits: Limits,
        patience: Callable[[], float],
        everybody: Callable[[], Iterable[Answering]],
    ) -> None:
        self._writer, self._limits, self._patience = writer, limits, patience
        self._tallies, self._figures = told
        self._rows: list[Row] = []
        self._answers: list[tuple[Answering, bytes, float]] = []
        self._shapes: dict[int, Shape] = {}
        self._told: set[int] = set()
        self._refused: list[RefusedFrame] = []
        self._allowance = Allowance(REFUSALS, patience())
        self._everybody: Callable[[], Iterable[Answering]] = everybody
        self._in_flight = 0
        self._something = asyncio.Event()
        self._closing = False
        self.trouble = ""
        self.is_full = False

    @property
    def backlog(self) -> int:
        """Packets received and not yet durable."""
        return len(self._rows) + self._in_flight

    def keep(self, row: Row, shape: Shape, of: Answering, answer: bytes) -> None:
        """Take an upload in; ``of`` gets its answer when it is durable."""
        if row.shape not in self._told and row.shape:
            self._shapes[row.shape] = shape
        if not self._rows:
            self._something.set()
        self._rows.append(row)
        self._answers.append((of, answer, self._patience()))
        if len(self._rows) + self._in_flight >= self._limits.backlog and not self.is_full:
            self._hold()

    def _hold(self) -> None:
        """Everybody at once: each that is read once more may bring hundreds of packets."""
        self.is_full = True
        for each in self._everybody():
            each.hold()

    def refuse(self, frame: RefusedFrame) -> None:
        """Take a refused frame in, as far as there is room: a flood of rubbish is counted, not kept."""
        self._figures.refused[frame.protocol, frame.reason] += 1
        if len(self._refused) < REFUSALS_HELD and not self._allowance.spend(1, self._patience()):
            self._refused.append(frame)
            self._something.set()

    def stir(self) -> None:
        """Have tallies written although nothing else is: called every second."""
        self._something.set()

    async def run(self) -> None:
        """Write batches until ``close``, and then what is left."""
        while not self._closing or self._rows:
            await self._something.wait()
            if not self._closing:
                await asyncio.sleep(GATHER)
            self._something.clear()
            await self._commit()

    async def close(self, seconds: float) -> None:
        """Write what is left, as long as that may take."""
        self._closing = True
        self._something.set()
        limit = self._patience() + seconds
        while self.backlog and self._patience() < limit:  # noqa: ASYNC110 - there is no one event: a batch may fail and be tried again
            await asyncio.sleep(GATHER)

    async def _commit(self) -> None:
        rows, answers = self._rows[:MOST], self._answers[:MOST]
        self._rows, self._answers = self._rows[MOST:], self._answers[MOST:]
        if self._rows:
            self._something.set()
        shapes, self._shapes = self._shapes, {}
        refused, self._refused = self._refused, []
        batch = Batch(rows, shapes, refused, *self._tallies.drained())
        if not any(batch):
            return
        self._in_flight = len(rows)
        written = await self._write(batch)
        self._in_flight = 0
        self._told |= shapes.keys()
        self._figures.stored(len(rows), written.added)
        self._answer(answers, set(written.spoilt))
        self._read_on()

    async def _write(self, batch: Batch) -> Written:
        """Write until it is written."""
        while True:
            written = await self._writer.write(batch)
            if not written.trouble:
                if self.trouble:
                    log.warning("数据恢复保存，积压 %s 包。", self.backlog)
                self.trouble = ""
                return written
            if not self.trouble:
                log.error("数据没有保存，暂停应答：%s", written.trouble)
            self.trouble = written.trouble
            await asyncio.sleep(AGAIN)

    def _answer(self, answers: list[tuple[Answering, bytes, float]], spoilt: set[int]) -> None:
        """One write for each connection."""
        now = self._patience()
        letters: defaultdict[Answering, list[bytes]] = defaultdict(list)
        for place, (of, answer, since) in enumerate(answers):
            if answer and place not in spoilt:
                letters[of].append(answer)
                self._figures.waited(now - since)
        for of, parts in letters.items():
            of.answer(b"".join(parts))

    def _read_on(self) -> None:
        if self.is_full and self.backlog < self._limits.backlog // 2:
            self.is_full = False
            for each in self._everybody():
                each.release()
