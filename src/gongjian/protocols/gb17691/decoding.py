"""A connection's bytes as frames. Framed by length, because the start may occur inside data; resumes one byte after a failed start."""

from __future__ import annotations

import re
from typing import Final

from gongjian.protocols.gb17691.frames import (
    AROUND,
    FRONT,
    HARD_CAP,
    LONGEST,
    STARTS,
    VIN,
    Event,
    Reason,
    Refused,
    Rubbish,
    check_byte,
    read_frame,
)

_START: Final = re.compile(b"##|~~")
_VIN: Final = re.compile(rb"[0-9A-Z]{17}")
_ANSWERS_32960: Final = frozenset({0x01, 0x02, 0x03, 0xFE})  # its byte after the command; in ours a VIN begins there
_SENTENCES: Final = {
    Reason.CHECK: "校验字节不符：请检查链路质量与设备的校验算法。",
    Reason.NOT_OURS: "这是 GB/T 32960（新能源汽车）的报文，不是 GB 17691：请核对终端型号与接入端口。",
    Reason.TOO_LONG: "声明的数据长度超过上限：请核对终端的长度字段，或放宽上限。",
    Reason.HALF: "只收到半个报文：请检查通信链路是否中断。",
}


class Decoder:
    """Reads one connection. Any split of the same bytes gives the same events; never holds more than one longest frame."""

    def __init__(self, longest: int = LONGEST) -> None:
        if not 0 < longest <= HARD_CAP:
            msg = f"data of a frame is at most {HARD_CAP} bytes long, not {longest}"
            raise ValueError(msg)
        self._longest = longest
        self._held = b""
        self._rubbish = 0

    @property
    def held(self) -> int:
        """Bytes waiting for the rest of a frame."""
        return len(self._held)

    def receive(self, data: bytes) -> list[Event]:
        """What these bytes complete. Rubbish is told before the next frame, or by ``flush``."""
        return self._scan(self._held + data, final=False)

    def flush(self) -> list[Event]:
        """What was still waiting, refused: for a connection that closed or fell silent in the midst of a frame."""
        events = self._scan(self._held, final=True)
        self._tell_rubbish(events)
        return events

    def _scan(self, buffer: bytes, *, final: bool) -> list[Event]:
        events: list[Event] = []
        at = 0
        while (reached := self._step(buffer, at, events, final=final)) != at:
            at = reached
        self._held = buffer[at:]
        return events

    def _step(self, buffer: bytes, at: int, events: list[Event], *, final: bool) -> int:
        """One event or none; how far it went: ``at`` itself where more bytes must come first."""
        if buffer[at : at + 2] not in STARTS:
            return self._skip(buffer, at, final=final)
        if len(buffer) - at < FRONT:
            return self._fail(buffer[at:], Reason.HALF, events, at) if final else at
        is_other = buffer[at + 3] in _ANSWERS_32960
        vin = at + 3 + is_other
        if not _VIN.fullmatch(buffer, vin, vin + VIN):  # a start by chance: to wait for its length would hold up true frames
            self._rubbish += 1
            return at + 1
        end = at + AROUND + int.from_bytes(buffer[at + 22 : at + FRONT], "big")
        if end - at > self._longest + AROUND:
            return self._fail(buffer[at : at + FRONT], Reason.TOO_LONG, events, at)
        return self._whole(buffer, at, end, events, is_other=is_other, final=final)

    def _whole(self, buffer: bytes, at: int, end: int, events: list[Event], *, is_other: bool, final: bool) -> int:
        """A frame that says it ends at ``end``."""
        if end > len(buffer):
            return self._fail(buffer[at:], Reason.HALF, events, at) if final else at
        raw = buffer[at:end]
        if check_byte(raw[2:-1]) != raw[-1]:
            return self._fail(raw, Reason.CHECK, events, at)
        self._tell_rubbish(events)
        events.append(Refused(raw, Reason.NOT_OURS, _SENTENCES[Reason.NOT_OURS]) if is_other else read_frame(raw))
        return end

    def _skip(self, buffer: bytes, at: int, *, final: bool) -> int:
        """Past what is no start, leaving a last byte that may begin one."""
        found = _START.search(buffer, at)
        kept = 0 if final or at == len(buffer) else buffer.endswith((b"#", b"~"))
        stop = found.start() if found else len(buffer) - kept
        self._rubbish += stop - at
        return stop

    def _fail(self, raw: bytes, reason: Reason, events: list[Event], at: int) -> int:
        """A start that was none: told with its bytes, then on one byte after it; the byte itself is part of what was told."""
        self._tell_rubbish(events)
        events.append(Refused(raw, reason, _SENTENCES[reason]))
        return at + 1

    def _tell_rubbish(self, events: list[Event]) -> None:
        if self._rubbish:
            events.append(Rubbish(self._rubbish))
            self._rubbish = 0
