"""Cells that are one of a few."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches

from gongjian.documents.cells.raw import BadCell, Raw, is_blank, plain, quoted
from gongjian.documents.cells.texts import read_text

_LIKE = 0.5  # of two words of two characters with one in common
_LISTED = 8  # labels that a reason names
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_YES = frozenset(("是", "有", "√", "✓", "✔", "☑", "1", "y", "yes", "true", "t", "对"))
_NO = frozenset(("否", "无", "×", "✗", "✘", "x", "0", "n", "no", "false", "f", "错", "没有", "不是"))


def read_boolean(raw: Raw) -> bool:
    """Yes or no as people tick it: 是 否 有 无 √ × 1 0 Y N and their like."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, (int, float)) and raw in (0, 1):
        return bool(raw)
    word = plain(raw, "“是”或“否”").casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    msg = f"{quoted(raw)}看不出是或否，应填“是”或“否”"
    raise BadCell(msg)


def folded(text: str) -> str:
    """A word for comparing: one width, one case, no blanks."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Choices:
    """The values a column may take, known by code, label and alias.

    ``title`` is what they are (燃料种类), ``labels`` gives the Chinese label of each code, ``aliases`` the code of other words people use.
    Raises ValueError when one word stands for two codes.
    """

    def __init__(self, title: str, labels: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        self.title = title
        self.labels = dict(labels)
        self._codes: dict[str, str] = {}
        for word, code in [
            *((code, code) for code in labels),
            *((label, code) for code, label in labels.items()),
            *(aliases or {}).items(),
        ]:
            if code not in labels or self._codes.setdefault(folded(word), code) != code:
                msg = f"{word!r} of {title} stands for two codes or for none"
                raise ValueError(msg)
        self._exact = {label: code for code, label in labels.items()}

    def read(self, raw: Raw) -> str:
        """The code that the cell means; raises BadCell with the nearest label, or all of them where they are few."""
        if type(raw) is str and (code := self._exact.get(raw)) is not None:
            return code
        if is_blank(raw):
            msg = "没有填写"
            raise BadCell(msg)
        text = read_text(raw)
        if (code := self._codes.get(folded(text))) is not None:
            return code
        msg = f"{quoted(text)}不是{self.title}{self._advice(text)}"
        raise BadCell(msg)

    def _advice(self, text: str) -> str:
        if near := get_close_matches(folded(text), self._codes, n=1, cutoff=_LIKE):
            return f"，是不是“{self.labels[self._codes[near[0]]]}”"
        labels = list(self.labels.values())
        return f"，可填：{'、'.join(labels)}" if len(labels) <= _LISTED else f"，可填“{labels[0]}”等 {len(labels)} 种，见模板"
