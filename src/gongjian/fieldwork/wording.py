"""Words made of what somebody typed in a hurry."""

from __future__ import annotations

import re

LONGEST = 40  # characters of a headline


def headline(words: str) -> str:
    """The first sentence of a text, cut where it is too long for a headline; empty for an empty text."""
    first = re.split(r"[。！？!?；;\n]", words.strip(), maxsplit=1)[0].strip() or words.strip()
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…"
