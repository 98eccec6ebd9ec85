"""The sealed list of a batch: 40 bytes for each event, its id (8, big-endian) and its digest (32), in order of id.

The full list is kept, not only its hash: so that a check can name the event that no longer fits.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

LEAF = struct.Struct(">q32s")
DIGEST_LENGTH = 32


def pack(events: Iterable[tuple[int, str]]) -> bytes:
    """Leaves of ``(id, hex digest)`` pairs. A digest that is none is sealed as zeros: the check will name it, the seal must not stop."""
    return b"".join(LEAF.pack(number, _raw(digest)) for number, digest in events)


def _raw(digest: str) -> bytes:
    try:
        raw = bytes.fromhex(digest)
    except (TypeError, ValueError):
        raw = b""
    return raw if len(raw) == DIGEST_LENGTH else bytes(DIGEST_LENGTH)


def unpack(leaves: bytes) -> Iterator[tuple[int, str]]:
    """The ``(id, hex digest)`` pairs again; ValueError if the bytes are no list of leaves."""
    if len(leaves) % LEAF.size:
        msg = "not a whole number of leaves"
        raise ValueError(msg)
    return ((number, raw.hex()) for number, raw in LEAF.iter_unpack(leaves))
