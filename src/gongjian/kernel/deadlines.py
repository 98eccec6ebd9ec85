"""Deadlines (完成时限) as action plans print them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    """The five ways a plan states by when a measure is to be done."""

    YEAR_END = "year-end"  # 年底前
    DATE = "date"  # 11月15日前, 6月底前
    ONGOING = "ongoing"  # 长期实施
    MILESTONES = "milestones"  # 按时间节点完成
    UNSTATED = "unstated"  # the document leaves it open


DECEMBER = 12
LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a measure is to be done; ``text`` keeps the printed words.

    ``month`` and ``day`` are set for ``DATE`` only.
    """

    kind: DeadlineKind
    month: int | None = None
    day: int | None = None
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a date kind without its day, and a day without the date kind."""
        dated = self.kind is DeadlineKind.DATE
        if dated != (self.month is not None and self.day is not None):
            msg = f"deadline {self.kind} does not fit month {self.month} day {self.day}"
            raise ValueError(msg)
        if self.month is not None and self.day is not None:
            date(LEAP_YEAR, self.month, self.day)  # raises ValueError on a day no year has

    def due_on(self, year: int) -> date | None:
        """Last day on which the measure is in time in ``year``; None where no day is stated."""
        if self.kind is DeadlineKind.YEAR_END:
            return date(year, 12, 31)
        if self.kind is DeadlineKind.DATE and self.month and self.day:
            return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))
        return None

    def words(self) -> str:
        """The deadline as printed, else as people say it."""
        if self.text:
            return self.text
        return f"{self.month}月{self.day}日前" if self.kind is DeadlineKind.DATE else _SAID[self.kind]

    def code(self) -> str:
        """The deadline as a plan file writes it: ``year-end``, ``ongoing``, ``milestones``, ``unstated`` or ``MM-DD``."""
        if self.kind is DeadlineKind.DATE:
            return f"{self.month:02d}-{self.day:02d}"
        return str(self.kind)


_SAID = {
    DeadlineKind.YEAR_END: "年底前",
    DeadlineKind.ONGOING: "长期实施",
    DeadlineKind.MILESTONES: "按时间节点完成",
    DeadlineKind.UNSTATED: "未写明",
}
_PHRASES = (
    (DeadlineKind.YEAR_END, re.compile(r"^(20\d\d年?)?(全年|年内|年底)(前|之前)?(完成)?$")),
    (DeadlineKind.ONGOING, re.compile(r"^(长期|持续|常年|常态化?)(实施|推进|坚持|开展)?$")),
    (DeadlineKind.MILESTONES, re.compile(r"^按(照)?(时间|计划|进度)?节点(要求)?(完成|推进)?$")),
)
_DAY = re.compile(r"^(?:20\d\d年)?(\d{1,2})月(?:(\d{1,2})[日号]|(底|末))?(?:之?前)?(?:完成)?$")


def parse_deadline(text: str) -> Deadline | None:
    """Understand one printed deadline, spaces and full-width digits allowed; None if it is no deadline.

    >>> parse_deadline("11月 15日前").code()
    '11-15'
    """
    printed = " ".join(text.split())
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip("。;；")
    for kind, phrase in _PHRASES:
        if phrase.match(folded):
            return Deadline(kind, text=printed)
    if not (found := _DAY.match(folded)):
        return None
    month = int(found[1])
    if not 1 <= month <= DECEMBER:
        return None
    last = monthrange(LEAP_YEAR, month)[1]  # the end of February depends on the year; due_on() clamps it
    day = int(found[2]) if found[2] else last
    return Deadline(DeadlineKind.DATE, month, day, printed) if 1 <= day <= last else None


def deadline_from_code(code: str, text: str = "") -> Deadline:
    """The deadline a plan file's code stands for; raises ValueError on anything else."""
    if found := re.fullmatch(r"(\d\d)-(\d\d)", code):
        return Deadline(DeadlineKind.DATE, int(found[1]), int(found[2]), text)
    kind = DeadlineKind(code)
    if kind is DeadlineKind.DATE:
        msg = "a dated deadline is written MM-DD"
        raise ValueError(msg)
    return Deadline(kind, text=text)
