"""Bytes to text for files that do not say how they are encoded."""

from __future__ import annotations

import codecs
import re

from gongjian.documents.grid import DocumentError
from gongjian.documents.purpose import PLAN, Purpose

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_USUAL = re.compile(r"[\t\n\r\x20-\x7e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2010-\u203b]")


def decode(data: bytes, name: str, purpose: Purpose = PLAN) -> str:
    """The text in ``data`` (UTF-8, UTF-16 with or without a mark, GB18030); raises DocumentError on what is no text."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROL.search(text):
            return text.removeprefix("\ufeff")
    msg = f"文件“{name}”不是文本，也不是能读的 {purpose.files}：请检查是否损坏或选错了文件。"
    raise DocumentError(msg)


def _candidates(data: bytes) -> list[str]:
    """Encodings worth trying, most telling evidence first."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return [encoding]
    if wide := _wide(data):
        return [wide]
    named = _META.search(data[:4096])
    declared = [named[1].decode("ascii", "replace").lower()] if named else []
    return ["utf-8", *("gb18030" if d in {"gb2312", "gbk", "gb18030"} else d for d in declared if "utf" not in d), "gb18030"]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: no other text holds zero bytes, and the right byte order gives usual characters."""
    if b"\0" not in data or len(data) % 2:
        return None
    usual = {order: len(_USUAL.findall(data[:20_000].decode(order, "replace"))) for order in ("utf-16-le", "utf-16-be")}
    best = max(usual, key=lambda order: usual[order])
    return best if usual[best] * 2 > min(len(data), 20_000) // 2 else None
