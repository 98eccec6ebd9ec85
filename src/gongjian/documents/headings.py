"""Knowing a column by its heading, however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

_MARKS = re.compile(r"[\s*＊※★:：_\u200b\ufeff\u2028]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|《[^《》]*》")
_UNIT = re.compile(r"[/,、](?:[a-z%°‰³²μ·/]+|元|万元|吨|米|千米|公里|千瓦|平方米|立方米|年|月|日|个|辆|台)$")
_LONGEST = 80  # a heading is short; what is longer is a note


def heading(text: str) -> str:
    """A heading for comparing: one width, one case, without blanks, line breaks, stars and colons; brackets stay."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text[: _LONGEST * 4])).casefold()


def bare(folded: str) -> str:
    """The same without what stands in brackets (units, "必填") or after a stroke (功率/kW)."""
    return _UNIT.sub("", _BRACKETS.sub("", folded))


class Wanted:
    """The columns that are looked for: for each key the headings it may have, the one it is called by first.

    Raises ValueError when one heading stands for two keys.
    """

    def __init__(self, titles: Mapping[str, Sequence[str]]) -> None:
        self.titles = {key: names[0] for key, names in titles.items()}
        self._full: dict[str, str] = {}
        self._bare: dict[str, str | None] = {}
        for key, name in ((key, name) for key, names in titles.items() for name in names):
            if self._full.setdefault(heading(name), key) != key:
                msg = f"the heading {name!r} stands for two columns"
                raise ValueError(msg)
            if self._bare.setdefault(bare(heading(name)), key) != key:
                self._bare[bare(heading(name))] = None  # 质量（空）, 质量（满）: only the brackets tell

    def known(self, levels: Sequence[str]) -> tuple[str, int] | None:
        """The key that a column's headings, top to bottom, mean, and how surely: 0 to the letter, 1 but for brackets.

        With headings in several rows the lowest speaks, or all of them together (排气量 over 限值: 排气量限值).
        """
        if not (folded := [one for one in map(heading, levels) if one]):
            return None
        joined = ["".join(folded[start:]) for start in range(len(folded))]
        for name in joined:
            if len(name) <= _LONGEST and (key := self._full.get(name)) is not None:
                return key, 0
        for name in map(bare, joined):
            if len(name) <= _LONGEST and (known := self._bare.get(name)) is not None:
                return known, 1
        return None


def surest(found: Iterable[tuple[int, str, int]]) -> dict[str, list[int]]:
    """For each key the columns that mean it most surely, of (column, key, doubt)."""
    best: dict[str, tuple[int, list[int]]] = {}
    for column, key, doubt in found:
        least, columns = best.get(key, (doubt, []))
        if doubt < least:
            best[key] = (doubt, [column])
        elif doubt == least:
            best[key] = (doubt, [*columns, column])
    return {key: columns for key, (_, columns) in best.items()}
