"""What becomes of a gap that a device is asked to fill. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final, NamedTuple

OLDEST: Final = timedelta(days=30)  # no instrument is asked for more


class Fate(StrEnum):
    """How far asking is. The first two go on, also after a restart; the rest are over."""

    WAITING = "waiting"
    ASKED = "asked"
    CAME = "came"
    PARTLY = "partly"
    NOTHING = "nothing"
    REFUSED = "refused"
    SILENT = "silent"
    BY_ITSELF = "itself"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]

    @property
    def is_over(self) -> bool:
        """Whether nobody asks any more."""
        return self not in (Fate.WAITING, Fate.ASKED)


_LABELS: Final = {
    Fate.WAITING: "等待询问",
    Fate.ASKED: "已询问，等待应答",
    Fate.CAME: "已补齐",
    Fate.PARTLY: "补来一部分",
    Fate.NOTHING: "设备应答，但没有补来数据",
    Fate.REFUSED: "设备拒绝",
    Fate.SILENT: "没有应答，不再询问",
    Fate.BY_ITSELF: "设备自行补来",
}


class Note(NamedTuple):
    """A gap of a device and how far asking for it is.

    ``first`` and ``last`` are the beginnings (seconds) of its first and last period as it was first seen; ``wanted`` periods were missing,
    ``came`` of them have come; ``said`` is the number of QnRtn or ExeRtn. Moments in microseconds.
    """

    device: int
    stream: int
    first: int
    last: int
    fate: Fate
    rounds: int
    tries: int
    wanted: int
    came: int
    said: int | None
    seen_at: int
    asked_at: int | None = None
    over_at: int | None = None
