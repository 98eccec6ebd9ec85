"""Filing an uploaded file: looked at, kept under its random name with a small copy of a photo, and told in the fields of a row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongjian.cases.evidence import keeping
from gongjian.cases.evidence.pictures import Picture, read_picture
from gongjian.cases.evidence.sniffing import JPEG, file_type
from gongjian.cases.models import EvidenceKind


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that was kept: what rows of evidence say of it. ``looks`` is the perceptual hash of a photo, empty otherwise."""

    kind: EvidenceKind
    path: str
    content_type: str
    size: int
    sha256: str
    thumbnail: str = ""
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    looks: str = ""


def file_away(data: bytes, name: str, key: str, kept: list[str]) -> Filed:
    """Keep the file; every name it is kept under is added to ``kept`` at once, for whoever must take it away again.

    Refusal for a file that is not what it says, is too large or has too many pixels.
    """
    found = file_type(data, name)
    picture = read_picture(data, name) if found.kind is EvidenceKind.PHOTO else None
    path = _keep(data, key, found.ending, kept)
    small = _keep(picture.thumbnail, hashlib.sha256(key.encode()).hexdigest(), JPEG.ending, kept) if picture else ""
    filed = Filed(found.kind, path, found.content_type, len(data), hashlib.sha256(data).hexdigest(), small)
    return _with_picture(filed, picture) if picture else filed


def _keep(data: bytes, key: str, ending: str, kept: list[str]) -> str:
    path = keeping.keep(data, key, ending)
    kept.append(path)
    return path


def _with_picture(filed: Filed, picture: Picture) -> Filed:
    taken = timezone.make_aware(picture.taken_at) if picture.taken_at else None
    told = (filed.kind, filed.path, filed.content_type, filed.size, filed.sha256, filed.thumbnail)
    return Filed(*told, taken, picture.lon, picture.lat, picture.looks)
