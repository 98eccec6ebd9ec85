"""Raw values of a sheet, and what all readers do first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE: Final = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
HALF: Final = _WIDE | {0x3000: 0x20, 0xA0: 0x20, 0x2212: 0x2D, 0x3002: 0x2E} | dict.fromkeys(map(ord, _INVISIBLE))
UNSEEN: Final = dict.fromkeys(map(ord, _INVISIBLE))
DASHES: Final = re.compile(r"[-/\\—–―－／~～]{1,4}")  # what people put where there is nothing to say
_SHOWN = 20  # characters of a value that a reason repeats


class BadCell(ValueError):  # noqa: N818 - it is the cell that is bad
    """A cell that is not what its column asks for; ``reason`` is a short Chinese phrase without a full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds no value but an error: ``shown`` as the sheet shows it (``#REF!``), "" for a formula that was never worked out."""

    shown: str
    reason: str


Raw: TypeAlias = str | float | bool | datetime | date | time | timedelta | ErrorCell | None


def is_blank(raw: Raw, *, dashes: bool = False) -> bool:
    """Whether nothing is filled in; with ``dashes`` also "/", "-", "—" and their like, as people fill what does not apply."""
    if raw is None or raw == "":
        return True
    if not isinstance(raw, str):
        return False
    shown = raw.translate(UNSEEN).strip()
    return not shown or (dashes and DASHES.fullmatch(shown) is not None)


def quoted(raw: Raw) -> str:
    """The value as a reason repeats it: in quotes, short."""
    if isinstance(raw, float) and raw.is_integer():
        text = str(int(raw))
    elif isinstance(raw, bool):
        text = "TRUE" if raw else "FALSE"
    else:
        text = " ".join(str(raw).split())
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


def plain(raw: Raw, asked: str) -> str:
    """The text of a cell in half-width characters without blanks around; ``asked`` says what it should have been.

    Raises BadCell on blanks, errors and everything that is neither text.
    """
    if isinstance(raw, ErrorCell):
        raise BadCell(raw.reason)
    if is_blank(raw):
        msg = "没有填写"
        raise BadCell(msg)
    if not isinstance(raw, str):
        msg = f"应当是{asked}，单元格里却是{_kind(raw)}{quoted(raw)}"
        raise BadCell(msg)
    return raw.translate(HALF).strip()


def _kind(raw: Raw) -> str:
    if isinstance(raw, bool):
        return "逻辑值"
    if isinstance(raw, (datetime, date)):
        return "日期"
    return "时间" if isinstance(raw, (time, timedelta)) else "数字"
