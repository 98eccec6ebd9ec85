"""The signs by name, and what stands behind each: why it is worth a look, in the words an inspector reads."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Sign(StrEnum):
    """Something in what a vehicle sent, or did not send, that asks for a look. Not a verdict."""

    NOX_HIGH = "nox-high"
    SCR_IDLE = "scr-idle"
    NOX_FLAT = "nox-flat"
    NOX_ABSENT = "nox-absent"
    COOLANT_COLD = "coolant-cold"
    UREA_STILL = "urea-still"
    UREA_LITTLE = "urea-little"
    UREA_EMPTY = "urea-empty"
    FRAMES_LOST = "frames-lost"
    SILENT = "silent"


class Group(StrEnum):
    """What a sign is about."""

    NOX = "nox"
    UREA = "urea"
    TAMPERING = "tampering"
    LINK = "link"


class Explained(NamedTuple):
    """A sign in words: its title, what it is about, the unit of its figure, why it is worth a look."""

    title: str
    group: Group
    unit: str
    why: str


SIGNS: Final = {
    Sign.NOX_HIGH: Explained("SCR下游NOx偏高", Group.NOX, "ppm", "排气已热、发动机有负荷时NOx仍高，后处理可能没有起作用。"),
    Sign.SCR_IDLE: Explained("SCR几乎没有转化", Group.NOX, "%", "上下游NOx几乎相同，可能没有喷尿素或催化剂失效。"),
    Sign.NOX_FLAT: Explained("NOx读数不变", Group.TAMPERING, "ppm", "工况在变、NOx读数不变，传感器可能被模拟器替代或损坏。"),
    Sign.NOX_ABSENT: Explained("NOx长时间不可用", Group.TAMPERING, "%", "排气已热、传感器应已工作，NOx仍不可用，传感器可能被断开或损坏。"),
    Sign.COOLANT_COLD: Explained("冷却液温度长时间偏低", Group.TAMPERING, "℃", "冷却液温度低时允许不喷尿素，拔掉传感器可使后处理停用。"),
    Sign.UREA_STILL: Explained(
        "行驶中尿素液位不动", Group.TAMPERING, "L", "烧掉的油本应用去能看出来的尿素，液位却不变，可能屏蔽了尿素系统。"
    ),
    Sign.UREA_LITTLE: Explained("尿素用量远低于油耗所需", Group.UREA, "%", "尿素与柴油的体积比远低于正常范围，可能少喷或不喷。"),
    Sign.UREA_EMPTY: Explained("尿素近空仍行驶", Group.UREA, "%", "尿素罐近空时SCR不能工作，限扭功能可能被屏蔽。"),
    Sign.FRAMES_LOST: Explained("数据大量缺失", Group.LINK, "%", "发动机运转期间收到的数据偏少，可能是信号差，也可能人为断开。"),
    Sign.SILENT: Explained("终端长期没有数据", Group.LINK, "天", "车辆仍在台账内而终端不上传，可能停驶、故障或被拆除。"),
}
GROUP_TITLES: Final = {Group.NOX: "NOx", Group.UREA: "尿素", Group.TAMPERING: "疑似篡改", Group.LINK: "通信"}
