"""The files of a checklist's form as evidence: each with a key made of the form's own, so that a form sent twice is the same files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from gongjian.cases.actions.evidencing import Piece
from gongjian.cases.evidence.sniffing import LARGEST, MEGABYTE
from gongjian.inspections.declaration import Checklist, ItemKind
from gongjian.kernel.refusal import Refusal


def pieces(checklist: Checklist, typed: Mapping[str, Any], key: str) -> Iterator[tuple[str, list[Piece]]]:
    """For each item, and for the whole task (empty), the pieces given; Refusal for a file too large to be read at all."""
    boxes = [(item.slug, f"item-{item.slug}", item.text) for item in checklist.items if item.kind is ItemKind.PHOTO]
    for item, box, title in (*boxes, ("", "photos", ""), ("", "documents", "")):
        if files := typed.get(box):
            yield item, [_piece(file, title, f"{key}|{box}|{number}") for number, file in enumerate(files)]


def _piece(file: Any, title: str, key: str) -> Piece:
    name = file.name or ""
    if (file.size or 0) > LARGEST:
        msg = f"“{name[:60]}”有 {file.size / MEGABYTE:.1f} MB，文件最多 {LARGEST // MEGABYTE} MB，请压缩后再上传。"
        raise Refusal(msg)
    return Piece(title=title or name, data=file.read(), name=name, key=hashlib.sha256(key.encode()).hexdigest())
