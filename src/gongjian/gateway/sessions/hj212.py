"""One connection that speaks HJ 212. Several devices may share it: a data logger speaks for many."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from gongjian.gateway.known import Known
from gongjian.gateway.sessions.answers import acknowledgement, taken
from gongjian.gateway.sessions.desk import PASSWORD, STRANGER, Desk, Sink, objection, turned_away
from gongjian.gateway.sessions.uploads import content
from gongjian.protocols.hj212.codes import NOTICES, Command, Edition, RequestResult
from gongjian.protocols.hj212.contents import RequestAnswer, content_of
from gongjian.protocols.hj212.decoding import Decoder
from gongjian.protocols.hj212.events import Event, Head, Packet, Refused
from gongjian.protocols.hj212.messages import Message, send
from gongjian.protocols.hj212.moments import BEIJING, precise
from gongjian.protocols.hj212.profiles import ANYTHING, AROUND
from gongjian.protocols.hj212.refusing import not_allowed
from gongjian.protocols.hj212.requests import Address, ask_history, set_clock
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
        self._decoder = Decoder(ANYTHING)
        self._trusted: dict[str, tuple[Known, str]] = {}
        self._heads: dict[int, tuple[Known, Head]] = {}  # of the devices on this connection, to ask them by
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

    def _deal(self, events: list[Event], now: int) -> int:
        for event in events:
            if type(event) is Packet:
                self._packet(event, now)
            elif type(event) is Refused:
                self._refuse(event, self._desk.directory.find(PROTOCOL, event.mn or ""), now)
            else:
                self.trouble += 1 + event.size // 1024  # type: ignore[union-attr] # Rubbish is what is left
        return len(events)

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
        if packet.tolerated and (lacking := _lacking(packet, known)):
            self._refuse(not_allowed(packet.raw, tolerance_of(lacking)), known, now)
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
        """An answer to a question of ours."""
        command = packet.command
        if command == Command.EXECUTION_ANSWER:
            self._desk.gaps.answered(known.number)
        elif command == Command.REQUEST_ANSWER:
            said = content_of(packet)
            if isinstance(said, RequestAnswer) and said.result == RequestResult.READY:
                self._desk.gaps.answering(known.number, now)
            else:
                self._desk.gaps.answered(known.number)

    def _reply(self, packet: Packet, known: Known, now: int) -> None:
        if packet.wants_answer or packet.head.cn == Command.HEARTBEAT:
            self._sink.send(taken(packet))
        if packet.command == Command.ASK_CALIBRATION:
            at = _moment(now)
            self._request(set_clock(_address(packet.head), at, at), packet.tolerated)
        self._heads[known.number] = known, packet.head

    def ask(self, now: int) -> None:
        """Ask the devices on this connection for what is missing, where it is time to."""
        for number, (known, head) in self._heads.items():
            while self._desk.gaps.wants(number) and (gap := self._desk.gaps.next(number, now)):
                begin, end = (datetime.fromtimestamp(second, BEIJING) for second in (gap.first, gap.last))
                self._asked = max(now, self._asked + 1000)
                tolerated = tolerance_of(known.allowed)
                self._request(ask_history(_address(head), _moment(self._asked), Command(str(gap.stream)), begin, end), tolerated)

    def _request(self, message: Message, tolerated: Tolerance) -> None:
        try:
            self._sink.send(send(message, habits=tolerated & CRC_KINDS))
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


def _lacking(packet: Packet, known: Known) -> int:
    """The departures this device is not allowed; a long segment by its own limit."""
    lacking = packet.tolerated.value & ~known.allowed
    return lacking & ~_LONG if len(packet.raw) - AROUND <= known.longest else lacking | _LONG


def _address(head: Head) -> Address:
    version = (head.flag or 0) >> 2
    return Address(head.mn, head.st, head.pw, Edition(version) if version in {*Edition} else Edition.Y2017)


def _moment(micro: int) -> datetime:
    return datetime.fromtimestamp(micro / MICRO, BEIJING)
