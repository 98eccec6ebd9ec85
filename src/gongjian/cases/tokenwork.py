"""Rules that point out work done for show (走过场): each has a code, a title and a sentence, and only points: people judge."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from math import cos, hypot, radians
from types import MappingProxyType
from typing import Protocol

from django.utils import timezone

FAR = 300  # metres between photo and problem: a works yard and the error of a telephone
OLD = timedelta(hours=24)  # a photo of the finding may be taken so long before it is entered
ALIKE = 0.9  # share of a text that is the same as in an earlier one
SHORT = 8  # characters under which texts are alike by nature (已整改)
MANY = 5  # verified or closed by one person in one minute
METRES = 111_320  # of a degree of latitude

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "same_photo": "照片重复使用",
        "undated": "照片没有时间或位置",
        "old_photo": "照片早于问题",
        "far_photo": "照片不在现场",
        "copied_text": "反馈照抄",
        "in_haste": "一分钟内批量办结",
    }
)


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing pointed out."""

    code: str
    words: str

    @property
    def title(self) -> str:
        """What the rule is called."""
        return TITLES[self.code]


class Photo(Protocol):
    """What the rules look at in a photo."""

    title: str
    step: str
    taken_at: datetime | None
    lon: float | None
    lat: float | None


class Found(Protocol):
    """What the rules look at in a case."""

    found_at: datetime
    lon: float | None
    lat: float | None


def same_photo(others: Sequence[tuple[str, str]]) -> Noticed | None:
    """A photo that looks the same as others: number of the case and title of each."""
    if not others:
        return None
    places = "、".join(f"{number}“{title}”" for number, title in others[:3])
    return Noticed("same_photo", f"与 {places} 的照片看起来相同{f'等 {len(others)} 处' if len(others) > len(others[:3]) else ''}。")


def undated(photo: Photo, *, asked: bool) -> Noticed | None:
    """A photo into which the camera wrote no time or no place, where the kind asks for both."""
    lacks = [word for word, there in (("拍摄时间", photo.taken_at), ("拍摄位置", photo.lon)) if there is None]
    return Noticed("undated", f"“{photo.title}”里没有{'和'.join(lacks)}，无法核对是否在现场所拍。") if asked and lacks else None


def too_old(photo: Photo, case: Found) -> Noticed | None:
    """A photo taken before the problem was found: a day before for the finding itself, at all for what was done about it."""
    if photo.taken_at is None:
        return None
    earliest = case.found_at - OLD if photo.step == "find" else case.found_at
    if photo.taken_at >= earliest:
        return None
    taken, found = (timezone.localtime(moment) for moment in (photo.taken_at, case.found_at))
    return Noticed("old_photo", f"“{photo.title}”拍摄于 {taken:%Y-%m-%d %H:%M}，而问题发现于 {found:%Y-%m-%d %H:%M}。")


def too_far(photo: Photo, case: Found) -> Noticed | None:
    """A photo taken too far from the problem."""
    if photo.lon is None or photo.lat is None or case.lon is None or case.lat is None:
        return None
    metres = hypot((photo.lon - case.lon) * cos(radians(case.lat)), photo.lat - case.lat) * METRES
    return Noticed("far_photo", f"“{photo.title}”的拍摄位置距问题地点约 {metres:,.0f} 米。") if metres > FAR else None


def copied(text: str, earlier: Iterable[tuple[str, str]]) -> Noticed | None:
    """A report whose words are those of an earlier one by the same person: number of its case, and its text."""
    words = _folded(text)
    if len(words) < SHORT:
        return None
    for number, other in earlier:
        matcher = SequenceMatcher(None, words, _folded(other), autojunk=False)
        if matcher.quick_ratio() >= ALIKE and (alike := matcher.ratio()) >= ALIKE:
            return Noticed("copied_text", f"反馈内容与同一经办人在 {number} 的反馈有 {alike:.0%} 相同。")
    return None


def hasty(cases: int, who: str) -> Noticed | None:
    """Many cases verified or closed by one person within a minute."""
    return Noticed("in_haste", f"{who}在一分钟内核验或结案了至少 {cases} 个问题。") if cases >= MANY else None


def _folded(text: str) -> str:
    """The text without blanks, punctuation and figures, so that only a changed date does not make it another."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char)[0] == "L")
