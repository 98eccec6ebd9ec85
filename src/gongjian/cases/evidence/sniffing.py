"""What a file is, by its first bytes; what its name says counts for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from gongjian.cases.models import EvidenceKind
from gongjian.kernel.refusal import Refusal

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: its media type, the ending it is kept under, and how large it may be in bytes."""

    content_type: str
    ending: str
    kind: EvidenceKind
    most: int


JPEG = FileType("image/jpeg", ".jpg", EvidenceKind.PHOTO, 15 * MEGABYTE)
PNG = FileType("image/png", ".png", EvidenceKind.PHOTO, 15 * MEGABYTE)
PDF = FileType("application/pdf", ".pdf", EvidenceKind.DOCUMENT, 20 * MEGABYTE)
LARGEST = max(kind.most for kind in (JPEG, PNG, PDF))
_BEGINNINGS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")


def file_type(data: bytes, name: str) -> FileType:
    """The type of a file; Refusal for an empty, an unknown and a too large one."""
    shown = name[:60]
    if not data:
        msg = f"文件“{shown}”是空的，请重新选择。"
        raise Refusal(msg)
    if data[4:12] in _HEIC:
        msg = f"“{shown}”是 HEIC 格式的照片，请在手机相机设置中选择“兼容性最佳”（JPEG）后重拍，或转成 JPEG 再上传。"
        raise Refusal(msg)
    found = next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)
    if found is None:
        msg = f"“{shown}”的内容不是 JPEG、PNG 照片或 PDF 文件（与文件名无关），请换一个文件上传。"
        raise Refusal(msg)
    if len(data) > found.most:
        msg = f"“{shown}”有 {len(data) / MEGABYTE:.1f} MB，{found.kind.label}最多 {found.most // MEGABYTE} MB，请压缩后再上传。"
        raise Refusal(msg)
    return found
