"""Saying no to a frame: a fault inside, a refusal with one Chinese sentence outside."""

from __future__ import annotations

import re
from typing import Final

from gongjian.protocols.hj212.events import Reason, Refused
from gongjian.protocols.hj212.tolerances import CRC_KINDS, NONE, Tolerance

_MN: Final = re.compile(rb"[;#0-9,]MN=([0-9A-Za-z_-]{1,32})")
_ADVICE: Final = {
    Reason.LENGTH: "请核对设备的数据段长度计算",
    Reason.TOO_LONG: "请让设备分包，或在设备档案中放宽长度上限",
    Reason.HALF: "请检查通信链路是否中断",
    Reason.CRC: "请核对设备的校验算法与链路质量",
    Reason.DEPARTURE: "确认该设备一向如此后，可在设备档案中放宽这一项",
    Reason.SHAPE: "请核对设备的报文格式",
    Reason.HEAD: "请核对设备的报文头字段",
    Reason.FIELD: "请核对设备的数据区字段",
    Reason.REPEATED: "请核对设备的数据区，每个字段只应出现一次",
    Reason.TIME: "请校准设备时钟并核对时间格式",
    Reason.SEAL: "请核对设备的加密设置与密钥",
}


class Fault(Exception):  # noqa: N818 - never leaves the codec
    """A frame that cannot be read under any profile: the reason and a Chinese clause that says what is wrong and where."""

    def __init__(self, reason: Reason, clause: str) -> None:
        super().__init__(clause)
        self.reason = reason
        self.clause = clause


def mn_of(raw: bytes) -> str | None:
    """Who a frame says it is of, as far as that can be read without reading the frame."""
    found = _MN.search(raw)
    return found[1].decode() if found else None


def refused(raw: bytes, reason: Reason, clause: str, missing: Tolerance = NONE) -> Refused:
    """The refusal of these bytes."""
    mn = mn_of(raw)
    return Refused(raw, reason, f"{f'设备 {mn} 的' if mn else ''}报文未采用：{clause}；{_ADVICE[reason]}。", missing, mn)


def not_allowed(raw: bytes, missing: Tolerance) -> Refused:
    """The refusal of a frame that reads well but departs from the standard in ways its profile does not allow."""
    reason = Reason.CRC if missing & CRC_KINDS else Reason.DEPARTURE
    return refused(raw, reason, "、".join(missing.words), missing)


def shown(data: bytes) -> str:
    """Wire bytes inside a sentence: short, printable."""
    text = data[:40].decode("ascii", "backslashreplace")
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in text)
