"""The files of a form as pieces of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.declaration import Needed
from gongjian.cases.models import EvidenceKind
from gongjian.files.actions import receive
from gongjian.files.sniffing import refuse_large
from gongjian.people.models import User


def pieces(typed: Mapping[str, Any], needs: Sequence[Needed], key: Callable[[], str], *, by: User, at: datetime) -> list[Piece]:
    """What a form gave as evidence, in its order, looked through; ``key`` makes a random name. Refusal for a file that is not taken."""
    found: list[Piece] = []
    for number, need in enumerate(needs):
        given = typed.get(f"evidence_{number}")
        if need.kind is EvidenceKind.VALUE:
            found += [] if given is None else [Piece(title=need.title, value=given, unit=need.unit)]
        else:
            found += [_piece(file, need.title, key(), by, at) for file in given or ()]
    return found + [_piece(file, "", key(), by, at) for name in ("photos", "documents") for file in _files(typed, name)]


def _files(typed: Mapping[str, Any], name: str) -> Iterable[UploadedFile[bytes]]:
    found: Iterable[UploadedFile[bytes]] = typed.get(name) or ()
    return found


def _piece(file: UploadedFile[bytes], title: str, key: str, by: User, at: datetime) -> Piece:
    name = file.name or ""
    refuse_large(file.size or 0, name)
    return Piece(title=title or name, name=name, received=receive(file.read(), name, key=key, by=by, at=at))
