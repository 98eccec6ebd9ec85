"""The table below the curves as a file: the same rows in the same order, the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, overload

import numpy as np

from gongjian.documents.workbook import Column, Page, write_book, write_csv
from gongjian.kernel.refusal import Refusal
from gongjian.live.flags import flag_words
from gongjian.live.strands import Strand
from gongjian.telemetry.moments import from_seconds

MOST_IN_BOOK: Final = 200_000  # rows of a workbook: what a desk's spreadsheet still opens
Row = tuple[datetime, list[tuple[float | None, str]]]


class Listing(Sequence[Row]):
    """Strands side by side, one row a label, the latest first; sliced without working out the rest."""

    def __init__(self, strands: Sequence[Strand]) -> None:
        self.strands = strands
        labels = np.empty(0, np.int64)
        for strand in strands:  # mostly all of one device, with the very same labels
            if strand.moments is not labels and not np.array_equal(strand.moments, labels):
                labels = np.union1d(labels, strand.moments) if len(labels) else strand.moments
        self._labels = labels[::-1]

    def __len__(self) -> int:
        return len(self._labels)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return self[place : place + 1 or None][0]
        labels = self._labels[place]
        columns = [_cells(strand, labels) for strand in self.strands]
        return [(from_seconds(at), [column[number] for column in columns]) for number, at in enumerate(labels.tolist())]

    @property
    def titles(self) -> list[str]:
        """The headings: the label, then of each strand its value with the unit and its flag."""
        return ["时间", *(title for strand in self.strands for title in (_title(strand), f"{strand.name} 标记"))]


def _title(strand: Strand) -> str:
    return f"{strand.name}（{strand.unit}）" if strand.unit else strand.name


def _cells(strand: Strand, labels: np.ndarray[Any, np.dtype[np.int64]]) -> list[tuple[float | None, str]]:
    """Value and words of the flag at each label; (None, "") where the strand has none there."""
    if not len(strand):
        return [(None, "")] * len(labels)
    places = np.searchsorted(strand.moments, labels)
    places[places == len(strand)] = 0
    there = strand.moments[places] == labels
    found = []
    for known, value, flag in zip(there.tolist(), strand.values[places].tolist(), strand.flags[places].tolist(), strict=True):
        is_number = known and value == value  # noqa: PLR0124 - only nan is not itself
        found.append((value if is_number else None, flag_words(flag) if known else ""))
    return found


def as_csv(listing: Listing) -> Iterator[str]:
    """Line by line, however many."""
    return write_csv(listing.titles, _plain(listing, "%Y-%m-%d %H:%M:%S"))


def as_xlsx(listing: Listing, name: str) -> bytes:
    """A workbook of one sheet; Refusal where it would be too long for a spreadsheet."""
    if len(listing) > MOST_IN_BOOK:
        msg = f"要导出的有{len(listing):,}行，电子表格难以打开；请缩短时段或改用小时数据，或导出 CSV。"
        raise Refusal(msg)
    kinds: list[Column] = [Column(listing.titles[0], "moment", width=20)]
    for value, flag in zip(listing.titles[1::2], listing.titles[2::2], strict=True):
        kinds += [Column(value, "number"), Column(flag)]
    return write_book([Page(name[:31], kinds, _plain(listing, ""))])


def _plain(listing: Listing, pattern: str) -> Iterator[list[Any]]:
    """Rows with moments as the wall clock shows them: as text by a pattern, or as moments without a zone."""
    for begin in range(0, len(listing), 10_000):
        for at, cells in listing[begin : begin + 10_000]:
            shown = at.strftime(pattern) if pattern else at.replace(tzinfo=None)
            yield [shown, *(said for value, flag in cells for said in (value, flag or None))]
