"""Telling a web page from other text."""

from __future__ import annotations

import re

MAX_DEPTH = 200  # nested elements; deeper nesting is no page a person made

_OPENING = re.compile(
    r"^(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|center|font|style|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_TABLE = (re.compile(r"<table\b", re.IGNORECASE), re.compile(r"<t[dh]\b", re.IGNORECASE))


def looks_like_html(text: str) -> bool:
    """Whether the text is a web page: it opens like one, or has a table with cells in it."""
    start = text[:200_000]
    return bool(_OPENING.match(text[:4096])) or all(tag.search(start) for tag in _TABLE)
