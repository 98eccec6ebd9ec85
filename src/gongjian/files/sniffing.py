"""What a file is, by its content; what its name says counts for nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO

from django.conf import settings

from gongjian.documents.grid import DocumentError
from gongjian.documents.package import package_kind
from gongjian.documents.purpose import Purpose
from gongjian.kernel.refusal import Refusal

MEGABYTE = 1024 * 1024
PROOF = Purpose("佐证", "JPEG、PNG、PDF、docx 或 xlsx", "docx、xlsx 或 PDF", "docx 或 xlsx", 240 * MEGABYTE)


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: its media type, the ending it is kept under, what people call it, and what it is a kind of.

    ``most`` is how large it may be in bytes, whatever the setting says.
    """

    content_type: str
    ending: str
    name: str
    noun: str
    most: int

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at in a page."""
        return self.noun == PHOTO

    @property
    def limit(self) -> int:
        """How large it may be in bytes: its own limit, or that of the installation where that is lower."""
        return min(self.most, largest())


PHOTO, DOCUMENT = "照片", "文件"
OFFICE = "application/vnd.openxmlformats-officedocument"
JPEG = FileType("image/jpeg", ".jpg", "JPEG", PHOTO, 15 * MEGABYTE)
PNG = FileType("image/png", ".png", "PNG", PHOTO, 15 * MEGABYTE)
PDF = FileType("application/pdf", ".pdf", "PDF", DOCUMENT, 100 * MEGABYTE)
DOCX = FileType(f"{OFFICE}.wordprocessingml.document", ".docx", "Word（docx）", DOCUMENT, 100 * MEGABYTE)
XLSX = FileType(f"{OFFICE}.spreadsheetml.sheet", ".xlsx", "Excel（xlsx）", DOCUMENT, 100 * MEGABYTE)
PHOTOS_AND_PDF = (JPEG, PNG, PDF)
EVERY = (JPEG, PNG, PDF, DOCX, XLSX)
_BEGINNINGS = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
_ZIP = b"PK\x03\x04"


def largest() -> int:
    """How large any file may be, in bytes (``GONGJIAN_LARGEST_FILE``)."""
    size: int = settings.GONGJIAN_LARGEST_FILE
    return size


def file_type(data: bytes, name: str, accepted: Collection[FileType] = PHOTOS_AND_PDF) -> FileType:
    """The type of a file; Refusal for an empty, a damaged and a too large one, one with macros, and one that is none of ``accepted``."""
    shown = name[:60]
    if not data:
        msg = f"文件“{shown}”是空的，请重新选择。"
        raise Refusal(msg)
    if data[4:12] in _HEIC:
        msg = f"“{shown}”是 HEIC 格式的照片，请在手机相机设置中选择“兼容性最佳”（JPEG）后重拍，或转成 JPEG 再上传。"
        raise Refusal(msg)
    refuse_large(len(data), name)
    found = next((kind for beginning, kind in _BEGINNINGS if data.startswith(beginning)), None)
    if found is None and data.startswith(_ZIP) and {DOCX, XLSX} & {*accepted}:
        found = _office(data, shown)
    if found is None or found not in accepted:
        msg = f"“{shown}”的内容不是 {_names(accepted)}（与文件名无关），请换一个文件上传。"
        raise Refusal(msg)
    if len(data) > found.limit:
        raise Refusal(_too_large(shown, len(data), found.noun, found.limit))
    return found


def refuse_large(size: int, name: str) -> None:
    """Refusal for a file too large whatever it is, so that it need not be read."""
    if size > largest():
        raise Refusal(_too_large(name[:60], size, DOCUMENT, largest()))


def safe_name(name: str, kind: FileType) -> str:
    """The name a file is shown and sent under: its last part, of printable characters only, with the ending of what it really is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip(". ")
    stem = plain if not plain.lower().endswith((kind.ending, ".jpeg")) else plain.rpartition(".")[0]
    return f"{stem.strip()[:80] or kind.noun}{kind.ending}"


def _office(data: bytes, name: str) -> FileType:
    try:
        kind = package_kind(data, name, PROOF)
    except DocumentError as error:
        raise Refusal(str(error)) from error
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if any(part.lower().endswith("vbaproject.bin") for part in archive.namelist()):
            msg = f"“{name}”含有宏，不能作为佐证；请另存为不含宏的 docx、xlsx 或 PDF 后再上传。"
            raise Refusal(msg)
    return DOCX if kind == "docx" else XLSX


def _names(accepted: Collection[FileType]) -> str:
    """``JPEG、PNG 照片或 PDF 文件``."""
    by_noun = {noun: "、".join(kind.name for kind in accepted if kind.noun == noun) for noun in (PHOTO, DOCUMENT)}
    return "或 ".join(f"{names} {noun}" for noun, names in by_noun.items() if names)


def _too_large(name: str, size: int, noun: str, most: int) -> str:
    return f"“{name}”有 {size / MEGABYTE:.1f} MB，{noun}最多 {most // MEGABYTE} MB，请压缩后再上传。"
