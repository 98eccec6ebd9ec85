"""How a written identifier is made comparable, and what is raised when it is none."""

from __future__ import annotations

import re
import unicodedata

from gongjian.kernel.entry import BadEntry

_GAPS = re.compile(r"\s")


class BadIdentifier(BadEntry):
    """A written identifier that its standard does not know; ``str()`` is a Chinese reason without a full stop."""


def plain(text: str) -> str:
    """Half-width, upper-case, without any white space: what two spellings of one identifier have in common."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()
