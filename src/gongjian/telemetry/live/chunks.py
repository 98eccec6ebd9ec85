"""Days of one shape packed into columns: what a year of minutes is read from. Pure.

A chunk is a list of sections behind a header of their lengths: moments, sequences, digests, received, marks and extras of the rows, the
flags of all columns, then the values of each column by itself, so that one factor is read without the others. Numbers that ascend are kept
as differences; every section but the digests, which nothing makes smaller, is deflated.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from operator import itemgetter
from struct import Struct
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.telemetry.live.packing import DAY, matrix
from gongjian.telemetry.live.port import Column, Row, Shape
from gongjian.telemetry.live.reading import Piece
from gongjian.telemetry.moments import OFFSET

_SEQ = itemgetter(0)
_COUNTS: Final = Struct("<II")  # rows, sections
_FIXED: Final = 7  # sections before the columns
_MOMENTS, _SEQS, _DIGESTS, _RECEIVED, _MARKS, _EXTRAS, _FLAGS = range(_FIXED)


class Numbered(NamedTuple):
    """A row with its sequence."""

    seq: int
    row: Row


def numbered(row: Sequence[Any]) -> Numbered:
    """A row of ``schema.PACKET`` as a database gave it; PostgreSQL gives bytes as views."""
    seq, device, stream, moment, digest, received, marks, shape, body, extra = row
    extra = None if extra is None else bytes(extra)
    return Numbered(seq, Row(device, stream, moment, digest, received, marks, shape, bytes(body), extra))


def once(rows: Iterable[Numbered]) -> list[Numbered]:
    """By moment, then sequence; of the same moment and content only the first heard."""
    found: dict[tuple[int, int], Numbered] = {}
    for each in sorted(rows, key=_SEQ):
        found.setdefault((each.row.moment, each.row.digest), each)
    return sorted(found.values(), key=lambda each: (each.row.moment, each.seq))


def last_seq(data: bytes) -> int:
    """The highest sequence in a chunk."""
    return int(_sums(_sections(data)[1][_SEQS]).max())


def day_of_moment(moment: int) -> int:
    """The day of a moment that begins a period: days since 1970 on the monitoring clock."""
    return (moment + OFFSET) // DAY


def chunk_of(rows: Sequence[Numbered], shape: Shape) -> bytes:
    """The chunk of rows of one shape, moments and sequences ascending."""
    values, flags = matrix(b"".join(row.body for _, row in rows), len(shape))
    digests = np.array([row.digest for _, row in rows], np.int64)
    extras = [None if row.extra is None else row.extra.decode() for _, row in rows]
    sections = [
        _differences([row.moment for _, row in rows]),
        _differences([seq for seq, _ in rows]),
        digests.tobytes(),
        _differences([row.received for _, row in rows]),
        _differences([row.marks for _, row in rows]),
        zlib.compress(json.dumps(extras).encode()) if any(extras) else b"",
        zlib.compress(np.ascontiguousarray(flags.T).tobytes()),
        *(_squeezed(values[:, place]) for place in range(len(shape))),
    ]
    lengths = np.array([len(section) for section in sections], "<u4").tobytes()
    return _COUNTS.pack(len(rows), len(sections)) + lengths + b"".join(sections)


def chunk_rows(data: bytes, shape: Shape, place: tuple[int, int, int]) -> list[Numbered]:
    """The rows a chunk was made of; ``place`` is device, stream and the number of the shape."""
    count, sections = _sections(data)
    moments, seqs, received, marks = (_sums(sections[at]) for at in (_MOMENTS, _SEQS, _RECEIVED, _MARKS))
    digests = np.frombuffer(sections[_DIGESTS], np.int64)
    extras = json.loads(zlib.decompress(sections[_EXTRAS])) if sections[_EXTRAS] else [None] * count
    device, stream, number = place
    bodies = _bodies(count, sections, len(shape))
    size = 9 * len(shape)
    rows = zip(seqs.tolist(), moments.tolist(), digests.tolist(), received.tolist(), marks.tolist(), extras, strict=True)
    return [
        Numbered(seq, Row(device, stream, moment, digest, at, mark, number, bodies[n * size : (n + 1) * size], extra and extra.encode()))
        for n, (seq, moment, digest, at, mark, extra) in enumerate(rows)
    ]


def chunk_piece(data: bytes, shape: Shape, columns: Sequence[Column]) -> Piece | None:
    """The wanted columns of a chunk, and nothing else unpacked; None where it has none of them."""
    places = [shape.index(column) for column in columns if column in shape]
    if not places:
        return None
    count, sections = _sections(data)
    digests = np.frombuffer(sections[_DIGESTS], np.int64)
    picked = tuple(shape[place] for place in places)
    return Piece(picked, _sums(sections[_MOMENTS]), _sums(sections[_SEQS]), digests, *_columns(count, sections, places))


def _columns(count: int, sections: Sequence[bytes], places: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Values and flags of these columns, a row each row."""
    planes = np.empty((len(places), 8, count), np.uint8)
    for to, place in enumerate(places):
        planes[to] = np.frombuffer(zlib.decompress(sections[_FIXED + place]), np.uint8).reshape(8, count)
    values = np.ascontiguousarray(planes.transpose(2, 0, 1)).view("<f8").reshape(count, len(places))
    flags = np.frombuffer(zlib.decompress(sections[_FLAGS]), np.uint8).reshape(-1, count)
    return values, np.ascontiguousarray(flags[list(places)].T)


def _bodies(count: int, sections: Sequence[bytes], columns: int) -> bytes:
    """The bodies of all rows, end to end."""
    rows = np.empty(count, np.dtype([("values", "<f8", (columns,)), ("flags", "u1", (columns,))]))
    rows["values"], rows["flags"] = _columns(count, sections, range(columns))
    return rows.tobytes()


def _sections(data: bytes) -> tuple[int, list[bytes]]:
    count, size = _COUNTS.unpack_from(data)
    ends = np.cumsum(np.frombuffer(data, "<u4", size, _COUNTS.size)) + _COUNTS.size + 4 * size
    starts = [_COUNTS.size + 4 * size, *ends[:-1].tolist()]
    return count, [data[start:end] for start, end in zip(starts, ends.tolist(), strict=True)]


def _differences(numbers: Sequence[int]) -> bytes:
    return zlib.compress(np.diff(np.array(numbers, np.int64), prepend=0).tobytes(), 1)


def _sums(section: bytes) -> NDArray[np.int64]:
    return np.cumsum(np.frombuffer(zlib.decompress(section), np.int64))


def _squeezed(values: NDArray[np.float64]) -> bytes:
    """First bytes of all values, then second bytes and so on: they resemble each other."""
    return zlib.compress(np.ascontiguousarray(values).view(np.uint8).reshape(-1, 8).T.tobytes(), 1)
