"""The files of a form as pieces of evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.declaration import Needed
from gongjian.cases.evidence.sniffing import LARGEST, MEGABYTE
from gongjian.cases.models import EvidenceKind
from gongjian.kernel.refusal import Refusal


def pieces(typed: Mapping[str, Any], needs: Sequence[Needed], key: Callable[[], str]) -> list[Piece]:
    """What a form gave as evidence, in its order; ``key`` makes a random name. Refusal for a file too large to be read at all."""
    found: list[Piece] = []
    for number, need in enumerate(needs):
        given = typed.get(f"evidence_{number}")
        if need.kind is EvidenceKind.VALUE:
            found += [] if given is None else [Piece(title=need.title, value=given, unit=need.unit)]
        else:
            found += [_piece(file, need.title, key) for file in given or ()]
    return found + [_piece(file, "", key) for name in ("photos", "documents") for file in _files(typed, name)]


def _files(typed: Mapping[str, Any], name: str) -> Iterable[UploadedFile[bytes]]:
    found: Iterable[UploadedFile[bytes]] = typed.get(name) or ()
    return found


def _piece(file: UploadedFile[bytes], title: str, key: Callable[[], str]) -> Piece:
    name = file.name or ""
    if (file.size or 0) > LARGEST:
        msg = f"“{name[:60]}”有 {(file.size or 0) / MEGABYTE:.1f} MB，文件最多 {LARGEST // MEGABYTE} MB，请压缩后再上传。"
        raise Refusal(msg)
    return Piece(title=title or name, data=file.read(), name=name, key=key())
