"""The files of a checklist's form as evidence: each with a key made of the form's own, so that a form sent twice is the same files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from gongjian.cases.actions.evidencing import Piece
from gongjian.files.actions import receive
from gongjian.files.sniffing import refuse_large
from gongjian.inspections.declaration import Checklist, ItemKind
from gongjian.people.models import User


def pieces(checklist: Checklist, typed: Mapping[str, Any], key: str, *, by: User, at: datetime) -> Iterator[tuple[str, list[Piece]]]:
    """For each item, and for the whole task (empty), the pieces given; Refusal for a file too large to be read at all."""
    boxes = [(item.slug, f"item-{item.slug}", item.text) for item in checklist.items if item.kind is ItemKind.PHOTO]
    for item, box, title in (*boxes, ("", "photos", ""), ("", "documents", "")):
        if files := typed.get(box):
            yield item, [_piece(file, title, f"{key}|{box}|{number}", by, at) for number, file in enumerate(files)]


def _piece(file: Any, title: str, key: str, by: User, at: datetime) -> Piece:
    name = file.name or ""
    refuse_large(file.size or 0, name)
    received = receive(file.read(), name, key=hashlib.sha256(key.encode()).hexdigest(), by=by, at=at)
    return Piece(title=title or name, name=name, key=received.key, received=received)
