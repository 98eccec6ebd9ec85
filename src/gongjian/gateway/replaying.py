"""Refused frames once more, held against the devices as they are registered now. Pure but for what it is handed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.gb17691 import Gb17691Session
from gongjian.gateway.sessions.hj212 import Hj212Session
from gongjian.telemetry.live.port import Batch, KeptRefusal, RefusedFrame, Row, Shape

_SESSIONS: dict[str, type[Hj212Session | Gb17691Session]] = {"hj212": Hj212Session, "gb17691": Gb17691Session}


class Retaken(NamedTuple):
    """What can be kept now, and the numbers of the refusals it comes from."""

    batch: Batch
    numbers: list[int]


class _Tray:
    """A sink that only collects: nobody waits for an answer any more."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.shapes: dict[int, Shape] = {}

    def keep(self, row: Row, shape: Shape, answer: bytes) -> None:  # noqa: ARG002 - a sink's signature
        self.rows.append(row)
        if row.shape:
            self.shapes[row.shape] = shape

    def send(self, data: bytes) -> None:
        """Nobody is there."""

    def refuse(self, frame: RefusedFrame) -> None:
        """It stays as it is kept already."""


def retaken(refusals: Sequence[KeptRefusal], desk: Desk) -> Retaken:
    """The rows of those that are taken now, received when they were; from the address they came from."""
    tray, numbers = _Tray(), []
    for kept in sorted(refusals):
        frame = kept.frame
        session = _SESSIONS[frame.protocol](desk, frame.peer, tray)
        session.receive(frame.raw, frame.at)
        if session.good:
            numbers.append(kept.number)
    conditions, _ = desk.tallies.drained()
    return Retaken(Batch(tray.rows, tray.shapes, conditions=conditions), numbers)
