"""What betrays damaged text: signs of grammar, not of any one document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from gongjian.plans.planfile.model import Doubt, Place
from gongjian.plans.planfile.reading.doubting import doubt
from gongjian.plans.planfile.reading.pieces import Piece, disordered
from gongjian.plans.planfile.reading.wording import ended

_PAIRS = ("“”", "‘’", "（）", "《》", "「」", "【】", "()")
_CLAUSE = re.compile(r"[^，。；！？：,;!?]+")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]|“[^“”]*”|《[^《》]*》")
_RATE = re.compile(r"(?:[\u4e00-\u9fff]{2}(?<!效)(?<!频)(?<!功)(?<!概)(?<!税)(?<!汇)(?<!利)(?<!速)率|占比|比重|比例)")
_RATE_GOVERNED = re.compile(
    r"提高|提升|提上|增加|加大|降低|减少|控制|保障|公布|公开|通报|统计|计算|核算|考核|监测|分析|稳定|达到|完善|按|确定|优化|扩大|巩固|保持"
)
_FIGURE = re.compile(
    r"\d|[一二三四五六七八九十百]成|百分|达|低于|高于|少于|大于|小于|控制|提高|提升|上升|下降|降低|减少"
    r"|增[长加]|保持|稳|改善|优于|超过|不变|为|全覆盖|逐|持续|排名|居"
)
_AIM = re.compile(r"确保|力争|使|实现|保证|做到")
_OBJECTLESS = re.compile(r"^(?:进一步|持续|继续|不断)*(?:加强|加大|强化|提高)(?:了)?对(?![^的]*的)[^的]{4,}$")
_EFFORT = re.compile(r"力度")
_EFFORT_GOVERNED = re.compile(r"加大|增加|加强|增强|强化|提高|提升|保持|形成|力度(不|空前|大)|[有大强]力度")
_ORGANISE = re.compile(r"^(?:积极|依法|定期|重点)?组织(?P<whom>[^，。；]*、[^，。；]*)$")
_DOING = re.compile(
    r"开展|实施|进行|完成|安装|建立|参加|参与|落实|推进|清理|整治|编制|制定|签订|核发|评审|培训|检查|治理|改造|调查|申报|建设|实行|执行|排查|演练|学习|监测"
    r"|打击|执法|巡查|宣传|修订|评估|更新|淘汰|验收|召开|清除|查处|普查|做好|加强|采取|申领|填报"
)
MOST_ITEMS = 40  # of one enumeration
LEAST_ITEM, LEAST_EDGE, LEAST_OVERLAP = 2, 3, 4  # characters of a repeated item: whole, beside other words on one side, on both


def damage(piece: Piece, place: Place, *, punctuated: bool) -> Iterator[Doubt]:
    """The doubts the words of one measure raise."""
    text = piece.text
    if disordered(piece):
        yield doubt("disordered", place, "text", count=piece.fragments)
    if punctuated and text and not ended(text):
        yield doubt("sentence-without-end", place, "text", tail=text[-10:])
    for mark in _unbalanced(text):
        yield doubt("unbalanced", place, "text", mark=mark)
    for quote in _broken(text):
        yield doubt("broken-sentence", place, "text", quote=quote)
    for quote in _without_figure(text):
        yield doubt("figure-missing", place, "text", quote=quote)
    for quote in dict.fromkeys(_repeated(text)):
        yield doubt("repeated-words", place, "text", quote=quote)
    for printed, meant in _misprints().items():
        if printed in text:
            yield doubt("misprint", place, "text", quote=printed, meant=meant)


def _unbalanced(text: str) -> Iterator[str]:
    """Pairs of quotation marks or brackets of which one side is missing."""
    bare = re.sub(r"(^|[；。\s])\d{1,2}[)）]", "", text)  # 1） opens a list item, not a bracket
    for pair in _PAIRS:
        if bare.count(pair[0]) != bare.count(pair[1]):
            yield pair


def _clauses(text: str) -> list[str]:
    """The clauses of a text without its brackets and quotations, whose own commas cut nothing."""
    return _CLAUSE.findall(_ASIDE.sub("", text))


def _broken(text: str) -> Iterator[str]:
    """Clauses that lack a part no such clause can do without."""
    for clause in _clauses(text):
        objectless = _OBJECTLESS.match(clause)
        idle = (found := _ORGANISE.match(clause)) and not _DOING.search(found["whom"])
        ungoverned = _EFFORT.search(clause) and not _EFFORT_GOVERNED.search(clause)
        if objectless or idle or ungoverned:
            yield clause[-24:]


def _without_figure(text: str) -> Iterator[str]:
    """Rates that are to be ensured, with nothing said of what they are to be."""
    for clause in _clauses(text):
        for found in _RATE.finditer(clause):
            before, after = clause[: found.start()], clause[found.end() :]
            aimed = _AIM.search(before)
            if aimed and after and not _FIGURE.search(after) and not _RATE_GOVERNED.search(before[aimed.end() :] + found[0]):
                yield found[0]


def _repeated(text: str) -> Iterator[str]:
    """Items that come twice in one enumeration; its first item has words before it, its last words after it."""
    for clause in _clauses(text):
        items = clause.split("、")
        last = len(items) - 1
        for (at, item), (later, other) in combinations(enumerate(items[:MOST_ITEMS]), 2):
            opens, closes = at == 0, later == last
            if shared := _same(item, other, opens=opens, closes=closes):
                yield shared


def _same(item: str, other: str, *, opens: bool, closes: bool) -> str:
    """What two items of an enumeration share if they are the same but for words before the first and after the last."""
    if opens and closes:
        sizes = range(min(len(item), len(other)), LEAST_OVERLAP - 1, -1)
        return next((other[:size] for size in sizes if item.endswith(other[:size])), "")
    if opens:
        return other if len(other) >= LEAST_EDGE and item.endswith(other) else ""
    if closes:
        return item if len(item) >= LEAST_EDGE and other.startswith(item) else ""
    return item if len(item) >= LEAST_ITEM and item == other else ""


@lru_cache(maxsize=1)
def _misprints() -> dict[str, str]:
    """Words of the field a scan is known to confuse, with what is meant."""
    path = Path(__file__).parents[2] / "data" / "misprints.toml"
    words: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["misprints"]
    return words
