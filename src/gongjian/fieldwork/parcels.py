"""Parcels (送来的草稿): what a phone hands over at one go, and what the same thing is known by when it comes again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongjian.cases.actions.evidencing import Piece

FINDING, CHECK = "finding", "check"  # what a draft may become: a case; answers to the checklist of a task


@dataclass(frozen=True, slots=True, kw_only=True)
class Handset:
    """What the phone knew when the draft was written: its own moment, how far our clock was ahead, its place and the error in metres."""

    written_at: datetime | None = None
    ahead: int = 0
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One draft: ``key`` is the one its phone made, ``kind`` what it shall become, ``said`` its words by field (plain JSON).

    ``photos`` tells of each photo, in the order of ``pieces``, what the phone knew of it; ``items`` are the items of a checklist that they
    answer, in the same order.
    """

    key: str
    kind: str
    said: Mapping[str, Any]
    device: Handset = field(default_factory=Handset)
    pieces: Sequence[Piece] = ()
    items: Sequence[str] = ()
    photos: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What a parcel became: its name for people, the address where it is seen, and what had to be said on the way."""

    label: str
    page: str
    about: object
    notes: tuple[str, ...] = ()


def digest_of(parcel: Parcel) -> str:
    """What the parcel holds, in 64 hexadecimal digits; its key, and the random names of its files, do not count."""
    device = parcel.device
    held = {
        "kind": parcel.kind,
        "said": dict(parcel.said),
        "device": [device.written_at and device.written_at.isoformat(), device.ahead, device.lon, device.lat, device.accuracy],
        "files": [[piece.name, hashlib.sha256(piece.data).hexdigest()] for piece in parcel.pieces],
        "items": list(parcel.items),
        "photos": [dict(facts) for facts in parcel.photos],
    }
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
