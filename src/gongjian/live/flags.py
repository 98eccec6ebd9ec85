"""Data flags in words: what a band on a curve and a cell of the table say. HJ 212-2017 table of data flags; 2005 has digits."""

from __future__ import annotations

from typing import Final

from gongjian.telemetry.live.port import NO_FLAG, NOT_SENT

WORDS: Final = {
    "N": "正常",
    "F": "停运",
    "M": "维护",
    "S": "手工输入",
    "D": "故障",
    "C": "校准",
    "T": "超测量上限",
    "B": "通信中断",
    "P": "电源故障",
    "0": "校准",
    "1": "气路反吹",
    "2": "低于检测下限",
    "3": "正常",
}
MISSING: Final = "缺失"


def flag_words(flag: int) -> str:
    """The words of a flag byte of the live store; "" where a value came without one."""
    if flag in (NO_FLAG, NOT_SENT):
        return ""
    letter = chr(flag)
    return WORDS.get(letter, f"标记 {letter}")
