"""Opening a file by what is in it, not by what it is called."""

from __future__ import annotations

from pathlib import Path

from gongjian.documents.grid import Document, DocumentError
from gongjian.documents.purpose import PLAN, Purpose

LIMIT_BYTES = 20 * 1024 * 1024
LONGEST_TEXT = 3_000_000  # characters of a text or a page
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
OFFICE_NAMES = (".xlsx", ".xls", ".docx", ".doc", ".pdf")


def open_document(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> Document:
    """The document in a file; raises DocumentError when it is missing, empty, larger than ``limit_bytes`` or not readable."""
    try:
        if not path.exists():
            msg = f"找不到文件“{path}”：请检查路径。"
            raise DocumentError(msg)
        if not path.is_file():
            msg = f"“{path}”不是文件：请给出计划文件的路径。"
            raise DocumentError(msg)
        _check_size(path, limit_bytes)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        msg = f"打不开文件“{path}”：请检查路径和读取权限。"
        raise DocumentError(msg) from error
    return read_document(data, path.name)


def _check_size(path: Path, limit_bytes: int) -> None:
    size = path.stat().st_size
    if size > limit_bytes:
        mega = 1024 * 1024
        msg = f"文件“{path.name}”有 {size / mega:.0f} MB，超过 {limit_bytes / mega:.0f} MB 的上限：请只保留计划正文和表格后再试。"
        raise DocumentError(msg)


def read_document(data: bytes, name: str = "文件") -> Document:
    """The document in ``data``; ``name`` is used in messages and to catch web pages saved as office files."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        msg = f"文件“{name}”是空的：请检查是否保存或上传完整。"
        raise DocumentError(msg)
    if PDF in data[:1024]:
        from gongjian.documents.pdf import read_pdf  # noqa: PLC0415 - costs half a second, only a PDF needs it

        return read_pdf(data, name)
    if data.startswith(ZIP):
        return _read_zip(data, name)
    if data.startswith(OLE):
        raise DocumentError(ole_message(data, name))
    return _read_text(data, name)


def _read_zip(data: bytes, name: str) -> Document:
    from gongjian.documents.package import package_kind  # noqa: PLC0415 - only a zip needs it

    if package_kind(data, name) == "docx":
        from gongjian.documents.docx import read_docx  # noqa: PLC0415 - only a Word file needs it

        return read_docx(data, name)
    from gongjian.documents.xlsx import read_xlsx  # noqa: PLC0415 - only a workbook needs it

    return read_xlsx(data, name)


def ole_message(data: bytes, name: str, purpose: Purpose = PLAN) -> str:
    """Why a compound file cannot be read: protected, or of before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"文件“{name}”有密码保护：请先在 Office 或 WPS 中去掉密码，再另存一份。"
    if "WordDocument".encode("utf-16-le") in data:
        return f"文件“{name}”是旧版 Word 文档（.doc）：请另存为 .docx 后再试。"
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return f"文件“{name}”是旧版 Excel 工作簿（.xls）：请另存为 .xlsx 后再试。"
    return f"文件“{name}”不是能读的格式：请用 {purpose.kinds}。"


def _read_text(data: bytes, name: str) -> Document:
    from gongjian.documents.encoding import decode  # noqa: PLC0415 - beside the others

    text = decode(data, name)
    from gongjian.documents.sniffing import looks_like_html  # noqa: PLC0415 - beside the others

    html = looks_like_html(text)
    if name.lower().endswith(OFFICE_NAMES):
        what = "网页" if html else "纯文本"
        msg = f"文件“{name}”的内容是{what}，不是它名字所说的格式：可能下载失败，请取得原件，或按内容改名为 {'.html' if html else '.txt'}。"
        raise DocumentError(msg)
    if len(text) > LONGEST_TEXT:
        msg = f"文件“{name}”有 {len(text) // 10_000} 万字，不像一份计划：请只保留计划的部分后再试。"
        raise DocumentError(msg)
    if html:
        from gongjian.documents.html import read_html  # noqa: PLC0415 - lxml takes its time, only a page needs it

        return read_html(text, name)
    from gongjian.documents.text import read_text  # noqa: PLC0415 - beside the others

    return read_text(text)
