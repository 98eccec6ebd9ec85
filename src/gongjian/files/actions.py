"""Receiving a file: known by its content, looked through for viruses, and only then handed on to whoever keeps it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjian.files.pictures import Picture, read_picture
from gongjian.files.scanning import Infected, Scan, scanner_in_use
from gongjian.files.sniffing import PHOTOS_AND_PDF, FileType, file_type, safe_name
from gongjian.people.models import User
from gongjian.trail.actions import record
from gongjian.trail.subjects import Subject


@dataclass(frozen=True, slots=True)
class Received:
    """A file that may be kept: its content, what it is, its safe name, the random ``key`` to keep it under.

    ``picture`` is what a photo tells, None for anything else.
    """

    data: bytes
    kind: FileType
    name: str
    key: str
    sha256: str
    scan: Scan
    picture: Picture | None


def receive(
    data: bytes, name: str, *, key: str, by: User | None, at: datetime, accepted: Collection[FileType] = PHOTOS_AND_PDF
) -> Received:
    """Look at an uploaded file; nothing is kept yet. Call it before the transaction of the change the file belongs to.

    Refusal for what is not of an ``accepted`` type, too large, has too many pixels, cannot be opened, carries a virus (an event of
    the log, which stays) or could not be looked through.
    """
    kind = file_type(data, name, accepted)
    picture = read_picture(data, name) if kind.is_picture else None
    digest = hashlib.sha256(data).hexdigest()
    try:
        scan = scanner_in_use().scan(data, name)
    except Infected as infected:
        with transaction.atomic():
            about = Subject("files.upload", digest[:40], safe_name(name, kind))
            record("file.infected", about, by=by, at=at, after={"file": about.label, "sha256": digest}, note=infected.found)
        raise
    return Received(data, kind, safe_name(name, kind), key, digest, scan, picture)
