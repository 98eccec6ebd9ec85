"""What all sessions share, and where each hands over what it decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Protocol

from gongjian.gateway.known import Directory, Known
from gongjian.gateway.sessions.gaps import Gaps
from gongjian.gateway.sessions.tallies import Tallies
from gongjian.telemetry.live.port import RefusedFrame, Row, Shape

STRANGER: Final = "stranger"
PASSWORD: Final = "password"  # noqa: S105 - a reason
ADDRESS: Final = "address"
INACTIVE: Final = "inactive"
_SENTENCES: Final = {
    STRANGER: "设备 {code} 没有登记，报文未采用：请登记该设备后重放。",
    PASSWORD: "设备 {code} 的口令不符，报文未采用：请核对设备与档案中的口令。",
    ADDRESS: "设备 {code} 不允许从 {peer} 接入，报文未采用：请核对档案中允许的地址。",
    INACTIVE: "设备 {code} 已停用，报文未采用：如需恢复接收，请在档案中启用。",
}


class Sink(Protocol):
    """Where a session's decisions go: a connection, or a list."""

    def keep(self, row: Row, shape: Shape, answer: bytes) -> None:
        """Keep an upload; ``answer`` may leave once it is durable, empty where none is wanted."""

    def send(self, data: bytes) -> None:
        """Send at once: nothing has to be durable for it."""

    def refuse(self, frame: RefusedFrame) -> None:
        """Keep a refused frame with its reason, as far as there is room."""


@dataclass(slots=True)
class Desk:
    """The directory of devices, what was heard of them, and what is missing from them."""

    directory: Directory
    tallies: Tallies = field(default_factory=Tallies)
    gaps: Gaps = field(default_factory=Gaps)


def objection(known: Known | None, password: str | None, peer: str, directory: Directory) -> str:
    """Why a device is not let in; "" where it is. A ``password`` of None is not asked for."""
    if known is None:
        return STRANGER
    if not known.active:
        return INACTIVE
    if not known.is_open_to(peer):
        return ADDRESS
    return "" if password is None or known.admits(password, directory.digest) else PASSWORD


def turned_away(reason: str, code: str, peer: str) -> str:
    """The sentence for an objection."""
    return _SENTENCES[reason].format(code=code, peer=peer)
