"""Titles of the plans in a document, and the letters their measures are numbered under."""

from __future__ import annotations

import re
from itertools import takewhile

from gongjian.plans.planfile.reading.wording import tidy

LONGEST_TITLE = 60
SHORTEST_TITLE = 6
SHORTEST_SHARED = 3
_TITLE = re.compile(
    r"(行动|工作|实施|攻坚|治理|任务|推进|落实)?(计划|方案)(表|书)?$|(任务|措施)(清单|分解表|分工表?|一览表|表)$|(工作|行动)要点$|责任清单$"
)
_LISTED = re.compile(r"^[-—\s]*(附件|附)\s*\d*\s*[:：.．、]|^\s*\d+\s*[.．、]")
_SUFFIX = re.compile(r"[（(](试行|征求意见稿|修订版?|20\d\d年?)[)）]$")

# Which letter a plan's measures are numbered under, by what it is about; the first match wins.
_LETTERS = (
    ("A", re.compile(r"蓝天|大气|空气|扬尘")),
    ("W", re.compile(r"碧水|水|河|湖")),
    ("S", re.compile(r"净土|土壤")),
    ("G", re.compile(r"固废|固体废物|废物|垃圾|无废")),
    ("N", re.compile(r"噪声|宁静")),
    ("E", re.compile(r"生态|绿色")),
    ("C", re.compile(r"碳|气候")),
)
_SPARE = "PQRTUVXYZBDFHIJKLMO"


def is_title(text: str) -> bool:
    """Whether a line can be the title of a plan: short, closed by 计划, 方案 or the like, not an entry of a list of annexes."""
    bare = _SUFFIX.sub("", tidy(text))
    return SHORTEST_TITLE <= len(bare) <= LONGEST_TITLE and bool(_TITLE.search(bare)) and not _LISTED.match(bare)


def short_titles(titles: list[str], issuer: str) -> list[str]:
    """Titles without the issuer's own name in front, as people call them."""
    ranks = takewhile(lambda signs: len(set(signs)) == 1, zip(issuer, *titles, strict=False))
    shared = sum(1 for _ in ranks) if titles else 0
    cut = shared if shared >= SHORTEST_SHARED else 0
    return [title[cut:] or title for title in titles]


def letters(titles: list[str]) -> list[str]:
    """A letter for each title, each used once.

    >>> letters(["蓝天计划", "碧水计划", "某某方案"])
    ['A', 'W', 'P']
    """
    given: list[str] = []
    for title in titles:
        meant = [letter for letter, words in _LETTERS if words.search(title)]
        free = [letter for letter in (*meant[:1], *_SPARE) if letter not in given]
        given.append(free[0] if free else f"Z{len(given)}.")
    return given
