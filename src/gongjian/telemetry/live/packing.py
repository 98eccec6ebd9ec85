"""How an upload becomes a row and a row an upload again. Pure.

A body is the values as little-endian doubles, then one flag byte for each. The columns are told once, by their ``Shape``, whose number is
a digest of its text: two gateways give one shape the same number without asking each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from math import nan
from struct import Struct, error
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.telemetry.live.port import NO_FLAG, Column, Heard, Row, Shape

RESENT: Final = 1 << 40  # of ``marks``: the device says it sends this again, or it was asked for; below are the protocol's tolerances
DAY: Final = 86_400
MICRO: Final = 1_000_000
EARLIEST: Final = 946_684_800  # 2000-01-01: what claims to be older was sent by a clock that was never set
_SIZE: Final = 9  # bytes of a value with its flag


class Content(NamedTuple):
    """What of an upload is not where and when."""

    shape: int
    body: bytes
    extra: bytes | None = None
    marks: int = 0


@lru_cache(maxsize=4096)
def shape_number(shape: Shape) -> int:
    """The number of a shape: 63 bits of a digest of its text; 0 for none."""
    return int.from_bytes(blake2b(shape_text(shape).encode(), digest_size=8).digest(), "big") >> 1 if shape else 0


def shape_text(shape: Shape) -> str:
    """The columns as text, ``w01018-Avg,w01018-Max``."""
    return ",".join(f"{column.factor}-{column.statistic}" for column in shape)


@lru_cache(maxsize=4096)
def shape_of(text: str) -> Shape:
    """The columns of a text."""
    return tuple(Column(*each.rpartition("-")[::2]) for each in text.split(",")) if text else ()


@lru_cache(maxsize=64)
def _doubles(count: int) -> Struct:
    return Struct(f"<{count}d")


def flag_bytes(flags: Sequence[str | None]) -> bytes:
    """One byte for each flag."""
    return bytes(NO_FLAG if flag is None else ord(flag[0]) for flag in flags)


def body_of(values: Sequence[float | None], flags: bytes) -> bytes:
    """The body of these values, with what ``flag_bytes`` made of their flags; None becomes NaN."""
    try:
        return _doubles(len(values)).pack(*values) + flags
    except error:
        return _doubles(len(values)).pack(*(nan if value is None else value for value in values)) + flags


def extra_of(fields: Sequence[tuple[str, object]]) -> bytes | None:
    """What has no column, as JSON; None for nothing."""
    return json.dumps(dict(fields), ensure_ascii=False, separators=(",", ":")).encode() if fields else None


def packed(device: int, stream: int, moment: int, received: int, content: Content) -> Row:
    """The row of an upload. ``moment`` in seconds, ``received`` in microseconds."""
    shape, body, extra, marks = content
    digest = blake2b(body if extra is None else body + extra, digest_size=8, key=shape.to_bytes(8, "big")).digest()
    if not EARLIEST <= moment <= received // MICRO + DAY:
        stream = -stream
    return Row(device, stream, moment, int.from_bytes(digest, "big", signed=True), received, marks, shape, body, extra)


def heard(seq: int, row: Row, shape: Shape) -> Heard:
    """A row as it is read."""
    count = len(shape)
    values = _doubles(count).unpack_from(row.body) if count else ()
    flags = row.body[8 * count :] if count else b""
    return Heard(seq, row.device, row.stream, row.moment, row.received, row.marks, shape, values, flags, row.extra, row.body)


def newest_of(rows: Iterable[Heard]) -> Heard:
    """What stands of the newest moment of rows that are not none: the later heard, column by column; content heard before counts once."""
    ordered = sorted(rows, key=lambda row: row.seq)
    newest = max(row.moment for row in ordered)
    found: dict[Column, tuple[float, int]] = {}
    seen: dict[tuple[Shape, bytes, bytes | None], Heard] = {}
    for part in ordered:
        if part.moment == newest:
            seen.setdefault((part.columns, part.body, part.extra), part)
    parts = list(seen.values())
    for part in parts:
        found |= zip(part.columns, zip(part.values, part.flags, strict=True), strict=True)
    values, flags = tuple(value for value, _ in found.values()), bytes(flag for _, flag in found.values())
    return parts[-1]._replace(columns=tuple(found), values=values, flags=flags)


def matrix(bodies: bytes, columns: int) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Many bodies of one shape, end to end, as values and flags with a row each."""
    record = np.dtype([("values", "<f8", (columns,)), ("flags", "u1", (columns,))])
    rows = np.frombuffer(bytearray(bodies), record)
    return rows["values"], rows["flags"]


def bodies_size(columns: int) -> int:
    """Bytes of one body."""
    return _SIZE * columns
