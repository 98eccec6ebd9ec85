"""The files of a form, looked through before anything is written."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from gongjian.files.actions import Received, receive
from gongjian.files.sniffing import EVERY, refuse_large
from gongjian.people.models import User


def received(files: Iterable[UploadedFile[bytes]], *, by: User, at: datetime) -> list[Received]:
    """Each file as what it really is; Refusal for the first that is not taken. Outside the transaction of the write they belong to."""
    return [_received(file, by, at) for file in files]


def _received(file: UploadedFile[bytes], by: User, at: datetime) -> Received:
    name = file.name or ""
    refuse_large(file.size or 0, name)
    return receive(file.read(), name, key=secrets.token_hex(16), by=by, at=at, accepted=EVERY)
