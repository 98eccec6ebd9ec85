"""Office files are zip archives: which kind, and whether it is safe to unpack."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from gongjian.documents.grid import DocumentError
from gongjian.documents.purpose import PLAN, Purpose

MAX_PARTS = 3000
CHUNK = 1 << 20
_KINDS = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))


def package_kind(data: bytes, name: str, purpose: Purpose = PLAN) -> str:
    """``docx`` or ``xlsx``; raises DocumentError on a damaged or other archive, or one that unpacks beyond all measure."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive, name, purpose)
            names = set(archive.namelist())
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        msg = f"文件“{name}”损坏，打不开：请在 Office 或 WPS 中打开后另存一份再试。"
        raise DocumentError(msg) from error
    for part, kind in _KINDS:
        if part in names:
            return kind
    msg = f"文件“{name}”是压缩包，但不是 {purpose.packages}：请解压后给出里面的{purpose.noun}文件。"
    raise DocumentError(msg)


def _check_parts(archive: zipfile.ZipFile, name: str, purpose: Purpose) -> None:
    """Unpack everything once in small pieces, so that neither size nor checksum can surprise the readers that follow."""
    parts = archive.infolist()
    left = purpose.unpacked
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > left:
        raise _too_large(name, purpose)
    for part in parts:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _too_large(name, purpose)


def _too_large(name: str, purpose: Purpose) -> DocumentError:
    return DocumentError(f"文件“{name}”解压后过大，不像一份{purpose.noun}：请去掉图片和多余的工作表后再试。")
