"""One connection of a heavy-duty vehicle, GB 17691-2018 Annex Q. Each frame is kept byte for byte; what it says is read later.

The answer repeats command and moment of what it answers: so do platforms in the field; the annex itself was not seen.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gongjian.gateway.known import Known
from gongjian.gateway.sessions.desk import STRANGER, Desk, Sink, objection, turned_away
from gongjian.protocols.gb17691.decoding import Decoder
from gongjian.protocols.gb17691.frames import Command, Encryption, Event, Frame, Refused, Rubbish, frame_bytes
from gongjian.protocols.gb17691.moments import BEIJING, SIZE, moment, moment_bytes
from gongjian.telemetry.live.packing import MICRO, RESENT, Content, extra_of, packed
from gongjian.telemetry.live.port import RefusedFrame, Stream

PROTOCOL: Final = "gb17691"
_STREAMS: Final[dict[int, int]] = {Command.LOGIN: Stream.LOGIN.value, Command.LOGOUT: Stream.LOGOUT.value}


class Gb17691Session:
    """A vehicle is known by its VIN alone; the protocol has no password. ``trouble`` and ``good`` as of the other session."""

    protocol = PROTOCOL
    rate: int | None = None

    def __init__(self, desk: Desk, peer: str, sink: Sink) -> None:
        self._desk, self._peer, self._sink = desk, peer, sink
        self._decoder = Decoder()
        self.trouble = 0
        self.good = 0

    @property
    def held(self) -> int:
        """Bytes of a frame that has not ended."""
        return self._decoder.held

    def receive(self, data: bytes, now: int) -> int:
        """Deal with what came; how many frames, good or bad."""
        return self._deal(self._decoder.receive(data), now)

    def expire(self, now: int) -> int:
        """Give up the frame that has not ended."""
        return self._deal(self._decoder.flush(), now)

    def ask(self, now: int) -> None:
        """Nothing: a platform asks vehicles for nothing."""

    def _deal(self, events: list[Event], now: int) -> int:
        for event in events:
            if isinstance(event, Frame):
                self._frame(event, now)
            elif isinstance(event, Rubbish):
                self.trouble += 1 + event.size // 1024
            else:
                self._refuse(event, now)
        return len(events)

    def _frame(self, frame: Frame, now: int) -> None:
        known = self._desk.directory.find(PROTOCOL, frame.vin)
        why = objection(known, None, self._peer, self._desk.directory)
        if why or known is None:
            self._turn_away(frame, known, why, now)
            return
        self.trouble = 0
        self.good += 1
        self.rate = known.most_per_second
        if frame.command == Command.CLOCK:
            self._sink.send(_answer(frame, moment_bytes(datetime.fromtimestamp(now / MICRO, BEIJING))))
        else:
            self._keep(frame, known, now)
        self._desk.tallies.heard(known.number, now, 0, self._peer)

    def _keep(self, frame: Frame, known: Known, now: int) -> None:
        """Under its moment; under none that can be true where its clock tells none or the data are sealed."""
        plain = frame.encryption == Encryption.NONE
        at = moment(frame.data[:SIZE]) if plain else None
        second = 0 if at is None else int(at.timestamp())
        stream = _STREAMS.get(frame.command, Stream.VEHICLE.value)
        late = self._desk.gaps.heard(known, stream, second, now) or frame.command == Command.RESENT
        extra = None if plain else extra_of([("encryption", frame.encryption)])
        row = packed(known.number, stream, second, now, Content(0, frame.data, extra, RESENT if late else 0))
        self._sink.keep(row, (), _answer(frame, frame.data[:SIZE]))
        if at is not None and self._desk.tallies.wants_skew(known.number, now):
            self._desk.tallies.skewed(known.number, now, second * 1000 - now // 1000)

    def _turn_away(self, frame: Frame, known: Known | None, why: str, now: int) -> None:
        if why == STRANGER:
            self._desk.tallies.stranger(PROTOCOL, frame.vin, now, self._peer)
        self._put_aside(frame_bytes(frame), why, turned_away(why, frame.vin, self._peer), frame.vin, known, now)

    def _refuse(self, refused: Refused, now: int) -> None:
        self._put_aside(refused.raw, refused.reason.value, refused.sentence, "", None, now)

    def _put_aside(self, raw: bytes, why: str, sentence: str, vin: str, known: Known | None, now: int) -> None:
        self.trouble += 1
        number = known.number if known else 0
        if known:
            self._desk.tallies.refused(number, now, self._peer)
        self._sink.refuse(RefusedFrame(now, PROTOCOL, number, vin, self._peer, why, sentence, 0, raw))


def _answer(frame: Frame, data: bytes) -> bytes:
    return frame_bytes(frame._replace(encryption=Encryption.NONE.value, data=data))
