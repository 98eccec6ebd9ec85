"""Filing a received file: kept under its random name with a small copy of a photo, and told in the fields of a row."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongjian.files.actions import Received
from gongjian.files.keeping import Shelf
from gongjian.files.pictures import Picture
from gongjian.files.scanning import Scan
from gongjian.files.sniffing import JPEG


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that was kept: what rows of evidence say of it. ``looks`` is the perceptual hash of a photo, empty otherwise."""

    path: str
    content_type: str
    size: int
    sha256: str
    scan: Scan
    thumbnail: str = ""
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    looks: str = ""


def file_away(file: Received, shelf: Shelf, kept: list[str]) -> Filed:
    """Keep the file; every name it is kept under is added to ``kept`` at once, for whoever must take it away again."""
    path = _keep(shelf, file.data, file.key, file.kind.ending, kept)
    told = (path, file.kind.content_type, len(file.data), file.sha256, file.scan)
    return _with_picture(told, file, file.picture, shelf, kept) if file.picture else Filed(*told)


def _keep(shelf: Shelf, data: bytes, key: str, ending: str, kept: list[str]) -> str:
    path = shelf.keep(data, key, ending)
    kept.append(path)
    return path


def _with_picture(told: tuple[str, str, int, str, Scan], file: Received, picture: Picture, shelf: Shelf, kept: list[str]) -> Filed:
    small = _keep(shelf, picture.thumbnail, hashlib.sha256(file.key.encode()).hexdigest(), JPEG.ending, kept)
    taken = timezone.make_aware(picture.taken_at) if picture.taken_at else None
    return Filed(*told, small, taken, picture.lon, picture.lat, picture.looks)
