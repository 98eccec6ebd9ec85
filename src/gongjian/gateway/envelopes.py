"""What the gateway and its writer process say to each other: a length of four bytes, then plain tuples, lists, numbers and bytes.

``marshal``, because it packs a thousand rows in a fraction of a millisecond, and because both ends are this program: nothing from
outside is ever read by it, only values that sessions have made.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from pathlib import Path
from struct import Struct
from typing import Any, Final, NamedTuple

from gongjian.telemetry.live.places import Place
from gongjian.telemetry.live.port import Batch, Column, Condition, RefusedFrame, Stranger

LENGTH: Final = Struct("<I")


class Written(NamedTuple):
    """What became of a batch: rows that were new and the places of rows that no database would take, or why nothing was stored."""

    added: int
    spoilt: tuple[int, ...] = ()
    trouble: str = ""
    full: bool = False


def sealed(message: Any) -> bytes:
    """A message with its length before it."""
    data = marshal.dumps(message)
    return LENGTH.pack(len(data)) + data


def unsealed(data: bytes) -> Any:
    """The message."""
    return marshal.loads(data)  # noqa: S302 - from our own process, see above # nosec B302


def plain_batch(batch: Batch) -> tuple[Any, ...]:
    """A batch without our own types."""
    shapes = {number: [tuple(column) for column in shape] for number, shape in batch.shapes.items()}
    return _plain(batch.rows), shapes, _plain(batch.refused), _plain(batch.conditions), _plain(batch.strangers)


def _plain(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(map(tuple, rows))


def batch_of(message: tuple[Any, ...]) -> Batch:
    """The batch again; rows stay plain tuples, which is all a store needs of them."""
    rows, shapes, refused, conditions, strangers = message
    return Batch(
        rows,
        {number: tuple(Column(*column) for column in shape) for number, shape in shapes.items()},
        [RefusedFrame(*each) for each in refused],
        [Condition(*each) for each in conditions],
        [Stranger(*each) for each in strangers],
    )


def plain_place(at: Place) -> str | dict[str, Any]:
    """A place as a message."""
    return str(at) if isinstance(at, Path) else at


def place_of(message: str | dict[str, Any]) -> Place:
    """The place again."""
    return Path(message) if isinstance(message, str) else message
