"""How a frame may depart from the standard and still be read, each departure by name. The standard allows none of them."""

from __future__ import annotations

from enum import IntFlag
from functools import lru_cache


class Tolerance(IntFlag):
    """Departures seen in the field. A profile allows some; a packet records those it needed."""

    CRC_LOWER_CASE = 1 << 0
    CRC_MODBUS = 1 << 1
    CRC_MODBUS_SWAPPED = 1 << 2
    CRC_UNCHECKED = 1 << 3
    LENGTH_OFF_BY_SIX = 1 << 4
    LONG_SEGMENT = 1 << 5
    NOT_ASCII = 1 << 6
    MISSING_QN = 1 << 7
    SHORT_QN = 1 << 8
    MISSING_FLAG = 1 << 9
    EMPTY_PW = 1 << 10
    ODD_PW = 1 << 11
    ODD_MN = 1 << 12
    KEY_CASE = 1 << 13
    UNKNOWN_KEY = 1 << 14
    PART_NUMBERS = 1 << 15
    STRAY_SEPARATOR = 1 << 16
    TRAILING_SEPARATOR = 1 << 17
    COMMA_FOR_SEMICOLON = 1 << 18
    SEMICOLON_FOR_COMMA = 1 << 19
    LONG_TIME = 1 << 20
    EMPTY_VALUE = 1 << 21
    LOOSE_NUMBER = 1 << 22
    UNREADABLE_VALUE = 1 << 23
    UNKNOWN_FLAG = 1 << 24
    RESENT_MARK = 1 << 25

    @property
    def words(self) -> tuple[str, ...]:
        """The Chinese names of the departures in it, in the order of this list."""
        return tuple(_WORDS[one] for one in Tolerance if one in self)


NONE = Tolerance(0)
CRC_KINDS = Tolerance.CRC_LOWER_CASE | Tolerance.CRC_MODBUS | Tolerance.CRC_MODBUS_SWAPPED | Tolerance.CRC_UNCHECKED


@lru_cache(maxsize=1024)
def tolerance_of(mask: int) -> Tolerance:
    """The set a bit mask stands for; masks are what the fast path works with."""
    return Tolerance(mask)


_WORDS = {
    Tolerance.CRC_LOWER_CASE: "校验码为小写",
    Tolerance.CRC_MODBUS: "校验码按 CRC-16/MODBUS 计算",
    Tolerance.CRC_MODBUS_SWAPPED: "校验码按 CRC-16/MODBUS 计算且高低字节颠倒",
    Tolerance.CRC_UNCHECKED: "校验码不符",
    Tolerance.LENGTH_OFF_BY_SIX: "数据段长度多计 6 字节",
    Tolerance.LONG_SEGMENT: "数据段超过 1024 字节",
    Tolerance.NOT_ASCII: "含非 ASCII 字符",
    Tolerance.MISSING_QN: "缺 QN",
    Tolerance.SHORT_QN: "QN 只有 13 或 14 位",
    Tolerance.MISSING_FLAG: "缺 Flag",
    Tolerance.EMPTY_PW: "PW 为空",
    Tolerance.ODD_PW: "PW 不是 6 个字符",
    Tolerance.ODD_MN: "MN 超过 24 个字符",
    Tolerance.KEY_CASE: "字段名大小写不符",
    Tolerance.UNKNOWN_KEY: "CP 之前有标准没有的字段",
    Tolerance.PART_NUMBERS: "Flag 的分包位与 PNUM、PNO 不一致",
    Tolerance.STRAY_SEPARATOR: "有多余的分隔符",
    Tolerance.TRAILING_SEPARATOR: "“&&”前有多余的分号",
    Tolerance.COMMA_FOR_SEMICOLON: "该用分号处用了逗号",
    Tolerance.SEMICOLON_FOR_COMMA: "该用逗号处用了分号",
    Tolerance.LONG_TIME: "时间为 17 位",
    Tolerance.EMPTY_VALUE: "数值为空",
    Tolerance.LOOSE_NUMBER: "数值带加号、空格或用科学记数法",
    Tolerance.UNREADABLE_VALUE: "数值不是数字",
    Tolerance.UNKNOWN_FLAG: "数据标记不在标准之列",
    Tolerance.RESENT_MARK: "带补传标记 RF",
}
