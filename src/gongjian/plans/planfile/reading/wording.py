"""Small truths about Chinese official prose: where blanks belong, where a sentence ends."""

from __future__ import annotations

import re

_SUBSCRIPT = re.compile(r"\s*_\s*\{([^{}]*)\}\s*")  # how a scan writes PM₂.₅
_WIDE = r"[^\x00-\x7f]"
_BLANK = re.compile(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})")
_END = re.compile(r"[。；！？;!?…][”’」』）)》】\]]*$")
_BULLET = re.compile(r"^\s*(?:\d{1,2}\s*[.、．)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])")


def tidy(text: str) -> str:
    """The text without the blanks that line breaks and scans leave beside Chinese characters.

    >>> tidy("细颗粒物（PM _{2.5} ）达到 90% 以上")
    '细颗粒物（PM2.5）达到90%以上'
    """
    return _BLANK.sub("", " ".join(_SUBSCRIPT.sub(r"\1", text).split()))


def ended(text: str) -> bool:
    """Whether the text closes a sentence."""
    return bool(_END.search(text.rstrip()))


def numbered(text: str) -> bool:
    """Whether the text opens with a number of a list: 1. （一） ①."""
    return bool(_BULLET.match(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text, full stops kept; what is inside quotation marks or brackets is not cut.

    >>> sentences("甲（一。二）。乙。")
    ['甲（一。二）。', '乙。']
    """
    found, start, depth = [], 0, 0
    for at, sign in enumerate(text):
        depth = max(depth + (sign in "“（《(") - (sign in "”）》)"), 0)
        if sign in "。！？" and not depth:
            found.append(text[start : at + 1])
            start = at + 1
    return [part for part in (*found, text[start:]) if part.strip()]
