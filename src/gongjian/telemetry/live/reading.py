"""From rows to columns over time: what stands, what may be used, what is drawn. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from gongjian.telemetry.live.port import NOT_SENT, STREAMS, USABLE, Column, Shape, Stream, Table
from gongjian.telemetry.store import Period

_USABLE = np.frombuffer(USABLE, np.uint8)


class Piece(NamedTuple):
    """Rows of one shape: a moment, a sequence and a digest each, values and flags with a row each and a column for each of the shape."""

    shape: Shape
    moments: NDArray[np.int64]
    seqs: NDArray[np.int64]
    digests: NDArray[np.int64]
    values: NDArray[np.float64]
    flags: NDArray[np.uint8]

    def sent(self) -> Piece:
        """Its rows that have any of the columns."""
        at = self.flags.any(axis=1)
        if at.all():
            return self
        return Piece(self.shape, self.moments[at], self.seqs[at], self.digests[at], self.values[at], self.flags[at])


def whole(numbers: Sequence[int]) -> NDArray[np.int64]:
    """Numbers as a piece holds them."""
    return np.array(numbers, np.int64)


class _Tables(Protocol):
    def table(self, device: int, stream: int, columns: Sequence[Column], first: int, last: int) -> Table: ...


def series(store: _Tables, device: int, factor: str, period: Period, first: int, last: int, statistic: str = "") -> Table:
    """One factor over time, ``values`` and ``flags`` flat. Without a statistic Rtd of real-time data, Avg of all other."""
    stream = STREAMS[period]
    column = Column(factor, statistic or ("Rtd" if stream is Stream.REAL_TIME else "Avg"))
    moments, values, flags = store.table(device, stream, [column], first, last)
    return Table(moments, values[:, 0], flags[:, 0])


def usable(table: Table) -> NDArray[np.bool_]:
    """Which values take part in means: there, a number, and nothing said against it."""
    return np.isin(table.flags, _USABLE) & ~np.isnan(table.values)


def table_of(pieces: Iterable[Piece], columns: Sequence[Column]) -> Table:
    """What stands of these columns. Of one moment the highest sequence stands, column by column; a digest heard before counts once."""
    parts = [part for piece in pieces if (part := _picked(piece, columns)) is not None]
    if not parts:
        return Table(np.empty(0, np.int64), np.empty((0, len(columns))), np.empty((0, len(columns)), np.uint8))
    moments, seqs, digests, values, flags = (np.concatenate(each) for each in zip(*parts, strict=True))
    if (moments[1:] > moments[:-1]).all():  # packed days as they follow each other
        return Table(moments, values, flags)
    order = np.lexsort((seqs, moments))
    moments, digests, values, flags = moments[order], digests[order], values[order], flags[order]
    if (moments[1:] != moments[:-1]).all():
        return Table(moments, values, flags)
    return _standing(moments, digests, values, flags)


_Part = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.uint8]]


def _picked(piece: Piece, columns: Sequence[Column]) -> _Part | None:
    """The wanted columns of a piece; None where it has none of them."""
    places = [piece.shape.index(column) if column in piece.shape else -1 for column in columns]
    if max(places, default=-1) < 0:
        return None
    if places == list(range(len(piece.shape))):
        return piece[1:]
    values = np.full((len(piece.moments), len(columns)), np.nan)
    flags = np.full((len(piece.moments), len(columns)), NOT_SENT, np.uint8)
    for to, place in enumerate(places):
        if place >= 0:
            values[:, to], flags[:, to] = piece.values[:, place], piece.flags[:, place]
    return piece.moments, piece.seqs, piece.digests, values, flags


def _standing(moments: NDArray[np.int64], digests: NDArray[np.int64], values: NDArray[np.float64], flags: NDArray[np.uint8]) -> Table:
    """One row a moment, where some have several: the first keeps the place, later ones write over it."""
    new = np.concatenate(([True], moments[1:] != moments[:-1]))
    home = np.flatnonzero(new)[np.cumsum(new) - 1]  # the first row of each row's moment
    known: dict[int, set[int]] = {}
    for at in np.flatnonzero(home != np.arange(len(moments))):
        first = int(home[at])
        digest = int(digests[at])
        if digest in known.setdefault(first, {int(digests[first])}):
            continue
        known[first].add(digest)
        sent = flags[at] != NOT_SENT
        values[first, sent], flags[first, sent] = values[at, sent], flags[at, sent]
    return Table(moments[new], values[new], flags[new])


def thinned(table: Table, most: int) -> Table:
    """A table (flat, as of ``series``) of at most about ``most`` rows that draws the same: of each stretch the lowest, highest and a gap.

    Values that are not usable are left as they are; a stretch without any number keeps one row of NaN, so that the gap shows.
    """
    size = len(table.moments)
    if size <= most:
        return table
    stretch = -(-2 * size // most)
    full = size // stretch * stretch
    blocks = table.values[:full].reshape(-1, stretch)
    hollow = np.isnan(blocks)
    low = np.where(hollow, np.inf, blocks).argmin(axis=1)
    high = np.where(hollow, -np.inf, blocks).argmax(axis=1)
    starts = np.arange(0, full, stretch)
    chosen = np.unique(np.concatenate((starts + low, starts + high, np.arange(full, size))))
    return Table(table.moments[chosen], table.values[chosen], table.flags[chosen])
