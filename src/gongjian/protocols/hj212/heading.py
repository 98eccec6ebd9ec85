"""The fields before CP. Parsed by key, never by position; a device's head is the same each time but for QN, so it is remembered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from gongjian.protocols.hj212.events import Head, Reason
from gongjian.protocols.hj212.moments import EPOCH_MILLIS, MILLIS, SECONDS, minute_exists
from gongjian.protocols.hj212.refusing import Fault, shown
from gongjian.protocols.hj212.tolerances import Tolerance

_KEYS: Final = ("QN", "ST", "CN", "PW", "MN", "Flag", "PNUM", "PNO", "RF")
_BY_CASELESS: Final = {key.upper(): key for key in _KEYS}
_VERSIONS: Final = 0b1011  # Flag: version 0, 1 or 2, then D and A
_SECOND_LAST: Final = b"59"


class Heading(NamedTuple):
    """A head with the QN found in it, if not in front, and the mask of tolerances it needs."""

    head: Head
    qn: bytes | None
    needed: int


def qn_needs(qn: bytes) -> int:
    """The tolerances a QN needs; Fault where it is no moment at all."""
    if len(qn) == MILLIS and qn.isdigit() and minute_exists(qn[:12]) and qn[12:14] <= _SECOND_LAST:
        return 0
    if qn.isdigit() and (len(qn) == EPOCH_MILLIS or (len(qn) == SECONDS and minute_exists(qn[:12]) and qn[12:14] <= _SECOND_LAST)):
        return Tolerance.SHORT_QN.value
    raise Fault(Reason.TIME, f"QN“{shown(qn)}”不是时间")


@lru_cache(maxsize=4096)
def read_heading(text: bytes) -> Heading:
    """What stands before ``;CP=&&``, without a QN in front; Fault where it cannot be read."""
    found, needed = _pairs(text)
    qn = found.pop("QN", None)
    st, cn, mn = _matched(found, "ST", _TWO), _matched(found, "CN", _FOUR), _matched(found, "MN", _NAME)
    pw = found.pop("PW", "")
    needed |= _pw_needs(pw) | (0 if len(mn) <= 24 else Tolerance.ODD_MN.value)  # noqa: PLR2004 - HJ 212-2017 table 2
    flag = int(_matched(found, "Flag", _FLAG)) if "Flag" in found else None
    total, part = (int(_matched(found, key, _PART)) if key in found else None for key in ("PNUM", "PNO"))
    needed |= _flag_needs(flag, total, part)
    resent = found.pop("RF", None)
    needed |= (Tolerance.RESENT_MARK.value if resent is not None else 0) | (Tolerance.UNKNOWN_KEY.value if found else 0)
    head = Head(st, cn, pw, mn, flag, total, part, resent == "1", tuple(found.items()))
    return Heading(head, None if qn is None else qn.encode("ascii", "replace"), needed)


def _pairs(text: bytes) -> tuple[dict[str, str], int]:
    """Keys in their proper spelling with their values, and what that took."""
    needed = 0
    found: dict[str, str] = {}
    for piece in text.split(b";"):
        fields = [field for field in piece.split(b",") if field]
        needed |= (Tolerance.STRAY_SEPARATOR.value if piece.count(b",") >= max(len(fields), 1) or not piece else 0) | (
            Tolerance.COMMA_FOR_SEMICOLON.value if len(fields) > 1 else 0
        )
        for field in fields:
            key, spelt = _keyed(field, found)
            needed |= spelt
            found[key] = field.partition(b"=")[2].decode("ascii", "replace")
    return found, needed


def _keyed(field: bytes, found: dict[str, str]) -> tuple[str, int]:
    """The key of ``key=value`` in its proper spelling, and the mask of what that took."""
    if field.count(b"=") != 1 or b"&" in field:
        raise Fault(Reason.HEAD, f"报文头中“{shown(field)}”不是“字段=值”")
    given = field.partition(b"=")[0].decode("ascii", "replace")
    key = given if given in _KEYS else _BY_CASELESS.get(given.upper(), given)
    if key in found:
        raise Fault(Reason.REPEATED, f"报文头中 {key} 出现两次")
    return key, Tolerance.KEY_CASE.value if key != given else 0


def _pattern(text: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(text, re.ASCII).fullmatch


_TWO, _FOUR = _pattern(r"\d{2}"), _pattern(r"\d{4}")
_NAME = _pattern(r"[\x21-\x7e]{1,32}")
_FLAG, _PART = _pattern(r"\d{1,3}"), _pattern(r"\d{1,4}")


def _matched(found: dict[str, str], key: str, pattern: Callable[[str], re.Match[str] | None]) -> str:
    value = found.pop(key, None)
    if value is None:
        raise Fault(Reason.HEAD, f"报文头缺 {key}")
    if not pattern(value):
        raise Fault(Reason.HEAD, f"报文头中 {key} 的值“{shown(value.encode())}”不合规定")
    return value


def _pw_needs(pw: str) -> int:
    if not pw:
        return Tolerance.EMPTY_PW.value
    return 0 if len(pw) == 6 else Tolerance.ODD_PW.value  # noqa: PLR2004 - HJ 212-2017 table 2


def _flag_needs(flag: int | None, total: int | None, part: int | None) -> int:
    """The mask for Flag and the part numbers; Fault where the numbers contradict themselves or the version is none known."""
    if flag is not None and flag > _VERSIONS:
        raise Fault(Reason.HEAD, f"Flag={flag} 的版本不认识")
    whole = total is None and part is None
    if not whole and (total is None or part is None or not 1 <= part <= total):
        raise Fault(Reason.HEAD, f"包号 PNO={part} 与总包数 PNUM={total} 矛盾")
    if flag is None:
        return Tolerance.MISSING_FLAG.value | (0 if whole else Tolerance.PART_NUMBERS.value)
    return Tolerance.PART_NUMBERS.value if whole == bool(flag & 2) else 0
