"""Answers to a checklist: whether they are possible, what is still missing, what was found. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongjian.inspections.declaration import Checklist, Item, ItemKind
from gongjian.kernel.refusal import Refusal

LONGEST = 1000  # characters of a text
Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer that is not as it must be."""

    item: Item
    words: str


def cleaned(checklist: Checklist, answers: Answers) -> dict[str, object]:
    """The answers as they are kept: choices by value, numbers as floats, texts without blanks around; empty ones as None.

    Not all items need be there. Refusal for an item the checklist does not have, and for an answer that cannot be, naming the item.
    """
    return {slug: _clean(_item(checklist, slug), answer) for slug, answer in answers.items()}


def merged(before: Answers, after: Answers) -> dict[str, object]:
    """Answers with later ones laid over them; None takes one back."""
    return {slug: answer for slug, answer in {**before, **after}.items() if answer is not None}


def missing(checklist: Checklist, answers: Answers, pictured: Collection[str]) -> list[str]:
    """The texts of the required items that are not answered; ``pictured`` are the items photos were given for."""
    return [
        item.text
        for item in checklist.items
        if item.required and (item.slug not in pictured if item.kind is ItemKind.PHOTO else answers.get(item.slug) is None)
    ]


def findings(checklist: Checklist, answers: Answers) -> list[Finding]:
    """What was found, in the order of the checklist."""
    told = ((item, answers.get(item.slug)) for item in checklist.items)
    return [Finding(item, words) for item, answer in told if answer is not None and (words := _found(item, answer))]


def answer_words(item: Item, answer: object) -> str:
    """An answer as a person reads it."""
    if answer is None:
        return ""
    if item.kind is ItemKind.NUMBER:
        return f"{answer:g} {item.unit}".strip() if isinstance(answer, int | float) else str(answer)
    return dict(item.options).get(str(answer), str(answer))


def _item(checklist: Checklist, slug: str) -> Item:
    if found := checklist.item(slug):
        return found
    msg = f"“{checklist.title}”里没有“{slug[:40]}”这一项，清单可能已经更新，请刷新后重填。"
    raise Refusal(msg)


def _clean(item: Item, answer: object) -> object:
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return None
    if item.kind is ItemKind.NUMBER:
        return _number(item, answer)
    text = answer.strip() if isinstance(answer, str) else None
    if item.kind is ItemKind.TEXT and text is not None:
        return _text(item, text)
    if item.kind in (ItemKind.YES_NO, ItemKind.CHOICE) and text in dict(item.options):
        return text
    possible = "照片请随佐证上传" if item.kind is ItemKind.PHOTO else f"可填：{'、'.join(dict(item.options).values()) or '文字'}"
    msg = f"“{item.text}”的答案填得不对，{possible}。"
    raise Refusal(msg)


def _text(item: Item, text: str) -> str:
    if len(text) > LONGEST:
        msg = f"“{item.text}”有 {len(text)} 个字，最多 {LONGEST} 个字，请精简。"
        raise Refusal(msg)
    return text.replace("\x00", "")


def _number(item: Item, answer: object) -> float:
    try:
        value = math.nan if isinstance(answer, bool) else float(str(answer))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"“{item.text}”请填写数字{f'（{item.unit}）' if item.unit else ''}。"
        raise Refusal(msg)
    if (item.least is not None and value < item.least) or (item.most is not None and value > item.most):
        msg = f"“{item.text}”填的是 {value:g}，只能{_between(item.least, item.most)}{item.unit}，请核对单位和读数。"
        raise Refusal(msg)
    return value


def _found(item: Item, answer: object) -> str:
    if item.kind is ItemKind.NUMBER:
        within = (item.low is None or float(str(answer)) >= item.low) and (item.high is None or float(str(answer)) <= item.high)
        return "" if within else f"{item.text}：{answer_words(item, answer)}，应{_between(item.low, item.high)}{item.unit}"
    return f"{item.text}：{answer_words(item, answer)}" if answer in item.findings else ""


def _between(low: float | None, high: float | None) -> str:
    parts = (f"不小于 {low:g} " if low is not None else "", f"不大于 {high:g} " if high is not None else "")
    return "、".join(filter(None, parts))
