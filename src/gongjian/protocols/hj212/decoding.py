"""A connection's bytes, in whatever portions they come, as events. Holds at most one frame; raises nothing for what it is sent."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from gongjian.protocols.hj212.events import Event, Packet, Reason, Refused, Rubbish
from gongjian.protocols.hj212.profiles import AROUND, STRICT, Profile
from gongjian.protocols.hj212.refusing import refused
from gongjian.protocols.hj212.segments import read_frame
from gongjian.protocols.hj212.tolerances import Tolerance

_START: Final = b"##"
_END: Final = b"\r\n"
_FRONT: Final = 6  # bytes of ## and length
_SIX: Final = 6  # bytes of check code and CR LF, which some devices count as data
_OFF_BY_SIX: Final = Tolerance.LENGTH_OFF_BY_SIX.value


@lru_cache(maxsize=4096)
def _total(front: bytes) -> int:
    """How long a frame is that begins with these six bytes; 0 where no frame does."""
    digits = front[2:]
    return int(digits) + AROUND if front[:2] == _START and len(digits) == 4 and digits.isdigit() else 0  # noqa: PLR2004 - four digits


class Decoder:
    """Reads one connection. Any split of the same bytes gives the same events; ``held`` never exceeds the longest frame.

    After a failed start it goes on at the next ``##`` or past the next CR LF, whichever comes first.
    """

    def __init__(self, profile: Profile = STRICT) -> None:
        self._profile = profile
        self._longest = profile.longest + AROUND
        self._held = b""
        self._rubbish = 0

    @property
    def held(self) -> int:
        """Bytes waiting for the rest of a frame."""
        return len(self._held)

    def receive(self, data: bytes) -> list[Event]:
        """What these bytes complete. Rubbish is told before the next frame, or by ``flush``."""
        return self._scan(self._held + data if self._held else bytes(data), final=False)

    def flush(self) -> list[Event]:
        """What was still waiting, refused: for a connection that closed, or that was silent for too long in the midst of a frame."""
        events = self._scan(self._held, final=True)
        self._tell_rubbish(events)
        return events

    def _scan(self, buffer: bytes, *, final: bool) -> list[Event]:
        events: list[Event] = []
        at, size, longest, profile = 0, len(buffer), self._longest, self._profile
        while True:
            total = _total(buffer[at : at + _FRONT])
            end = at + total
            if total and total <= longest and end <= size and buffer.find(_END, at, end) == end - 2:
                event = read_frame(buffer[at:end], profile)
                if type(event) is Packet or buffer.find(_START, at + 1, end) < 0:
                    if self._rubbish:
                        self._tell_rubbish(events)
                    events.append(event)
                    at = end
                    continue
            reached = self._stumble(buffer, at, events, final=final)
            if reached == at:
                break
            at = reached
        self._held = buffer[at:]
        return events

    def _stumble(self, buffer: bytes, at: int, events: list[Event], *, final: bool) -> int:
        """What is not plainly one good frame; how far it was dealt with: ``at`` itself where more bytes must come first."""
        if not buffer.startswith(_START, at):
            return self._skip(buffer, at, final=final)
        if len(buffer) - at < _FRONT and not final:
            return at
        if declared := self._declared(buffer, at):
            for end, needed in ((at + declared - _SIX, _OFF_BY_SIX), (at + declared, 0)):
                if self._ends(buffer, at, end, early=bool(needed)):
                    event = read_frame(buffer[at:end], self._profile, needed)
                    if type(event) is Packet or buffer.find(_START, at + 1, end) < 0:
                        self._tell_rubbish(events)
                        events.append(event)
                        return end
            if at + declared > len(buffer) and not final:
                return at
        stop = self._stretch(buffer, at, final=final)
        self._give_up(buffer[at:stop], events)
        return stop

    def _declared(self, buffer: bytes, at: int) -> int:
        """How long the frame says it is, in all; 0 where it says nothing that can be."""
        total = _total(buffer[at : at + _FRONT])
        return total if total <= self._longest else 0

    @staticmethod
    def _ends(buffer: bytes, at: int, end: int, *, early: bool) -> bool:
        """Whether a frame may end here; six bytes early it must look like one all through its end."""
        if end > len(buffer) or end - at < AROUND or buffer[end - 2 : end] != _END:
            return False
        return not early or buffer[end - 8 : end - _SIX] == b"&&"

    def _skip(self, buffer: bytes, at: int, *, final: bool) -> int:
        """Past what is no start, leaving a last ``#`` that may begin one."""
        start = buffer.find(_START, at)
        if start < 0:
            start = len(buffer) - (0 if final or at == len(buffer) else buffer.endswith(b"#"))
        self._rubbish += start - at
        return start

    def _stretch(self, buffer: bytes, at: int, *, final: bool) -> int:
        """Where a failed frame is given up; ``at`` itself where that cannot be told yet."""
        limit = at + self._longest
        end, start = buffer.find(_END, at + 2, limit), buffer.find(_START, at + 1, limit)
        if end >= 0 or start >= 0:
            return min(stop for stop in (end + 2 if end >= 0 else limit, start if start >= 0 else limit))
        if len(buffer) >= limit:
            return limit - (buffer[limit - 1 : limit] == b"#")
        return len(buffer) if final else at

    def _give_up(self, raw: bytes, events: list[Event]) -> None:
        """Tell what failed; what is too short for any frame is rubbish."""
        if len(raw) < AROUND:
            self._rubbish += len(raw)
            return
        self._tell_rubbish(events)
        events.append(self._refusal(raw))

    def _refusal(self, raw: bytes) -> Refused:
        digits = raw[2:_FRONT]
        if not digits.isdigit():
            return refused(raw, Reason.LENGTH, "“##”之后不是四位数字的长度")
        declared = int(digits)
        if declared > self._longest - AROUND:
            return refused(raw, Reason.TOO_LONG, f"数据段声明 {declared} 字节，上限 {self._longest - AROUND} 字节", Tolerance.LONG_SEGMENT)
        if raw.endswith(_END):
            return refused(raw, Reason.LENGTH, f"数据段声明 {declared} 字节，实际 {len(raw) - AROUND} 字节")
        return refused(raw, Reason.HALF, f"报文声明共 {declared + AROUND} 字节，收到 {len(raw)} 字节即中断")

    def _tell_rubbish(self, events: list[Event]) -> None:
        if self._rubbish:
            events.append(Rubbish(self._rubbish))
            self._rubbish = 0


def decode_batch(data: bytes, profile: Profile = STRICT) -> list[Event]:
    """All of a capture at once, with what is left at its end refused: the same events as any portions of it would give."""
    decoder = Decoder(profile)
    return [*decoder.receive(data), *decoder.flush()]
