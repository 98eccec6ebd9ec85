"""One connection that speaks HJ 212. Several devices may share it: a data logger speaks for many."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from gongjian.gateway.known import Known
from gongjian.gateway.sessions.answers import acknowledgement, taken
from gongjian.gateway.sessions.desk import PASSWORD, STRANGER, Desk, Sink, objection, turned_away
from gongjian.gateway.sessions.holes import Gap
from gongjian.gateway.sessions.uploads import content
from gongjian.protocols.hj212.codes import NOTICES, Command, Edition, RequestResult
from gongjian.protocols.hj212.contents import ExecutionAnswer, RequestAnswer, content_of
from gongjian.protocols.hj212.decoding import Decoder
from gongjian.protocols.hj212.events import Event, Head, Packet, Reason, Refused
from gongjian.protocols.hj212.messages import Message, send
from gongjian.protocols.hj212.moments import BEIJING, precise
from gongjian.protocols.hj212.profiles import ANYTHING, AROUND
from gongjian.protocols.hj212.refusing import not_allowed, refused
from gongjian.protocols.hj212.requests import Address, ask_history, set_clock
from gongjian.protocols.hj212.sealing import is_bare
from gongjian.protocols.hj212.tolerances import CRC_KINDS, Tolerance, tolerance_of
from gongjian.telemetry.live.packing import MICRO, packed
from gongjian.telemetry.live.port import RefusedFrame

PROTOCOL: Final = "hj212"
WRONG_PASSWORD: Final = 20  # of trouble: ten tries and the connection is closed
_LONG: Final = Tolerance.LONG_SEGMENT.value
_PLEASANTRIES: Final = frozenset({Command.HEARTBEAT, Command.LOGIN, *NOTICES})
_ANSWERS: Final = frozenset({Command.REQUEST_ANSWER, Command.EXECUTION_ANSWER, Command.NOTICE_ANSWER, Command.DATA_ANSWER})


class Hj212Session:
    """Reads with every tolerance there is and holds each packet against its own device's: only the packet says which device it is.

    ``trouble`` counts frames refused since the last good one, ``good`` packets that were let in.
    """

    protocol = PROTOCOL

    def __init__(self, desk: Desk, peer: str, sink: Sink) -> None:
        self._desk, self._peer, self._sink = desk, peer, sink
        self._decoder = Decoder(replace(ANYTHING, keys=self._key))
        self._trusted: dict[str, tuple[Known, str]] = {}
        self._heads: dict[int, tuple[Known, Head]] = {}  # of the devices on this connection, to ask them by
        self._questions: dict[int, tuple[Gap, set[str]]] = {}  # what each was last asked for, and by which QNs
        self._asked = 0  # microseconds of the last question: QN must not repeat
        self.trouble = 0
        self.good = 0
        self.rate: int | None = None

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

    def _key(self, mn: str) -> bytes | None:
        known = self._desk.directory.find(PROTOCOL, mn)
        return known.key if known else None

    def _deal(self, events: list[Event], now: int) -> int:
        for event in events:
            if type(event) is Packet:
                self._packet(event, now)
            elif type(event) is Refused:
                self._unread(event, now)
            else:
                self.trouble += 1 + event.size // 1024  # type: ignore[union-attr] # Rubbish is what is left
        return len(events)

    def _unread(self, event: Refused, now: int) -> None:
        """A frame no profile reads; one that is sealed by a device nobody has registered is a stranger's."""
        known = self._desk.directory.find(PROTOCOL, event.mn or "")
        if known is None and event.reason is Reason.SEAL and event.mn:
            self._desk.tallies.stranger(PROTOCOL, event.mn, now, self._peer)
            self._put_aside(event.raw, STRANGER, turned_away(STRANGER, event.mn, self._peer), event.missing, None, event.mn, now)
            return
        self._refuse(event, known, now)

    def _packet(self, packet: Packet, now: int) -> None:
        head = packet.head
        trusted = self._trusted.get(head.mn)
        known = self._desk.directory.find(PROTOCOL, head.mn)
        if trusted is None or trusted[0] is not known or trusted[1] != head.pw:
            why = objection(known, head.pw, self._peer, self._desk.directory)
            if why or known is None:
                self._turn_away(packet, known, why, now)
                return
            self._trust(known, head)
        else:
            known = trusted[0]
        if unlike := _unlike(packet, known):
            self._refuse(unlike, known, now)
            return
        self.trouble = 0
        self.good += 1
        self._take(packet, known, now)

    def _trust(self, known: Known, head: Head) -> None:
        self._trusted[head.mn] = known, head.pw
        self._heads[known.number] = known, head
        if known.most_per_second is not None:
            self.rate = max(self.rate or 0, known.most_per_second)

    def _take(self, packet: Packet, known: Known, now: int) -> None:
        cn = packet.head.cn
        if cn in _ANSWERS:
            self._answered(packet, known, now)
        elif cn in _PLEASANTRIES:
            self._reply(packet, known, now)
        else:
            self._keep(packet, known, now)
        tallies = self._desk.tallies
        tallies.heard(known.number, now, packet.tolerated.value, self._peer)
        if tallies.wants_skew(known.number, now) and packet.qn and (sent := precise(packet.qn)):
            tallies.skewed(known.number, now, round(sent.timestamp() * 1000) - now // 1000)

    def _keep(self, packet: Packet, known: Known, now: int) -> None:
        stream = int(packet.head.cn)
        moment = now // MICRO if packet.time is None else int(packet.time.timestamp())
        late = self._desk.gaps.heard(known, stream, moment, now)
        shape, kept = content(packet, late=late)
        self._sink.keep(packed(known.number, stream, moment, now, kept), shape, acknowledgement(packet))

    def _answered(self, packet: Packet, known: Known, now: int) -> None:
        """An answer to a question of ours: to the one that is out, if it says which."""
        gap, asked = self._questions.get(known.number, (None, set()))
        if gap is None or (packet.qn is not None and packet.qn not in asked):
            return
        said, gaps = content_of(packet), self._desk.gaps
        if isinstance(said, RequestAnswer):
            if said.result == RequestResult.READY:
                gaps.answering(known.number, now)
            else:
                gaps.refused(known.number, now, said.result)
        elif isinstance(said, ExecutionAnswer):
            gaps.answered(known.number, now, said.result)

    def _reply(self, packet: Packet, known: Known, now: int) -> None:
        if packet.wants_answer or packet.head.cn == Command.HEARTBEAT:
            self._sink.send(taken(packet))
        if packet.command == Command.ASK_CALIBRATION:
            at = _moment(now)
            self._request(set_clock(_address(packet.head), at, at), packet.tolerated, known)
        self._heads[known.number] = known, packet.head

    def ask(self, now: int) -> None:
        """Ask the devices on this connection for what is missing, where it is time to."""
        for number, (known, head) in self._heads.items():
            while known.asks_missing and self._desk.gaps.wants(number) and (gap := self._desk.gaps.next(number, now)):
                self._request(self._question(number, head, gap, now), tolerance_of(known.allowed), known)

    def _question(self, number: int, head: Head, gap: Gap, now: int) -> Message:
        """The question for a gap. Several tries of the same one may still be answered, each by its QN."""
        begin, end = (datetime.fromtimestamp(second, BEIJING) for second in (gap.first, gap.last))
        self._asked = max(now, self._asked + 1000)
        message = ask_history(_address(head), _moment(self._asked), Command(str(gap.stream)), begin, end)
        before, asked = self._questions.get(number, (None, set()))
        self._questions[number] = gap, (asked if before == gap else set()) | {message.qn or ""}
        return message

    def _request(self, message: Message, tolerated: Tolerance, known: Known) -> None:
        try:
            self._sink.send(send(message, habits=tolerated & CRC_KINDS, key=known.key or None))
        except ValueError:  # a password or a name that cannot stand on the wire came past a tolerance
            return

    def _turn_away(self, packet: Packet, known: Known | None, why: str, now: int) -> None:
        mn = packet.head.mn
        self.trouble += WRONG_PASSWORD - 1 if why == PASSWORD else 0
        if why == STRANGER:
            self._desk.tallies.stranger(PROTOCOL, mn, now, self._peer)
        self._put_aside(packet.raw, why, turned_away(why, mn, self._peer), packet.tolerated, known, mn, now)

    def _refuse(self, refused: Refused, known: Known | None, now: int) -> None:
        self._put_aside(refused.raw, refused.reason.value, refused.sentence, refused.missing, known, refused.mn or "", now)

    def _put_aside(self, raw: bytes, why: str, sentence: str, missing: Tolerance, known: Known | None, mn: str, now: int) -> None:
        self.trouble += 1
        number = known.number if known else 0
        if known:
            self._desk.tallies.refused(number, now, self._peer)
        self._sink.refuse(RefusedFrame(now, PROTOCOL, number, mn, self._peer, why, sentence, missing.value, raw))


def _unlike(packet: Packet, known: Known) -> Refused | None:
    """The refusal of a packet this device must not send like that: unsealed, or with a departure its profile does not allow."""
    if known.key is not None and is_bare(packet.raw[6:-6]):
        return refused(packet.raw, Reason.SEAL, "CP 是明文，设备档案中设有 SM4 密钥，应当加密")
    if packet.tolerated and (lacking := _lacking(packet, known)):
        return not_allowed(packet.raw, tolerance_of(lacking))
    return None


def _lacking(packet: Packet, known: Known) -> int:
    """The departures this device is not allowed; a long segment by its own limit."""
    lacking = packet.tolerated.value & ~known.allowed
    return lacking & ~_LONG if len(packet.raw) - AROUND <= known.longest else lacking | _LONG


def _address(head: Head) -> Address:
    version = (head.flag or 0) >> 2
    return Address(head.mn, head.st, head.pw, Edition(version) if version in {*Edition} else Edition.Y2017)


def _moment(micro: int) -> datetime:
    return datetime.fromtimestamp(micro / MICRO, BEIJING)
