"""Writing uploads as Parquet files: which shapes get columns, rows laid out, files merged. ``parquet`` says what is in one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from gongjian.telemetry.live.chunks import Numbered
from gongjian.telemetry.live.packing import matrix, shape_text
from gongjian.telemetry.live.parquet import column_text, pattern, quoted, text
from gongjian.telemetry.live.port import NOT_SENT, Column, Shape

if TYPE_CHECKING:
    import duckdb

FORMAT: Final = "1"  # goes up when a reader of files must know
MOST_COLUMNS: Final = 200  # of values in a file; what a row group of all of them weighs is held in memory
_GROUP: Final = 40_960  # rows of a row group, a multiple of what DuckDB works on at once
_FIXED: Final = (
    "seq::BIGINT AS seq, device::BIGINT AS device, stream::INTEGER AS stream, make_timestamptz((moment * 1000000)::BIGINT) AS moment, "
    "digest::BIGINT AS digest, make_timestamptz(received::BIGINT) AS received, marks::BIGINT AS marks, shape::BIGINT AS shape, "
    "extra::VARCHAR AS extra, body::BLOB AS body"
)
_NUMBERS: Final = ("device", "stream", "moment", "digest", "received", "marks", "shape")
_CANONICAL: Final = np.array([np.nan]).view(np.uint64)[0]


def tabular(known: Sequence[Shape], fresh: Sequence[Shape]) -> set[Shape]:
    """Which shapes have columns in a file: those that had them already (``known``), and of the others what still fits, in this order."""
    names: dict[str, Column] = {}
    found: set[Shape] = set()
    for shape in (*known, *fresh):
        wanted = {name: column for column in shape for name in _names(column)}
        fits = shape and len(wanted) == 2 * len(shape) and all(names.get(name, column) == column for name, column in wanted.items())
        if fits and len(names | wanted) <= 2 * MOST_COLUMNS and all(name.isprintable() for name in wanted):
            names |= wanted
            found.add(shape)
    return found


def _names(column: Column) -> tuple[str, str]:
    """Names are told apart without regard to case."""
    name = column_text(column).casefold()
    return name, f"{name}.flag"


def write_rows(
    duck: duckdb.DuckDBPyConnection, path: Path, rows: Sequence[Numbered], shapes: Mapping[int, Shape], fitting: set[Shape]
) -> dict[int, int]:
    """Write rows (sorted) as a file to be merged; how many rows of each shape (number) kept their bytes."""
    given, columns = _laid_out(rows, shapes, fitting)
    values = ", ".join(
        f"v{place} AS {quoted(column_text(column))}, nullif(chr(f{place}::INTEGER), chr(0)) AS {quoted(column_text(column) + '.flag')}"
        for place, column in enumerate(columns)
    )
    duck.register("incoming", given)
    try:
        duck.execute(f"COPY (SELECT {', '.join(filter(None, (_FIXED, values)))} FROM incoming) TO {text(path)} (FORMAT parquet)")  # noqa: S608 - quoted above # nosec B608 - the same
    finally:
        duck.unregister("incoming")
    kept: dict[int, int] = defaultdict(int)
    for number, body in zip(given["shape"].tolist(), given["body"], strict=True):
        kept[number] += body is not None
    return kept


def _laid_out(rows: Sequence[Numbered], shapes: Mapping[int, Shape], fitting: set[Shape]) -> tuple[dict[str, NDArray[Any]], list[Column]]:
    """The rows column by column."""
    size = len(rows)
    given: dict[str, NDArray[Any]] = {
        "seq": np.array([seq for seq, _ in rows], np.int64),
        **{name: np.array([getattr(row, name) for _, row in rows], np.int64) for name in _NUMBERS},
        "extra": _objects([None if row.extra is None else row.extra.decode() for _, row in rows]),
        "body": _objects([row.body for _, row in rows]),
    }
    numbers = sorted({row.shape for _, row in rows})
    columns = sorted({column for number in numbers if shapes[number] in fitting for column in shapes[number]})
    places = {column: place for place, column in enumerate(columns)}
    for place in range(len(columns)):
        given[f"v{place}"], given[f"f{place}"] = np.full(size, np.nan), np.full(size, NOT_SENT, np.uint8)
    for number in numbers:
        if (shape := shapes[number]) in fitting:
            at = np.flatnonzero(given["shape"] == number)
            values, flags = matrix(b"".join(given["body"][at]), len(shape))
            plain = ~(np.isnan(values) & (np.ascontiguousarray(values).view(np.uint64) != _CANONICAL)).any(axis=1)
            for of, column in enumerate(shape):
                given[f"v{places[column]}"][at[plain]] = values[plain, of]
                given[f"f{places[column]}"][at[plain]] = flags[plain, of]
            given["body"][at[plain]] = None
    return given, columns


def _objects(found: Sequence[object]) -> NDArray[Any]:
    made = np.empty(len(found), object)
    made[:] = found
    return made


def merge(duck: duckdb.DuckDBPyConnection, to: Path, sources: Sequence[tuple[str, list[Any]]], notes: Mapping[str, str]) -> None:
    """One file of several, in their order. ``sources`` are selections (``whole``, ``between_devices``) with their parameters."""
    union = " UNION ALL BY NAME ".join(sql for sql, _ in sources)
    told = ", ".join(f"{quoted(name)}: {text(value)}" for name, value in notes.items())
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP}, KV_METADATA {{{told}}}"
    duck.execute(f"COPY ({union}) TO {text(to)} ({options})", [value for _, given in sources for value in given])


def whole(paths: Sequence[Path]) -> tuple[str, list[Any]]:
    """All of these files."""
    return "SELECT * FROM read_parquet(?, union_by_name = true)", [[pattern(path) for path in paths]]


def between_devices(path: Path, first: int, last: int) -> tuple[str, list[Any]]:
    """What a file has of devices from ``first`` until before ``last``."""
    return "SELECT * FROM read_parquet(?) WHERE device >= ? AND device < ?", [pattern(path), first, last]


def notes_of(stream: int, shapes: Mapping[int, Shape], devices: Mapping[int, Mapping[str, object]]) -> dict[str, str]:
    """What a file says of itself: its format, the shapes by number, and of its devices what is known (code, name, units by factor)."""
    texts = {str(number): shape_text(shape) for number, shape in sorted(shapes.items())}
    return {
        "gongjian.format": FORMAT,
        "gongjian.stream": str(stream),
        "gongjian.shapes": json.dumps(texts, ensure_ascii=False, separators=(",", ":")),
        "gongjian.devices": json.dumps(dict(sorted(devices.items())), ensure_ascii=False, separators=(",", ":")),
    }
