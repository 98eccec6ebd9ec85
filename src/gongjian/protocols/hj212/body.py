"""The fields inside ``CP=&&…&&``. What a device sends keeps its layout from one packet to the next, so the layout is worked out once.

A layout is found by the separators of a body and its keys; what is left for each packet is to pick the values out of the pieces
and to make numbers, flags and moments of them, all in C.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache, partial
from math import isfinite
from typing import Final, NamedTuple

from gongjian.protocols.hj212.codes import DataFlag
from gongjian.protocols.hj212.events import Columns, Reason
from gongjian.protocols.hj212.layouts import NO_FIELDS, Layout, layout_of, tidied
from gongjian.protocols.hj212.moments import MILLIS, SECONDS, moment
from gongjian.protocols.hj212.refusing import Fault, shown
from gongjian.protocols.hj212.tolerances import Tolerance

_UNIFY: Final = bytes.maketrans(b",=&", b";;;")
_NOT_SEPARATORS: Final = bytes(set(range(256)) - set(b",;=&"))
_PLAIN: Final = b"0123456789.-"
_LOOSE: Final = re.compile(rb" *[+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[eE][+-]?\d{1,3})? *")
_FLAGS: Final[dict[bytes | None, DataFlag | None]] = {flag.value.encode(): flag for flag in DataFlag if flag is not DataFlag.UNKNOWN} | {
    None: None
}
_INFINITE: Final = 300  # digits: a number of fewer is finite


class Body(NamedTuple):
    """What CP says, and the mask of tolerances it needs."""

    time: datetime | None
    columns: Columns
    others: tuple[tuple[str, str], ...]
    needed: int


_body = partial(tuple.__new__, Body)  # a named tuple's own maker costs a call in Python
_rows = partial(tuple.__new__, Columns)
EMPTY: Final = Body(None, Columns(), (), 0)


def read_body(text: bytes) -> Body:
    """What stands between the two ``&&``; Fault where it cannot be read."""
    if not text:
        return EMPTY
    skeleton = text.translate(None, _NOT_SEPARATORS)
    pieces: list[bytes | None] = text.translate(_UNIFY).split(b";")  # type: ignore[assignment] # None is added below
    layout = layout_of(skeleton, b";".join(pieces[::2]))  # type: ignore[arg-type] # still bytes only
    if layout is None:
        return _untidy(text)
    pieces.append(None)  # where a layout looks for what is not sent
    columns, time, needed = NO_FIELDS, None, layout.needed
    others: tuple[tuple[str, str], ...] = ()
    if layout.time is not None:
        time, late = _time(pieces[layout.time])
        needed |= late
    if layout.factors:
        columns, loose = _columns(layout, pieces)
        needed |= loose
    if layout.others:
        others = tuple((key, (pieces[at] or b"").decode("gb18030", "replace")) for key, at in layout.others)
    return _body((time, columns, others, needed))


def _untidy(text: bytes) -> Body:
    """A body with stray separators, read without them."""
    clean, needed = tidied(text)
    if not clean:
        return EMPTY._replace(needed=needed)
    body = read_body(clean)
    return body._replace(needed=body.needed | needed)


def _columns(layout: Layout, pieces: list[bytes | None]) -> tuple[Columns, int]:
    values, needed = _numbers(layout.values(pieces))
    flags, unknown = _flags(layout.flags(pieces))
    needed |= unknown
    if not layout.has_more:
        return _rows((layout.factors, layout.statistics, values, flags, (), ())), needed
    eflags = tuple(None if text is None else text.decode("gb18030", "replace") for text in layout.eflags(pieces))
    sampled, late = _times(layout.sampled(pieces))
    return Columns(layout.factors, layout.statistics, values, flags, eflags, sampled), needed | late


@lru_cache(maxsize=1024)
def _flags(texts: tuple[bytes | None, ...]) -> tuple[tuple[DataFlag | None, ...], int]:
    """The flags, and the mask for one the standard does not list; most packets carry the same few rows of them."""
    return tuple(_FLAGS.get(text, DataFlag.UNKNOWN) for text in texts), 0 if _FLAGS.keys() >= set(texts) else Tolerance.UNKNOWN_FLAG.value


def _numbers(texts: tuple[bytes, ...]) -> tuple[tuple[float | None, ...], int]:
    """The values all at once, where they are plain numbers and too short for infinity; else one by one."""
    joined = b"".join(texts)
    if len(joined) < _INFINITE and not joined.translate(None, _PLAIN):
        try:
            return tuple(map(float, texts)), 0
        except ValueError:
            pass  # empty, or points and signs in odd places
    return _loosely(texts)


def _loosely(texts: tuple[bytes, ...]) -> tuple[tuple[float | None, ...], int]:
    """The values one by one, where at least one is not a plain number; what is none becomes None, and the mask says so."""
    values, needed = [], 0
    for text in texts:
        value, mask = _number(text)
        values.append(value)
        needed |= mask
    return tuple(values), needed


def _number(text: bytes) -> tuple[float | None, int]:
    if not text.strip():
        return None, Tolerance.EMPTY_VALUE.value
    plain = not text.translate(None, _PLAIN)
    try:
        value = float(text) if plain or _LOOSE.fullmatch(text) else None
    except ValueError:
        value = None
    if value is None or not isfinite(value):
        return None, Tolerance.UNREADABLE_VALUE.value
    return value, 0 if plain else Tolerance.LOOSE_NUMBER.value


@lru_cache(maxsize=4096)
def _time(text: bytes | None) -> tuple[datetime, int]:
    """A moment of 14 digits, or of 17 with a tolerance; Fault for what is none."""
    text = text or b""
    try:
        if len(text) == MILLIS and text.isdigit():
            return moment(text[:SECONDS]), Tolerance.LONG_TIME.value
        return moment(text), 0
    except ValueError:
        raise Fault(Reason.TIME, f"数据时间“{shown(text)}”不是时间") from None


def _times(texts: tuple[bytes | None, ...]) -> tuple[tuple[datetime | None, ...], int]:
    found, needed = [], 0
    for text in texts:
        at, late = (None, 0) if text is None else _time(text)
        found.append(at)
        needed |= late
    return tuple(found), needed
