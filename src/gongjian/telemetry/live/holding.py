"""What a live store tells of how it keeps uploads."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Way(StrEnum):
    """How uploads are kept, from the newest to the oldest."""

    ROWS = "rows"
    PACKED = "packed"
    ARCHIVED = "archived"


class Archived(NamedTuple):
    """A file of archived uploads as the store knows it; ``first`` and ``last`` are the moments its month begins and ends with, seconds.

    ``at`` in microseconds; ``cleared`` tells that what it holds is no longer in the database besides.
    """

    stream: int
    first: int
    last: int
    file: str
    rows: int
    size: int
    at: int
    cleared: bool


class Holding(NamedTuple):
    """How much of a stream is kept in one way: ``rows`` None where not counted, bytes as far as they can be told, moments in seconds."""

    stream: int
    way: Way
    rows: int | None
    size: int
    first: int
    last: int


class Forgotten(NamedTuple):
    """What was deleted: rows, packed days of devices, files."""

    rows: int
    days: int
    files: int
