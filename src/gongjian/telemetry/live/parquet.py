"""Months of uploads as Parquet files, read and written by DuckDB in memory. It knows files, not databases.

A row of a file is one upload, as ``port.Row`` has it. Every (factor, statistic) has a column of its own, ``w01018-Avg``, and one with its
flag, ``w01018-Avg.flag``; NULL in both says it was not sent, NULL with a flag that it was no number. What does not fit into columns (the
frames of vehicles, more columns than ``MOST_COLUMNS``, names that differ in case alone) has its bytes in ``body``. Rows are sorted by
device, moment and sequence, so that one device's rows lie in few row groups.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.telemetry.live.chunks import Numbered
from gongjian.telemetry.live.packing import MICRO
from gongjian.telemetry.live.port import Column, Row, Shape
from gongjian.telemetry.live.reading import Piece

if TYPE_CHECKING:
    import duckdb

_MEMORY: Final = "256MB"
_READ: Final = "seq, epoch_us(moment) // 1000000 AS moment, digest, epoch_us(received) AS received, marks, shape, extra, body"
_SPAN: Final = "FROM read_parquet(?) WHERE device = ? AND moment >= make_timestamptz(?::BIGINT) AND moment < make_timestamptz(?::BIGINT)"
Fetched = Mapping[str, NDArray[Any]]


@lru_cache(maxsize=1)
def _engine() -> duckdb.DuckDBPyConnection:
    """DuckDB of this process, made when a file is first asked for: most processes never do."""
    import duckdb  # noqa: PLC0415 - as above

    spill = Path(tempfile.gettempdir()) / f"gongjian-duckdb-{os.getpid()}"
    return duckdb.connect(
        ":memory:",
        config={
            "threads": 1,  # with two, merging takes twice the work and three times the memory
            "memory_limit": _MEMORY,
            "temp_directory": str(spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def cursor() -> duckdb.DuckDBPyConnection:
    """A connection of its own, for one thread."""
    return _engine().cursor()


def is_of_the_file(error: Exception) -> bool:
    """Whether reading failed for what is in the file, or for a file that is not there."""
    import duckdb  # noqa: PLC0415 - as above

    return isinstance(error, (duckdb.Error, LookupError, ValueError)) and not isinstance(error, duckdb.OutOfMemoryException)


def column_text(column: Column) -> str:
    """What the column of a file is called."""
    return f"{column.factor}-{column.statistic}"


class Span(NamedTuple):
    """One device's moments from ``first`` until before ``last`` (seconds) in a stream."""

    device: int
    stream: int
    first: int
    last: int


def read_rows(
    duck: duckdb.DuckDBPyConnection, path: Path, span: Span, shapes: Mapping[int, Shape], laid: Collection[int]
) -> list[Numbered]:
    """The rows of a span, sorted, byte for byte as they were. ``shapes`` are all it has, ``laid`` the numbers of those with columns."""
    columns = sorted({column for number in laid for column in shapes[number]})
    sql = f"SELECT {', '.join((_READ, *_selected(columns)))} {_SPAN} ORDER BY moment, seq"
    found = _asked(duck, sql, path, span)
    bodies = _bodies(found, shapes, {column: place for place, column in enumerate(columns)})
    extras = (None if said is None else said.encode() for said in found["extra"].tolist())
    told = zip(*(found[name].tolist() for name in ("seq", "moment", "digest", "received", "marks", "shape")), bodies, extras, strict=True)
    return [Numbered(seq, Row(span.device, span.stream, *rest)) for seq, *rest in told]


def _bodies(found: Fetched, shapes: Mapping[int, Shape], places: Mapping[Column, int]) -> list[bytes]:
    bodies = [None if body is None else bytes(body) for body in found["body"].tolist()]
    for number in np.unique(found["shape"]).tolist():
        shape = shapes[number]
        at = [place for place in np.flatnonzero(found["shape"] == number).tolist() if bodies[place] is None]
        if at:
            made = np.empty(len(at), np.dtype([("values", "<f8", (len(shape),)), ("flags", "u1", (len(shape),))]))
            for of, column in enumerate(shape):
                made["values"][:, of], made["flags"][:, of] = found[f"v{places[column]}"][at], found[f"f{places[column]}"][at]
            data, size = made.tobytes(), made.dtype.itemsize
            for nth, place in enumerate(at):
                bodies[place] = data[nth * size : (nth + 1) * size]
    return bodies  # type: ignore[return-value] # none is None now


def read_piece(duck: duckdb.DuckDBPyConnection, path: Path, span: Span, columns: Sequence[Column], *, some_kept: bool) -> Piece:
    """These columns of a device, those rows left out that kept their bytes; rows without any of the columns have no flag."""
    kept = "AND body IS NULL" if some_kept else ""
    read = "epoch_us(moment) // 1000000 AS moment, seq, digest"
    found = _asked(duck, f"SELECT {', '.join((read, *_selected(columns)))} {_SPAN} {kept}", path, span)
    values = np.column_stack([found[f"v{place}"] for place in range(len(columns))])
    flags = np.column_stack([found[f"f{place}"] for place in range(len(columns))])
    return Piece(tuple(columns), found["moment"], found["seq"], found["digest"], values, flags)


def _selected(columns: Sequence[Column]) -> Iterator[str]:
    for place, column in enumerate(columns):
        name = column_text(column)
        yield f"coalesce({quoted(name)}, 'nan'::DOUBLE) AS v{place}"
        yield f"coalesce(ord({quoted(name + '.flag')}), 0)::UTINYINT AS f{place}"


def _asked(duck: duckdb.DuckDBPyConnection, sql: str, path: Path, span: Span) -> Fetched:
    return duck.execute(sql, [pattern(path), span.device, span.first * MICRO, span.last * MICRO]).fetchnumpy()


def quoted(name: str) -> str:
    """As a name of SQL."""
    return '"' + name.replace('"', '""') + '"'


def text(value: object) -> str:
    """As a literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def pattern(path: Path) -> str:
    """A path as DuckDB takes it, for which it is a pattern."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
